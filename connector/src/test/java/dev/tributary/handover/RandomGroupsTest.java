// SPDX-License-Identifier: Apache-2.0
package dev.tributary.handover;

import static dev.tributary.handover.ArrivalQueueTest.record;
import static dev.tributary.handover.ArrivalQueueTest.topics;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.handover.RecordLane.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Groups of random units, from a seed. */
class RandomGroupsTest {

    private static final long LONG = 600_000;

    private final ExecutorService capturing = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        capturing.shutdownNow();
    }

    /** In random order: transactions, changes of several records, records of other threads, handovers. */
    @Test
    void noGroupEndsWithinATransaction() throws Exception {
        long seed = System.nanoTime();
        System.out.println("RandomGroupsTest seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 300; round++) {
            // Given
            ArrivalQueue queue = GroupedQueue.open(
                    new Bounds(1 + random.nextInt(6), 1, 1 + random.nextInt(5_000)),
                    Duration.ofNanos(random.nextInt(200_000)),
                    1 + random.nextInt(5_000),
                    1 << 20,
                    new GroupedQueue.Oversized());
            SplittableRandom changes = random.split();
            Future<Integer> captured = capturing.submit(() -> capture(queue, changes));

            // When
            List<String> seen = new ArrayList<>();
            List<String> ends = new ArrayList<>();
            while (!seen.contains("end")) {
                List<String> group = topics(queue.poll(LONG));
                seen.addAll(group);
                ends.add(group.get(group.size() - 1));
            }

            // Then
            assertThat(seen).hasSize(captured.get());
            assertThat(ends).as("where groups end").noneMatch(topic -> topic.equals("within"));
        }
    }

    private static int capture(ArrivalQueue queue, SplittableRandom random) throws Exception {
        int sent = 1;
        try (RecordLane lane = queue.open(new GroupedQueue.AsTheyAre())) {
            for (int i = 0; i < 30; i++) {
                boolean begun = random.nextBoolean();
                int records = begun ? random.nextInt(40) : 1;
                if (begun) {
                    lane.begin(Unit.TRANSACTION);
                }
                for (int record = 1; record <= records; record++) {
                    boolean last = record == records;
                    boolean joined = !last && random.nextInt(3) == 0;
                    lane.add(record(last ? "whole" : "within"), 100 + random.nextInt(900), joined);
                    sent++;
                    if (!joined && random.nextInt(8) == 0) {
                        lane.flushIfDue(Long.MAX_VALUE / 2);
                    }
                    if (!joined && random.nextInt(8) == 0) {
                        lane.flush();
                    }
                }
                if (begun) {
                    lane.end();
                }
            }
            lane.add(record("end"), 100, false);
            lane.flush();
        }
        return sent;
    }
}
