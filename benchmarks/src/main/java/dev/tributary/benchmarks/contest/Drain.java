// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.contest;

import dev.tributary.benchmarks.meter.JvmMeter;
import dev.tributary.benchmarks.meter.JvmReading;
import dev.tributary.benchmarks.meter.JvmUsage;
import dev.tributary.benchmarks.workload.Backlog;
import dev.tributary.sandbox.Patience;
import dev.tributary.sandbox.SandboxException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * A connector's turn at a backlog.
 *
 * @param lane whose turn it is
 * @param backlog what is there to drain
 */
public record Drain(Lane lane, Backlog backlog) {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Slower than anyone has been seen to be. */
    private static final long ROWS_PER_SECOND = 2_000;

    /** Wakes the worker, has the connector drain the backlog, and ends the turn. */
    public Drained run() throws IOException {
        RecordLog topic = lane.topic();
        lane.wake();
        long start = topic.end();
        Arrival last;
        JvmUsage usage;
        // Closed before the worker is frozen: it would wait for an answer.
        try (JvmMeter meter = lane.meter()) {
            JvmReading before = meter.read();
            lane.go();
            last = awaitLast(start);
            // Read while the task's threads live: what ended threads have allocated nobody knows.
            usage = meter.read().since(before);
        }
        Arrival first = topic.at(start).orElseThrow();
        lane.awaitAcknowledged();
        lane.stop();
        topic.clear();
        long records = last.offset() - first.offset() + 1;
        double millis = Math.max(1, last.appendMillis() - first.appendMillis());
        return new Drained(records, millis, last.valueBytes(), usage);
    }

    /** The record of the last row. Records of earlier rows may have been sent again before it. */
    private Arrival awaitLast(long start) {
        Duration patience = PATIENCE.plusSeconds(backlog.rows() / ROWS_PER_SECOND);
        return Patience.until(patience, () -> last(start), this::isDone)
                .filter(arrival -> arrival.id() == backlog.lastId())
                .orElseThrow(() -> new SandboxException(lane.contestant().title() + " has not delivered row "
                        + backlog.lastId() + " after " + patience.toSeconds() + " s, but "
                        + (lane.topic().end() - start) + " records; see "
                        + lane.worker().logFile()));
    }

    private Optional<Arrival> last(long start) {
        if (!lane.worker().isRunning()) {
            throw new SandboxException(
                    lane.worker() + " has ended; see " + lane.worker().logFile());
        }
        lane.requireNotFailed();
        long end = lane.topic().end();
        return end < start + backlog.rows() ? Optional.empty() : lane.topic().at(end - 1);
    }

    private boolean isDone(Optional<Arrival> last) {
        return last.isPresent() && last.get().id() == backlog.lastId();
    }
}
