// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.stream;

import dev.tributary.benchmarks.contest.Arena;
import dev.tributary.benchmarks.contest.Circumstances;
import dev.tributary.benchmarks.contest.Contest;
import dev.tributary.benchmarks.contest.Contestant;
import dev.tributary.benchmarks.contest.Contestants;
import dev.tributary.benchmarks.contest.Entrant;
import dev.tributary.benchmarks.contest.Measurement;
import dev.tributary.benchmarks.contest.RoundsPlan;
import dev.tributary.benchmarks.workload.Backlog;
import dev.tributary.benchmarks.workload.BenchTable;
import dev.tributary.sandbox.Sandbox;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Measures how fast a backlog is drained. Each round has one backlog, which each contestant drains. */
public final class StreamBench {

    private final RoundsPlan plan;
    private final PrintStream out;

    /** The ids of all contestants. */
    public static List<String> contestants() {
        return Contest.ids(BareTurn.ENTRANT, Contestants.ofStream());
    }

    public StreamBench(RoundsPlan plan, PrintStream out) {
        this.plan = plan;
        this.out = out;
    }

    /** Measures. This takes minutes. */
    public StreamResult run(Sandbox sandbox) throws IOException, SQLException {
        out.println("Starting servers and a worker for each contestant");
        Arena arena = Arena.open(sandbox, Map.of());
        BenchTable table = BenchTable.create(arena.postgres());
        try (Contest<Backlog, Measurement> contest = new Contest<>(plan, out, measured -> measured.line(""))) {
            List<StreamTurn> turns = new ArrayList<>();
            contest.enter(BareTurn.ENTRANT, () -> BareTurn.open(arena)).ifPresent(turns::add);
            for (Contestant contestant : Contestants.ofStream()) {
                contest.enter(Entrant.of(contestant), () -> ConnectorTurn.open(arena, contestant))
                        .ifPresent(turns::add);
            }
            Backlog first = Backlog.load(table, 1);
            for (StreamTurn turn : turns) {
                turn.settle(first);
            }
            List<Measurement> measurements = contest.run(rows -> Backlog.load(table, rows));
            return new StreamResult(
                    Circumstances.of(arena),
                    BenchTable.DDL,
                    plan.rounds(),
                    plan.rows(),
                    Backlog.ROWS_PER_TRANSACTION,
                    plan.warmUp(),
                    table.averageTextBytes(),
                    contest.entrants(),
                    measurements);
        }
    }
}
