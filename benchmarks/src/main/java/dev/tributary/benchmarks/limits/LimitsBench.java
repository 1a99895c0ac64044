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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether a worker with a small heap delivers one transaction of millions of rows, and rows of many megabytes. */
public final class LimitsBench {

    private static final long MEGA = 1L << 20;

    private final LimitsPlan plan;
    private final PrintStream out;

    public LimitsBench(LimitsPlan plan, PrintStream out) {
        this.plan = plan;
        this.out = out;
    }

    /** Tries, which takes minutes. */
    public LimitsResult run(Sandbox sandbox) throws IOException, SQLException {
        out.println("Starting servers");
        Arena arena = Arena.open(sandbox, Map.of());
        BenchTable table = BenchTable.create(arena.postgres());
        ParcelTable parcels = ParcelTable.create(table);
        List<Trial> trials = new ArrayList<>();
        trials.add(trial(
                arena,
                Contestants.ofLongTransaction(),
                BenchTable.TABLE,
                new Ordeal(
                        "1 transaction of " + plan.rows() + " rows",
                        () -> Backlog.load(table, plan.rows(), plan.rows()))));
        trials.add(trial(
                arena,
                Contestants.ofHugeRows(2 * MEGA * plan.rowMegabytes()),
                ParcelTable.TABLE,
                new Ordeal(
                        plan.hugeRows() + " rows of " + plan.rowMegabytes() + " MB",
                        () -> parcels.load(plan.hugeRows(), MEGA * plan.rowMegabytes()))));
        return new LimitsResult(Circumstances.of(arena), plan.heap(), trials);
    }

    private Trial trial(Arena arena, Contestant contestant, String table, Ordeal ordeal)
            throws IOException, SQLException {
        out.println(ordeal.what());
        try (Lane lane = Lane.open(arena, contestant, table, plan.heap())) {
            Trial trial = ordeal.of(lane);
            out.println("  " + trial.outcome());
            return trial;
        }
    }
}
