// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.field;

import dev.tributary.benchmarks.contest.Arena;
import dev.tributary.benchmarks.contest.Contestant;
import dev.tributary.benchmarks.contest.Lane;
import dev.tributary.benchmarks.contest.Measurement;
import dev.tributary.benchmarks.meter.CpuProfiler;
import dev.tributary.benchmarks.meter.CpuShares;
import dev.tributary.benchmarks.meter.CpuShares.Owner;
import dev.tributary.benchmarks.stream.ConnectorTurn;
import dev.tributary.benchmarks.stream.StreamResult;
import dev.tributary.benchmarks.workload.BenchTable;
import dev.tributary.benchmarks.workload.TableWorkload;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a worker spends its CPU time on while it drains backlogs.
 *
 * @param rows the rows of all backlogs
 * @param cpuMicros CPU time of the process per row, with the profiler
 * @param parts the part of each owner, from 0 to 1
 */
public record WorkerProfile(long rows, double cpuMicros, Map<Owner, Double> parts) {

    public WorkerProfile {
        parts = Map.copyOf(parts);
    }

    /**
     * Profiles a contestant in several backlogs, after a warm-up.
     *
     * @param rounds the number of backlogs
     * @param rows the rows of each
     */
    static WorkerProfile take(Arena arena, BenchTable bench, Contestant contestant, int rounds, long rows, long warmUp)
            throws IOException, SQLException {
        TableWorkload table = TableWorkload.inserts(bench, 1_000);
        try (Lane lane = Lane.open(arena, contestant, BenchTable.TABLE, StreamResult.HEAP)) {
            ConnectorTurn turn = new ConnectorTurn(lane, 1);
            turn.settle(table.load(1));
            turn.take(table.load(warmUp), 0);
            lane.wake();
            CpuProfiler profiler = CpuProfiler.start(
                    lane.worker().pid(), arena.sandbox().directory().resolve("profile.txt"));
            double nanos = 0;
            for (int round = 1; round <= rounds; round++) {
                Measurement measured = turn.take(table.load(rows), round);
                nanos += measured.usage().cpuNanos();
            }
            lane.wake();
            CpuShares shares = CpuShares.of(profiler.stop());
            return new WorkerProfile(
                    rounds * rows,
                    nanos / 1_000 / (rounds * rows),
                    Stream.of(Owner.values()).collect(Collectors.toMap(owner -> owner, shares::part)));
        }
    }

    /** CPU time of an owner per row. */
    public double micros(Owner owner) {
        return cpuMicros * parts.getOrDefault(owner, 0.0);
    }
}
