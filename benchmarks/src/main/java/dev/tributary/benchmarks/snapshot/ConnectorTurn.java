// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.snapshot;

import dev.tributary.benchmarks.contest.Arena;
import dev.tributary.benchmarks.contest.Arrival;
import dev.tributary.benchmarks.contest.Contestant;
import dev.tributary.benchmarks.contest.Lane;
import dev.tributary.benchmarks.contest.Measurement;
import dev.tributary.benchmarks.contest.RecordLog;
import dev.tributary.benchmarks.contest.Turn;
import dev.tributary.benchmarks.meter.JvmMeter;
import dev.tributary.benchmarks.meter.JvmUsage;
import dev.tributary.benchmarks.meter.JvmWatch;
import dev.tributary.benchmarks.workload.BenchTable;
import dev.tributary.sandbox.SandboxException;
import dev.tributary.sandbox.Wait;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A connector that takes a snapshot when it is its turn. Its worker stays warm. The offsets, the slot and the records
 * of the previous snapshot are deleted.
 *
 * @param lane its worker, slot and topic
 */
record ConnectorTurn(Lane lane) implements Turn<Long, SnapshotMeasurement> {

    /** Lets the connector take its first snapshot, of the current rows, and stops it. */
    static ConnectorTurn open(Arena arena, Contestant contestant) throws SQLException {
        Lane lane = Lane.open(arena, contestant, BenchTable.TABLE, SnapshotResult.HEAP);
        lane.stopAndForget();
        return new ConnectorTurn(lane);
    }

    @Override
    public SnapshotMeasurement take(Long rows, int round) throws IOException, SQLException {
        RecordLog topic = lane.topic();
        lane.wake();
        long start = topic.end();
        long requestedMillis;
        JvmUsage usage;
        // Closed before the worker is frozen, since closing waits for a response.
        try (JvmMeter meter = lane.meter()) {
            JvmWatch watch = new JvmWatch(meter);
            requestedMillis = System.currentTimeMillis();
            lane.resume();
            awaitRows(start, rows, watch);
            usage = watch.usage();
        }
        Arrival first = topic.at(start).orElseThrow();
        lane.awaitStreaming();
        Arrival last = topic.lastBefore(topic.end()).orElseThrow();
        lane.stopAndForget();
        topic.clear();
        return new SnapshotMeasurement(
                first.appendMillis() - requestedMillis,
                Measurement.of(lane.contestant(), round, rows, last.offset() - first.offset() + 1, first, last, usage));
    }

    /** Counts the rows, because the connector decides on their order. */
    private void awaitRows(long start, long rows, JvmWatch watch) {
        Duration timeout = Lane.timeout(rows);
        boolean delivered = Wait.until(timeout, () -> {
            lane.requireNotFailed();
            watch.sample();
            return lane.topic().end() >= start + rows;
        });
        if (!delivered) {
            throw new SandboxException(lane.contestant().title() + " has delivered "
                    + (lane.topic().end() - start) + " of " + rows + " rows after " + timeout.toSeconds()
                    + " s; see " + lane.worker().logFile());
        }
    }

    @Override
    public void close() {
        lane.close();
    }
}
