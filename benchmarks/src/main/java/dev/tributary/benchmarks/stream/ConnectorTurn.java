// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.stream;

import dev.tributary.benchmarks.contest.Arena;
import dev.tributary.benchmarks.contest.Arrival;
import dev.tributary.benchmarks.contest.Contestant;
import dev.tributary.benchmarks.contest.Lane;
import dev.tributary.benchmarks.contest.Measurement;
import dev.tributary.benchmarks.contest.RecordLog;
import dev.tributary.benchmarks.contest.Watcher;
import dev.tributary.benchmarks.meter.JvmMeter;
import dev.tributary.benchmarks.meter.JvmReading;
import dev.tributary.benchmarks.meter.JvmUsage;
import dev.tributary.benchmarks.workload.Backlog;
import dev.tributary.benchmarks.workload.BenchTable;
import dev.tributary.sandbox.SandboxException;
import dev.tributary.sandbox.Wait;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * A connector that drains a backlog when it is its turn.
 *
 * @param lane its worker, slot and topic
 * @param recordsPerRow how many records a row becomes
 */
public record ConnectorTurn(Lane lane, int recordsPerRow) implements StreamTurn {

    static ConnectorTurn open(Arena arena, Contestant contestant) {
        return open(arena, contestant, BenchTable.TABLE, 1);
    }

    /** Starts a worker with a connector that captures a table, and returns when it streams. */
    public static ConnectorTurn open(Arena arena, Contestant contestant, String table, int recordsPerRow) {
        return new ConnectorTurn(Lane.open(arena, contestant, table, StreamResult.HEAP), recordsPerRow);
    }

    @Override
    public void settle(Backlog first) {
        lane.awaitRow(first.lastId());
        lane.stop();
    }

    @Override
    public Measurement take(Backlog backlog, int round) throws IOException {
        RecordLog topic = lane.topic();
        lane.wake();
        long start = topic.end();
        Arrival last;
        JvmUsage usage;
        // Closed before the worker is frozen, since closing waits for a response.
        try (JvmMeter meter = lane.meter()) {
            JvmReading before = meter.read();
            last = drained(start, backlog);
            // Read while the threads of the task are alive: the allocation of threads that have ended is not known.
            usage = meter.read().since(before);
        }
        Arrival first = topic.at(start).orElseThrow();
        long records = lane.contestant().isExactlyOnce()
                ? topic.count(start, last.offset() + 1)
                : last.offset() - first.offset() + 1;
        lane.awaitAcknowledged();
        lane.stop();
        topic.clear();
        return Measurement.of(lane.contestant(), round, backlog.rows(), records / recordsPerRow, first, last, usage);
    }

    private Arrival drained(long start, Backlog backlog) {
        if (lane.contestant().watched()) {
            try (Watcher watcher = Watcher.of(lane.worker(), lane.contestant())) {
                lane.resume();
                return awaitLast(start, backlog);
            }
        }
        lane.resume();
        return awaitLast(start, backlog);
    }

    /** The record of the last row. Records of earlier rows may have been sent again before it. */
    private Arrival awaitLast(long start, Backlog backlog) {
        Duration timeout = Lane.timeout(backlog.rows());
        return Wait.until(timeout, () -> last(start, backlog), last -> isDone(last, backlog))
                .filter(arrival -> arrival.id() == backlog.lastId())
                .orElseThrow(() -> new SandboxException(lane.contestant().title() + " has not delivered row "
                        + backlog.lastId() + " after " + timeout.toSeconds() + " s, but "
                        + (lane.topic().end() - start) + " records; see "
                        + lane.worker().logFile()));
    }

    private Optional<Arrival> last(long start, Backlog backlog) {
        lane.requireNotFailed();
        long end = lane.topic().end();
        return end < start + backlog.rows() * recordsPerRow
                ? Optional.empty()
                : lane.topic().lastBefore(end);
    }

    private static boolean isDone(Optional<Arrival> last, Backlog backlog) {
        return last.isPresent() && last.get().id() == backlog.lastId();
    }

    @Override
    public void close() {
        lane.close();
    }
}
