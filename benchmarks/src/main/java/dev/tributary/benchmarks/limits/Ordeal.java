// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.limits;

import dev.tributary.benchmarks.contest.Lane;
import dev.tributary.benchmarks.meter.HeapWatch;
import dev.tributary.benchmarks.meter.JvmUsage;
import dev.tributary.benchmarks.workload.Backlog;
import dev.tributary.sandbox.SandboxException;
import dev.tributary.sandbox.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * A load for a worker with a small heap.
 *
 * @param what its name
 * @param load writes it into the database, or starts the connector
 * @param inOrder whether the last row arrives last
 */
record Ordeal(String what, Load load, boolean inOrder) {

    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    /** Slower than Tributary has ever been. */
    private static final long ROWS_PER_SECOND = 20_000;

    /** Returns the rows that must arrive. */
    @FunctionalInterface
    interface Load {
        Backlog run() throws SQLException;
    }

    /** Runs it on a worker. */
    Trial of(Lane lane) throws IOException, SQLException {
        try (HeapWatch heap = HeapWatch.start(lane.worker())) {
            Backlog backlog = load.run();
            long start = System.nanoTime();
            String outcome = outcome(lane, backlog);
            double seconds = (System.nanoTime() - start) / 1e9;
            JvmUsage usage = heap.usage();
            return new Trial(
                    what,
                    outcome.equals(Trial.DELIVERED),
                    outcome,
                    backlog.rows(),
                    lane.topic().end(),
                    seconds,
                    heap.peakHeapBytes(),
                    heap.peakResidentBytes(),
                    usage.gcMillis(),
                    usage.gcCount(),
                    lane.contestant().options());
        }
    }

    private String outcome(Lane lane, Backlog backlog) throws IOException {
        Duration timeout = TIMEOUT.plusSeconds(backlog.rows() / ROWS_PER_SECOND);
        try {
            boolean delivered = Wait.until(timeout, () -> {
                lane.requireNotFailed();
                long end = lane.topic().end();
                return end >= backlog.rows()
                        && (!inOrder
                                || lane.topic()
                                        .lastBefore(end)
                                        .filter(last -> last.id() == backlog.lastId())
                                        .isPresent());
            });
            if (delivered) {
                return Trial.DELIVERED;
            }
            return "not delivered within " + timeout.toMinutes() + " minutes" + memory(lane);
        } catch (SandboxException e) {
            String message = String.valueOf(e.getMessage());
            return message.lines().findFirst().orElse(message) + memory(lane);
        }
    }

    private static String memory(Lane lane) throws IOException {
        try (Stream<String> log = Files.lines(lane.worker().logFile())) {
            return log.anyMatch(line -> line.contains("OutOfMemoryError")) ? "; the heap was full" : "";
        }
    }
}
