// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.stream;

import dev.tributary.benchmarks.contest.Arena;
import dev.tributary.benchmarks.contest.Circumstances;
import dev.tributary.benchmarks.contest.Contestant;
import dev.tributary.benchmarks.contest.Contestants;
import dev.tributary.benchmarks.contest.Entrant;
import dev.tributary.benchmarks.contest.Measurement;
import dev.tributary.benchmarks.workload.Backlog;
import dev.tributary.benchmarks.workload.BenchTable;
import dev.tributary.sandbox.Sandbox;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How fast a backlog is drained. One backlog a round; everyone drains it in turn while all others stand still, in an order
 * that moves by one from round to round.
 */
public final class StreamBench {

    private static final Entrant BARE = new Entrant(
            BareTurn.ID,
            "Bare client",
            Map.of(
                    "client",
                    "pgjdbc, CopyDual.readFromCopy(false), rests 10 ms when nothing is there, throws all away: the limit"));

    private final StreamPlan plan;
    private final PrintStream out;

    public StreamBench(StreamPlan plan, PrintStream out) {
        this.plan = plan;
        this.out = out;
    }

    /** The ids of all who can take part. */
    public static List<String> contestants() {
        List<String> ids = new ArrayList<>(List.of(BareTurn.ID));
        Contestants.ofStream().forEach(contestant -> ids.add(contestant.id()));
        return ids;
    }

    /** Measures, which takes minutes. */
    public StreamResult run(Sandbox sandbox) throws IOException, SQLException {
        out.println("Starting servers and a worker for each contestant");
        Arena arena = Arena.open(sandbox, Map.of());
        BenchTable table = BenchTable.create(arena.postgres());
        List<Entrant> entrants = new ArrayList<>();
        List<Turn> turns = new ArrayList<>();
        try {
            if (plan.takesPart(BareTurn.ID)) {
                entrants.add(BARE);
                turns.add(BareTurn.open(arena));
            }
            for (Contestant contestant : Contestants.ofStream()) {
                if (plan.takesPart(contestant.id())) {
                    entrants.add(Entrant.of(contestant));
                    turns.add(ConnectorTurn.open(arena, contestant));
                }
            }
            Backlog first = Backlog.load(table, 1);
            for (Turn turn : turns) {
                turn.settle(first);
            }
            List<Measurement> measurements = rounds(table, turns);
            return new StreamResult(
                    Circumstances.of(arena),
                    BenchTable.DDL,
                    plan.rounds(),
                    plan.rows(),
                    Backlog.ROWS_PER_TRANSACTION,
                    plan.warmUp(),
                    table.averageTextBytes(),
                    entrants,
                    measurements);
        } finally {
            for (Turn turn : turns) {
                turn.close();
            }
        }
    }

    private List<Measurement> rounds(BenchTable table, List<Turn> turns) throws IOException, SQLException {
        if (plan.warmUp() > 0) {
            round(0, Backlog.load(table, plan.warmUp()), turns);
        }
        List<Measurement> measurements = new ArrayList<>();
        List<Turn> order = new ArrayList<>(turns);
        for (int round = 1; round <= plan.rounds(); round++) {
            measurements.addAll(round(round, Backlog.load(table, plan.rows()), order));
            Collections.rotate(order, -1);
        }
        return measurements;
    }

    private List<Measurement> round(int round, Backlog backlog, List<Turn> order) throws IOException, SQLException {
        out.println(
                (round == 0 ? "Warm-up" : "Round " + round + " of " + plan.rounds()) + ": " + backlog.rows() + " rows");
        List<Measurement> measurements = new ArrayList<>();
        for (Turn turn : order) {
            Measurement measured = turn.drain(backlog, round);
            out.println(String.format(
                    Locale.ROOT,
                    "  %-14s %,9.0f rows/s  %6.1f µs CPU/row  %,8.0f B/row  GC %d ms%s",
                    turn.id(),
                    measured.rate(),
                    measured.cpuMicrosPerRow(),
                    measured.allocatedBytesPerRow(),
                    measured.usage().gcMillis(),
                    measured.records() == measured.rows() ? "" : "  " + measured.records() + " records"));
            measurements.add(measured);
        }
        return measurements;
    }
}
