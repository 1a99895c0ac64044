// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tributary.record.RecordLane;
import io.debezium.connector.base.DefaultQueueProvider;
import io.debezium.pipeline.DataChangeEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArrivalQueueTest {

    private static final long LONG = 600_000;

    private final ArrivalQueue queue = queue(3, 2);
    private final ExecutorService capturing = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        capturing.shutdownNow();
    }

    @Test
    void anEventIsHandedOverWithoutWaitingForMore() throws Exception {
        // When
        Future<?> first = capturing.submit(() -> {
            queue.inlet().enqueue(event("a"));
            return null;
        });

        // Then
        assertThat(topics(queue.poll(LONG))).containsExactly("a");
        first.get();
    }

    @Test
    void whatPiledUpComesInOrderAndInBatchesOfTheLargestSize() throws Exception {
        // Given
        queue.put(event("a"));
        queue.put(event("b"));
        queue.put(event("c"));

        // Then
        assertThat(topics(queue.poll(LONG))).containsExactly("a", "b");
        assertThat(topics(queue.poll(LONG))).containsExactly("c");
    }

    @Test
    void nothingIsReturnedWhenNothingArrives() throws Exception {
        assertThat(queue.poll(1)).isEmpty();
    }

    @Test
    void whoCapturesWaitsWhileTheQueueIsFull() throws Exception {
        // Given
        queue.put(event("a"));
        queue.put(event("b"));
        queue.put(event("c"));
        assertThat(queue.remainingCapacity()).isZero();

        // When
        Future<?> fourth = capturing.submit(() -> {
            queue.put(event("d"));
            return null;
        });

        // Then
        assertThat(topics(queue.poll(LONG))).containsExactly("a", "b");
        fourth.get();
        assertThat(topics(queue.poll(LONG))).containsExactly("c", "d");
    }

    @Test
    void whoCapturesWaitsWhileTooManyBytesAreThereAndWhileTheyAreInConnectsHands() throws Exception {
        // Given
        ArrivalQueue small = queue(new ArrivalQueue.Bounds(1_000, 1_000, 1));
        small.put(event("a"));
        assertThat(small.currentQueueSizeInBytes()).isPositive();

        // When
        Future<?> second = capturing.submit(() -> {
            small.put(event("b"));
            return null;
        });

        // Then
        assertThat(topics(small.poll(LONG))).containsExactly("a");
        assertThat(second.isDone()).isFalse();
        assertThat(topics(small.poll(LONG))).containsExactly("b");
        second.get();
        assertThat(small.poll(1)).isEmpty();
        assertThat(small.currentQueueSizeInBytes()).isZero();
    }

    @Test
    void aBatchHasNoMoreThanHalfOfTheBytesUnlessASingleRecordHas() throws Exception {
        // Given
        ArrivalQueue small = queue(new ArrivalQueue.Bounds(1_000, 1_000, 100));
        small.put(event("a").getRecord(), 20);
        small.put(event("b").getRecord(), 20);
        small.put(event("c").getRecord(), 20);
        small.put(event("d").getRecord(), 500);

        // Then
        assertThat(topics(small.poll(LONG))).containsExactly("a", "b");
        assertThat(topics(small.poll(LONG))).containsExactly("c");
        assertThat(topics(small.poll(LONG))).containsExactly("d");
    }

    @Test
    void withoutALimitOfBytesAnEighthOfTheHeapIsTheLimit() {
        assertThat(ArrivalQueue.Bounds.of(1, 1, 0).bytes())
                .isEqualTo(Runtime.getRuntime().maxMemory() / 16);
        assertThat(ArrivalQueue.Bounds.of(1, 1, 7).bytes()).isEqualTo(7);
    }

    @Test
    void aLaneHandsOverWhenItIsToldToAndStampsWhatDebeziumPutsIn() throws Exception {
        // Given
        RecordLane lane = queue.open(new Prefixes());
        lane.add(event("a").getRecord(), 1);
        queue.inlet().enqueue(event("b"));
        assertThat(queue.poll(1)).isEmpty();

        // When
        lane.flush();

        // Then
        assertThat(topics(queue.poll(LONG))).containsExactly("a", "stamped-b");
    }

    @Test
    void aLaneHandsOverAtOnceIfItHasNotForAWhileAlsoWhileMoreKeepsComing() throws Exception {
        // Given
        RecordLane lane = queue.open(new Prefixes());
        long later = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);

        // When
        lane.add(event("a").getRecord(), 1);
        lane.flushIfDue(later);

        // Then
        assertThat(topics(queue.poll(LONG))).containsExactly("a");
        lane.add(event("b").getRecord(), 1);
        lane.flushIfDue(later + 100);
        assertThat(queue.poll(1)).isEmpty();
        lane.flushIfDue(later + TimeUnit.SECONDS.toNanos(1));
        assertThat(topics(queue.poll(LONG))).containsExactly("b");
    }

    @Test
    void whatAnotherThreadPutsInComesBehindWhatTheLaneHasAndAtOnce() throws Exception {
        // Given
        RecordLane lane = queue.open(new Prefixes());
        lane.add(event("before").getRecord(), 1);

        // When
        capturing
                .submit(() -> {
                    queue.inlet().enqueue(event("notification"));
                    return null;
                })
                .get();

        // Then
        assertThat(topics(queue.poll(LONG))).containsExactly("before", "elsewhere-notification");
    }

    @Test
    void aLaneThatIsFullHandsOverByItselfAndALaneThatIsClosedNoMore() throws Exception {
        // Given
        ArrivalQueue large = queue(new ArrivalQueue.Bounds(10_000, 10_000, 1L << 30));
        RecordLane lane = large.open(new Prefixes());

        // When
        for (int i = 0; i < 600; i++) {
            lane.add(event("t" + i).getRecord(), 1);
        }
        lane.close();
        large.inlet().enqueue(event("behind"));

        // Then
        List<String> topics = topics(large.poll(LONG));
        assertThat(topics).hasSize(513).startsWith("t0", "t1").endsWith("t511", "behind");
    }

    /** A worker that writes records and offsets in one transaction does so for each batch that is polled. */
    @Test
    void whatBelongsTogetherIsNeverParted() throws Exception {
        long seed = System.nanoTime();
        System.out.println("ArrivalQueueTest seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            // Given
            ArrivalQueue small = queue(new ArrivalQueue.Bounds(1 + random.nextInt(6), 1 + random.nextInt(4), 10_000));
            SplittableRandom changes = random.split();
            Future<Integer> captured = capturing.submit(() -> capture(small, changes));

            // When
            List<String> seen = new ArrayList<>();
            List<String> ends = new ArrayList<>();
            while (!seen.contains("end")) {
                List<String> batch = topics(small.poll(LONG));
                seen.addAll(batch);
                ends.add(batch.get(batch.size() - 1));
            }

            // Then
            assertThat(seen).hasSize(captured.get());
            assertThat(ends).as("where batches end").noneMatch(topic -> topic.equals("more follows"));
        }
    }

    private static int capture(ArrivalQueue queue, SplittableRandom random) throws InterruptedException {
        AtomicBoolean whole = new AtomicBoolean();
        int sent = 1;
        try (RecordLane lane = queue.open(new Prefixes() {
            @Override
            public boolean isWhole() {
                return whole.get();
            }
        })) {
            for (int change = 0; change < 20; change++) {
                int records = 1 + random.nextInt(3);
                for (int i = 1; i <= records; i++) {
                    whole.set(i == records);
                    lane.add(event(i == records ? "whole" : "more follows").getRecord(), 100 + random.nextInt(5_000));
                    sent++;
                }
                if (random.nextInt(3) == 0) {
                    lane.flush();
                }
            }
            lane.add(event("end").getRecord(), 100);
            lane.flush();
        }
        return sent;
    }

    @Test
    void aFailureComesAtOnceAlsoToOneWhoWaitsAlready() {
        // Given
        CompletableFuture<List<SourceRecord>> waiting = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return queue.poll(LONG);
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                },
                capturing);

        // When
        queue.fail(new IllegalStateException("cut"));

        // Then
        assertThatThrownBy(waiting::join).hasRootCauseMessage("cut");
    }

    @Test
    void closingEndsTheWaitOfWhoCaptures() throws Exception {
        // Given
        queue.put(event("a"));
        queue.put(event("b"));
        queue.put(event("c"));
        Future<?> fourth = capturing.submit(() -> {
            queue.put(event("d"));
            return null;
        });

        // When
        queue.close();

        // Then
        await().until(fourth::isDone);
        assertThatThrownBy(fourth::get).hasCauseInstanceOf(InterruptedException.class);
    }

    private static ArrivalQueue queue(int maxEvents, int maxBatch) {
        return queue(new ArrivalQueue.Bounds(maxEvents, maxBatch, 1 << 20));
    }

    private static ArrivalQueue queue(ArrivalQueue.Bounds bounds) {
        DefaultQueueProvider<DataChangeEvent> storage = new DefaultQueueProvider<>();
        storage.configure(Map.of("max.queue.size", Integer.toString(bounds.events())));
        return new ArrivalQueue(storage, bounds);
    }

    private static DataChangeEvent event(String topic) {
        return new DataChangeEvent(new SourceRecord(Map.of(), Map.of(), topic, null, null));
    }

    /** Tells by the topic how a record came. */
    private static class Prefixes implements RecordLane.Stamp {

        @Override
        public SourceRecord stamp(SourceRecord record) {
            return prefixed("stamped-", record);
        }

        @Override
        public SourceRecord fromElsewhere(SourceRecord record) {
            return prefixed("elsewhere-", record);
        }

        @Override
        public void sending(Map<String, ?> offset) {}

        private static SourceRecord prefixed(String prefix, SourceRecord record) {
            return record.newRecord(prefix + record.topic(), null, null, null, null, null, null);
        }
    }

    private static List<String> topics(List<SourceRecord> records) {
        return records.stream().map(SourceRecord::topic).toList();
    }
}
