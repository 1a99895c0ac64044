// SPDX-License-Identifier: Apache-2.0
package dev.tributary.handover;

import static dev.tributary.handover.ArrivalQueueTest.record;
import static dev.tributary.handover.ArrivalQueueTest.topics;
import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.pipeline.DataChangeEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamLaneTest {

    private static final long LONG = 600_000;

    private final ArrivalQueue queue = ArrivalQueueTest.queue(3, 2);
    private final ExecutorService capturing = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        capturing.shutdownNow();
    }

    @Test
    void aLaneHandsOverWhenItIsFlushedAndStampsRecordsOfDebezium() throws Exception {
        // Given
        RecordLane lane = queue.open(new Prefixes());
        lane.add(record("a"), 1, false);
        queue.inlet().enqueue(new DataChangeEvent(record("b")));
        assertThat(queue.poll(1)).isEmpty();

        // When
        lane.flush();

        // Then
        assertThat(topics(queue.poll(LONG))).containsExactly("a", "stamped-b");
    }

    @Test
    void aLaneHandsOverAtOnceAfterAWhileEvenWhileMoreKeepsComing() throws Exception {
        // Given
        RecordLane lane = queue.open(new Prefixes());
        long later = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);

        // When
        lane.add(record("a"), 1, false);
        lane.flushIfDue(later);

        // Then
        assertThat(topics(queue.poll(LONG))).containsExactly("a");
        lane.add(record("b"), 1, false);
        lane.flushIfDue(later + 100);
        assertThat(queue.poll(1)).isEmpty();
        lane.flushIfDue(later + TimeUnit.SECONDS.toNanos(1));
        assertThat(topics(queue.poll(LONG))).containsExactly("b");
    }

    @Test
    void aRecordOfAnotherThreadFollowsThoseOfTheLaneAndLeavesAtOnce() throws Exception {
        // Given
        RecordLane lane = queue.open(new Prefixes());
        lane.add(record("before"), 1, false);

        // When
        capturing
                .submit(() -> {
                    queue.inlet().enqueue(new DataChangeEvent(record("notification")));
                    return null;
                })
                .get();

        // Then
        assertThat(topics(queue.poll(LONG))).containsExactly("before", "elsewhere-notification");
    }

    @Test
    void aFullLaneHandsOverByItselfAndAClosedOneNoLonger() throws Exception {
        // Given
        ArrivalQueue large = ArrivalQueueTest.queue(new Bounds(10_000, 10_000, 1L << 30));
        RecordLane lane = large.open(new Prefixes());

        // When
        for (int i = 0; i < 600; i++) {
            lane.add(record("t" + i), 1, false);
        }
        lane.close();
        large.inlet().enqueue(new DataChangeEvent(record("after")));

        // Then
        List<String> topics = topics(large.poll(LONG));
        assertThat(topics).hasSize(513).startsWith("t0", "t1").endsWith("t511", "after");
    }

    /** A worker that writes records and offsets in one transaction does so for each batch that is polled. */
    @Test
    void recordsThatBelongTogetherAreNeverParted() throws Exception {
        long seed = System.nanoTime();
        System.out.println("StreamLaneTest seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            // Given
            ArrivalQueue small =
                    ArrivalQueueTest.queue(new Bounds(1 + random.nextInt(6), 1 + random.nextInt(4), 10_000));
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
        int sent = 1;
        try (RecordLane lane = queue.open(new Prefixes())) {
            for (int change = 0; change < 20; change++) {
                int records = 1 + random.nextInt(3);
                for (int i = 1; i <= records; i++) {
                    boolean last = i == records;
                    lane.add(record(last ? "whole" : "more follows"), 100 + random.nextInt(5_000), !last);
                    sent++;
                }
                if (random.nextInt(3) == 0) {
                    lane.flush();
                }
            }
            lane.add(record("end"), 100, false);
            lane.flush();
        }
        return sent;
    }

    @Test
    void aRecordOfAnotherThreadDoesNotPartTheRecordsOfAChange() throws Exception {
        // Given
        RecordLane lane = queue.open(new Prefixes());
        lane.add(record("delete"), 1, true);

        // When
        capturing
                .submit(() -> {
                    queue.putFromDebezium(record("notification"));
                    return null;
                })
                .get();

        // Then
        assertThat(queue.poll(1)).isEmpty();
        lane.add(record("tombstone"), 1, false);
        lane.flush();
        assertThat(topics(queue.poll(LONG))).containsExactly("delete", "elsewhere-notification", "tombstone");
    }

    @Test
    void theLastOffsetIsThatOfTheRecordAddedLastByAnyThread() throws Exception {
        // Given
        RecordLane lane = queue.open(new Prefixes());
        assertThat(lane.lastOffset()).isNull();

        // When
        lane.add(new SourceRecord(Map.of(), Map.of("lsn", 1L), "a", null, null), 1, false);

        // Then
        assertThat(lane.lastOffset()).isEqualTo(Map.of("lsn", 1L));
        capturing
                .submit(() -> {
                    queue.putFromDebezium(new SourceRecord(Map.of(), Map.of("lsn", 2L), "b", null, null));
                    return null;
                })
                .get();
        assertThat(lane.lastOffset()).isEqualTo(Map.of("lsn", 2L));
    }

    /** Marks in the topic how a record came. */
    private static class Prefixes implements RecordLane.Stamp {

        @Override
        public RecordLane.Stamped stamp(SourceRecord record) {
            return new RecordLane.Stamped(prefixed("stamped-", record), false);
        }

        @Override
        public SourceRecord fromElsewhere(SourceRecord record, @Nullable Map<String, ?> last) {
            return prefixed("elsewhere-", record);
        }

        private static SourceRecord prefixed(String prefix, SourceRecord record) {
            return record.newRecord(prefix + record.topic(), null, null, null, null, null, null);
        }
    }
}
