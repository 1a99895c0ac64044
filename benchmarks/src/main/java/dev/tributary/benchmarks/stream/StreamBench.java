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

    private static final Entrant BARE = new Entrant(
            BareTurn.ID,
            "Bare client",
            Map.of(
                    "client",
                    "pgjdbc, CopyDual.readFromCopy(false), sleeps 10 ms when there is nothing to read, discards all"
                            + " rows: the upper limit"));

    private final Field field;
    private final RoundsPlan plan;
    private final PrintStream out;

    /** Who takes part. */
    public enum Field {
        /** Connectors that write JSON, and a client that only reads. */
        JSON,
        /** Connectors that write Avro, and ours with JSON. */
        AVRO;

        private List<Contestant> contestants() {
            return this == AVRO ? Contestants.ofAvro() : Contestants.ofStream();
        }

        private Arena arena(Sandbox sandbox) throws IOException {
            Arena arena = Arena.open(sandbox, Map.of());
            return this == AVRO ? arena.withRegistry() : arena;
        }

        /** The ids of all contestants. */
        public List<String> ids() {
            return this == AVRO
                    ? contestants().stream().map(Contestant::id).toList()
                    : Contest.ids(BARE, contestants());
        }
    }

    public StreamBench(Field field, RoundsPlan plan, PrintStream out) {
        this.field = field;
        this.plan = plan;
        this.out = out;
    }

    /** Measures. This takes minutes. */
    public StreamResult run(Sandbox sandbox) throws IOException, SQLException {
        out.println("Starting servers and a worker for each contestant");
        Arena arena = field.arena(sandbox);
        BenchTable table = BenchTable.create(arena.postgres());
        try (Contest<Backlog, Measurement> contest = new Contest<>(plan, out, measured -> measured.line(""))) {
            List<StreamTurn> turns = new ArrayList<>();
            if (field == Field.JSON) {
                contest.enter(BARE, () -> BareTurn.open(arena)).ifPresent(turns::add);
            }
            for (Contestant contestant : field.contestants()) {
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
