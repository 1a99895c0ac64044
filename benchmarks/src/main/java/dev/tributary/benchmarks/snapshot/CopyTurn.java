// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.snapshot;

import dev.tributary.benchmarks.bare.BareCopy;
import dev.tributary.benchmarks.bare.BareProcess;
import dev.tributary.benchmarks.bare.BareResult;
import dev.tributary.benchmarks.contest.Arena;
import dev.tributary.benchmarks.contest.Measurement;
import dev.tributary.benchmarks.contest.Turn;
import dev.tributary.benchmarks.workload.BenchTable;
import dev.tributary.sandbox.PostgresServer;
import java.io.IOException;

/**
 * The bare client. Between its turns it waits for input.
 *
 * @param client the process
 */
record CopyTurn(BareProcess client) implements Turn<Long, SnapshotMeasurement> {

    static final String ID = "copy";

    private static final double NANOS_PER_MILLI = 1e6;

    static CopyTurn open(Arena arena) throws IOException {
        String url = arena.postgres().jdbcUrl(BenchTable.DATABASE);
        return new CopyTurn(
                BareProcess.start(arena.sandbox(), BareCopy.class, url, PostgresServer.SUPERUSER, BenchTable.TABLE));
    }

    @Override
    public SnapshotMeasurement take(Long rows, int round) throws IOException {
        BareResult result = client.read(rows);
        return new SnapshotMeasurement(
                result.waitNanos() / NANOS_PER_MILLI,
                new Measurement(ID, round, rows, result.rows(), result.nanos() / NANOS_PER_MILLI, 0, result.usage()));
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
