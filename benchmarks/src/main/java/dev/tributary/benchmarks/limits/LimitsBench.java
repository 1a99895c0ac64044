// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.limits;

import dev.tributary.benchmarks.contest.Arena;
import dev.tributary.benchmarks.contest.Circumstances;
import dev.tributary.benchmarks.contest.Contestant;
import dev.tributary.benchmarks.contest.Contestants;
import dev.tributary.benchmarks.contest.Lane;
import dev.tributary.benchmarks.workload.Backlog;
import dev.tributary.benchmarks.workload.BenchTable;
import dev.tributary.benchmarks.workload.ParcelTable;
import dev.tributary.sandbox.Sandbox;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * Tests whether a worker with a small heap delivers a table and a transaction of millions of rows, and rows of many
 * megabytes.
 */
public final class LimitsBench {

    private static final long MEGA = 1L << 20;

    /** Larger than elsewhere, because no connector reads these transactions. */
    private static final long ROWS_PER_TRANSACTION = 100_000;

    /**
     * Records are counted by their offsets, so the broker soon deletes all but the last gigabyte, to save disk space.
     */
    private static final Map<String, String> FORGETFUL = Map.of(
            "log.retention.bytes", Long.toString(1L << 30),
            "log.retention.check.interval.ms", "2000",
            "log.segment.delete.delay.ms", "1000");

    private final LimitsPlan plan;
    private final PrintStream out;

    public LimitsBench(LimitsPlan plan, PrintStream out) {
        this.plan = plan;
        this.out = out;
    }

    /** Runs the tests. This takes minutes. */
    public LimitsResult run(Sandbox sandbox) throws IOException, SQLException {
        out.println("Starting servers");
        Arena arena = Arena.open(sandbox, FORGETFUL);
        BenchTable table = BenchTable.create(arena.postgres());
        ParcelTable parcels = ParcelTable.create(table);
        // The snapshot comes first: without a slot, the server recycles the WAL of these rows.
        List<Trial> trials = List.of(
                snapshot(arena, table),
                longTransaction(arena, table, Contestants.ofLongTransaction(), ""),
                longTransaction(arena, table, Contestants.ofLongTransactionExactlyOnce(), ", exactly once"),
                hugeRows(arena, parcels));
        return new LimitsResult(Circumstances.of(arena), plan.heap(), trials);
    }

    private Trial snapshot(Arena arena, BenchTable table) throws IOException, SQLException {
        String what = "snapshot of " + plan.snapshotRows() + " rows";
        out.println(what);
        Backlog rows = Backlog.load(table, plan.snapshotRows(), ROWS_PER_TRANSACTION);
        table.settle();
        try (Lane lane = Lane.prepare(arena, Contestants.ofLongSnapshot(), BenchTable.TABLE, plan.heap())) {
            Ordeal.Load begin = () -> {
                lane.create();
                return rows;
            };
            return printed(new Ordeal(what, begin, false).of(lane));
        }
    }

    private Trial longTransaction(Arena arena, BenchTable table, Contestant contestant, String how)
            throws IOException, SQLException {
        String what = "1 transaction of " + plan.rows() + " rows" + how;
        out.println(what);
        try (Lane lane = Lane.open(arena, contestant, BenchTable.TABLE, plan.heap())) {
            Ordeal.Load load = () -> Backlog.load(table, plan.rows(), plan.rows());
            return printed(new Ordeal(what, load, true).of(lane));
        }
    }

    private Trial hugeRows(Arena arena, ParcelTable parcels) throws IOException, SQLException {
        String what = plan.hugeRows() + " rows of " + plan.rowMegabytes() + " MB";
        out.println(what);
        Contestant contestant = Contestants.ofHugeRows(2 * MEGA * plan.rowMegabytes());
        try (Lane lane = Lane.open(arena, contestant, ParcelTable.TABLE, plan.heap())) {
            Ordeal.Load load = () -> parcels.load(plan.hugeRows(), MEGA * plan.rowMegabytes());
            return printed(new Ordeal(what, load, true).of(lane));
        }
    }

    private Trial printed(Trial trial) {
        out.println("  " + trial.outcome());
        return trial;
    }
}
