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
import dev.tributary.benchmarks.stream.TransactionsResult.Series;
import dev.tributary.benchmarks.workload.Backlog;
import dev.tributary.benchmarks.workload.BenchTable;
import dev.tributary.sandbox.Sandbox;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Measures what exactly-once delivery costs: how fast backlogs of small and of large transactions are drained, with
 * Kafka's transactions and without.
 */
public final class TransactionsBench {

    /** The rows of a transaction. */
    private static final List<Integer> SIZES = List.of(1, 10, Backlog.ROWS_PER_TRANSACTION);

    private final RoundsPlan plan;
    private final PrintStream out;

    public TransactionsBench(RoundsPlan plan, PrintStream out) {
        this.plan = plan;
        this.out = out;
    }

    /** The ids of all contestants. */
    public static List<String> contestants() {
        return Contestants.ofTransactions().stream().map(Contestant::id).toList();
    }

    /** Measures. This takes minutes. */
    public TransactionsResult run(Sandbox sandbox) throws IOException, SQLException {
        out.println("Starting servers and a worker for each contestant");
        Arena arena = Arena.open(sandbox, Map.of());
        BenchTable table = BenchTable.create(arena.postgres());
        try (Contest<Backlog, Measurement> contest = new Contest<>(plan, out, measured -> measured.line(""))) {
            List<StreamTurn> turns = new ArrayList<>();
            for (Contestant contestant : Contestants.ofTransactions()) {
                contest.enter(Entrant.of(contestant), () -> ConnectorTurn.open(arena, contestant))
                        .ifPresent(turns::add);
            }
            Backlog first = Backlog.load(table, 1);
            for (StreamTurn turn : turns) {
                turn.settle(first);
            }
            List<Series> series = new ArrayList<>();
            for (int size : SIZES) {
                out.println("Transactions of " + size + (size == 1 ? " row" : " rows"));
                series.add(new Series(size, contest.run(rows -> Backlog.load(table, rows, size))));
            }
            return new TransactionsResult(
                    Circumstances.of(arena), plan.rounds(), plan.rows(), plan.warmUp(), contest.entrants(), series);
        }
    }
}
