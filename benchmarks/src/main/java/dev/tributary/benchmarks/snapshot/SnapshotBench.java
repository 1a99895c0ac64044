// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.snapshot;

import dev.tributary.benchmarks.contest.Arena;
import dev.tributary.benchmarks.contest.Circumstances;
import dev.tributary.benchmarks.contest.Contest;
import dev.tributary.benchmarks.contest.Contestant;
import dev.tributary.benchmarks.contest.Contestants;
import dev.tributary.benchmarks.contest.Entrant;
import dev.tributary.benchmarks.contest.RoundsPlan;
import dev.tributary.benchmarks.workload.Backlog;
import dev.tributary.benchmarks.workload.BenchTable;
import dev.tributary.sandbox.Sandbox;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Measures how fast a table is read. In each round, each contestant takes a snapshot of the table. */
public final class SnapshotBench {

    private static final Entrant COPY = new Entrant(
            CopyTurn.ID,
            "COPY, discarded",
            Map.of("client", "pgjdbc, COPY item TO STDOUT over one connection, discards all rows"));

    private final RoundsPlan plan;
    private final PrintStream out;

    /** Limits the rows of the warm-up to those of a round, because the table only grows. */
    public SnapshotBench(RoundsPlan plan, PrintStream out) {
        this.plan =
                new RoundsPlan(plan.rounds(), plan.rows(), Math.min(plan.warmUp(), plan.rows()), plan.contestants());
        this.out = out;
    }

    /** The ids of all contestants. */
    public static List<String> contestants() {
        return Contest.ids(COPY, Contestants.ofSnapshot());
    }

    /** Measures. This takes minutes. */
    public SnapshotResult run(Sandbox sandbox) throws IOException, SQLException {
        out.println("Starting servers and a worker for each contestant");
        Arena arena = Arena.open(sandbox, Map.of());
        BenchTable table = BenchTable.create(arena.postgres());
        try (Contest<Long, SnapshotMeasurement> contest = new Contest<>(plan, out, SnapshotBench::line)) {
            contest.enter(COPY, () -> CopyTurn.open(arena));
            for (Contestant contestant : Contestants.ofSnapshot()) {
                contest.enter(Entrant.of(contestant), () -> ConnectorTurn.open(arena, contestant));
            }
            List<SnapshotMeasurement> measurements = contest.run(rows -> fill(table, rows));
            return new SnapshotResult(
                    Circumstances.of(arena),
                    plan.rounds(),
                    plan.rows(),
                    plan.warmUp(),
                    table.averageTextBytes(),
                    contest.entrants(),
                    measurements);
        }
    }

    /** Fills the table up to a number of rows. */
    private static long fill(BenchTable table, long rows) throws SQLException {
        long missing = rows - table.rows();
        if (missing > 0) {
            Backlog.load(table, missing);
            table.settle();
        }
        return rows;
    }

    private static String line(SnapshotMeasurement measured) {
        return measured.sent().line(String.format(Locale.ROOT, " after %4.1f s", measured.waitMillis() / 1_000));
    }
}
