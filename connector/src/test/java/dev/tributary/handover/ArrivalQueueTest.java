// SPDX-License-Identifier: Apache-2.0
package dev.tributary.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.debezium.connector.base.DefaultQueueProvider;
import io.debezium.connector.base.QueueProvider;
import io.debezium.pipeline.DataChangeEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
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
            queue.inlet().enqueue(new DataChangeEvent(record("a")));
            return null;
        });

        // Then
        assertThat(topics(queue.poll(LONG))).containsExactly("a");
        first.get();
    }

    @Test
    void whatPiledUpComesInOrderAndInBatchesOfTheLargestSize() throws Exception {
        // Given
        queue.putFromDebezium(record("a"));
        queue.putFromDebezium(record("b"));
        queue.putFromDebezium(record("c"));

        // Then
        assertThat(topics(queue.poll(LONG))).containsExactly("a", "b");
        assertThat(topics(queue.poll(LONG))).containsExactly("c");
    }

    @Test
    void nothingIsReturnedWhenNothingArrives() throws Exception {
        assertThat(queue.poll(1)).isEmpty();
    }

    @Test
    void duringThePauseEventsAccumulateUntilTheBatchIsFull() throws Exception {
        // Given
        ArrivalQueue pausing = queue(new Bounds(10, 2, 1 << 20).pausing(Duration.ofMillis(LONG)));
        pausing.putFromDebezium(record("a"));
        assertThat(topics(pausing.poll(LONG))).containsExactly("a");

        // When
        pausing.putFromDebezium(record("b"));
        List<SourceRecord> tooEarly = pausing.poll(1);
        pausing.putFromDebezium(record("c"));

        // Then
        assertThat(tooEarly).isEmpty();
        assertThat(topics(pausing.poll(LONG))).containsExactly("b", "c");
    }

    @Test
    void eventsLeaveWhenThePauseIsOver() throws Exception {
        // Given
        ArrivalQueue pausing = queue(new Bounds(10, 10, 1 << 20).pausing(Duration.ofMillis(20)));
        pausing.putFromDebezium(record("a"));
        pausing.poll(LONG);

        // When
        pausing.putFromDebezium(record("b"));

        // Then
        assertThat(topics(pausing.poll(LONG))).containsExactly("b");
    }

    @Test
    void aFullQueueDoesNotWaitForTheEndOfThePause() throws Exception {
        // Given
        ArrivalQueue pausing = queue(new Bounds(1, 10, 1 << 20).pausing(Duration.ofMillis(LONG)));
        pausing.putFromDebezium(record("a"));
        pausing.poll(LONG);

        // When
        pausing.putFromDebezium(record("b"));

        // Then
        assertThat(topics(pausing.poll(LONG))).containsExactly("b");
    }

    @Test
    void whoCapturesWaitsWhileTheQueueIsFull() throws Exception {
        // Given
        queue.putFromDebezium(record("a"));
        queue.putFromDebezium(record("b"));
        queue.putFromDebezium(record("c"));
        assertThat(queue.remainingCapacity()).isZero();

        // When
        Future<?> fourth = capturing.submit(() -> {
            queue.putFromDebezium(record("d"));
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
        ArrivalQueue small = queue(new Bounds(1_000, 1_000, 1));
        small.putFromDebezium(record("a"));
        assertThat(small.currentQueueSizeInBytes()).isPositive();

        // When
        Future<?> second = capturing.submit(() -> {
            small.putFromDebezium(record("b"));
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
        ArrivalQueue small = queue(new Bounds(1_000, 1_000, 100));
        small.put(record("a"), 20);
        small.put(record("b"), 20);
        small.put(record("c"), 20);
        small.put(record("d"), 500);

        // Then
        assertThat(topics(small.poll(LONG))).containsExactly("a", "b");
        assertThat(topics(small.poll(LONG))).containsExactly("c");
        assertThat(topics(small.poll(LONG))).containsExactly("d");
    }

    @Test
    void withoutALimitOfBytesASixteenthOfTheHeapIsTheLimit() {
        assertThat(Bounds.of(1, 1, 0).bytes()).isEqualTo(Runtime.getRuntime().maxMemory() / 16);
        assertThat(Bounds.of(1, 1, 7).bytes()).isEqualTo(7);
    }

    @Test
    void whoCapturesWaitsWhileAllQueuesTogetherHoldTooMuchAndItsOwnHoldsMoreThanALittle() throws Exception {
        // Given: another queue has spent the budget
        Budget budget = new Budget(10 << 20);
        ArrivalQueue other = queue(new Bounds(1_000, 1_000, 20 << 20).sharing(budget));
        ArrivalQueue own = queue(new Bounds(1_000, 1_000, 20 << 20).sharing(budget));
        other.put(record("x"), 10 << 20);
        assertThat(budget.used()).isEqualTo(10 << 20);

        // When: the last of them finds its queue at the least that it may always hold
        own.put(record("a"), Budget.ALWAYS_BYTES - 1);
        own.put(record("b"), 1);
        Future<?> third = capturing.submit(() -> {
            own.put(record("c"), 1);
            return null;
        });

        // Then
        assertThat(topics(own.poll(LONG))).containsExactly("a", "b");
        assertThat(third.isDone()).isFalse();
        assertThat(topics(own.poll(LONG))).containsExactly("c");
        third.get();
        own.poll(1);
        assertThat(budget.used()).isEqualTo(10 << 20);
    }

    @Test
    void aClosedQueueGivesBackWhatItHeld() throws Exception {
        // Given
        Budget budget = new Budget(10 << 20);
        ArrivalQueue shared = queue(new Bounds(1_000, 1_000, 20 << 20).sharing(budget));
        shared.put(record("a"), 1_000);
        shared.put(record("b"), 2_000);
        shared.poll(LONG);
        assertThat(budget.used()).isEqualTo(3_000);

        // When
        shared.close();

        // Then
        assertThat(budget.used()).isZero();
    }

    @Test
    void onlyQueuesWithoutALimitOfTheirOwnShareTheBudgetOfTheJvm() {
        assertThat(Bounds.of(1, 1, 0).shared()).isSameAs(Budget.ofJvm());
        assertThat(Bounds.of(1, 1, 7).shared()).isNotSameAs(Budget.ofJvm());
    }

    @Test
    void aStorageOfTheUsersGetsRecordsInDebeziumsEvents() throws Exception {
        // Given
        Deque<DataChangeEvent> stored = new ArrayDeque<>();
        ArrivalQueue elsewhere =
                new ArrivalQueue(new DequeProvider(stored), new Bounds(3, 2, 1 << 20), r -> r, new Deliveries());

        // When
        elsewhere.putFromDebezium(record("a"));
        elsewhere.putFromDebezium(record("b"));

        // Then
        assertThat(stored).extracting(event -> event.getRecord().topic()).containsExactly("a", "b");
        assertThat(elsewhere.remainingCapacity()).isEqualTo(1);
        assertThat(topics(elsewhere.poll(LONG))).containsExactly("a", "b");
        assertThat(stored).isEmpty();
    }

    @Test
    void aStorageThatExtendsTheDefaultOneIsUsed() throws Exception {
        // Given
        List<String> stored = new ArrayList<>();
        DefaultQueueProvider<DataChangeEvent> counting = new DefaultQueueProvider<>() {
            @Override
            public void enqueue(DataChangeEvent event) throws InterruptedException {
                stored.add(event.getRecord().topic());
                super.enqueue(event);
            }
        };
        counting.configure(Map.of("max.queue.size", "3"));

        // When
        new ArrivalQueue(counting, new Bounds(3, 2, 1 << 20), record -> record, new Deliveries())
                .putFromDebezium(record("a"));

        // Then
        assertThat(stored).containsExactly("a");
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
        queue.putFromDebezium(record("a"));
        queue.putFromDebezium(record("b"));
        queue.putFromDebezium(record("c"));
        Future<?> fourth = capturing.submit(() -> {
            queue.putFromDebezium(record("d"));
            return null;
        });

        // When
        queue.close();

        // Then
        await().until(fourth::isDone);
        assertThatThrownBy(fourth::get).hasCauseInstanceOf(InterruptedException.class);
    }

    /** Keeps events in a deque that the test can see. */
    private record DequeProvider(Deque<DataChangeEvent> events) implements QueueProvider<DataChangeEvent> {

        @Override
        public String name() {
            return "deque";
        }

        @Override
        public void configure(Map<String, ?> properties) {}

        @Override
        public void enqueue(DataChangeEvent event) {
            events.add(event);
        }

        @Override
        public DataChangeEvent poll() {
            return events.remove();
        }

        @Override
        public int size() {
            return events.size();
        }
    }

    static ArrivalQueue queue(int maxEvents, int maxBatch) {
        return queue(new Bounds(maxEvents, maxBatch, 1 << 20));
    }

    static ArrivalQueue queue(Bounds bounds) {
        DefaultQueueProvider<DataChangeEvent> storage = new DefaultQueueProvider<>();
        storage.configure(Map.of("max.queue.size", Integer.toString(bounds.events())));
        return new ArrivalQueue(storage, bounds, UnaryOperator.identity(), new Deliveries());
    }

    static SourceRecord record(String topic) {
        return new SourceRecord(Map.of(), Map.of(), topic, null, null);
    }

    static List<String> topics(List<SourceRecord> records) {
        return records.stream().map(SourceRecord::topic).toList();
    }
}
