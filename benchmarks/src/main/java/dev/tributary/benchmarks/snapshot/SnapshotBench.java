// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.snapshot;

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
 * How fast a table is read. Everyone takes a snapshot of it in turn while all others stand still, in an order that moves by
 * one from round to round.
 */
public final class SnapshotBench {

    private static final Entrant COPY = new Entrant(
            CopyTurn.ID,
            "COPY, thrown away",
            Map.of("client", "pgjdbc, COPY item TO STDOUT over one connection, throws all away"));

    private final SnapshotPlan plan;
    private final PrintStream out;

    public SnapshotBench(SnapshotPlan plan, PrintStream out) {
        this.plan = plan;
        this.out = out;
    }

    /** The ids of all who can take part. */
    public static List<String> contestants() {
        List<String> ids = new ArrayList<>(List.of(CopyTurn.ID));
        Contestants.ofSnapshot().forEach(contestant -> ids.add(contestant.id()));
        return ids;
    }

    /** Measures, which takes minutes. */
    public SnapshotResult run(Sandbox sandbox) throws IOException, SQLException {
        out.println("Starting servers and a worker for each contestant");
        Arena arena = Arena.open(sandbox, Map.of());
        BenchTable table = BenchTable.create(arena.postgres());
        List<Entrant> entrants = new ArrayList<>();
        List<Turn> turns = new ArrayList<>();
        try {
            if (plan.takesPart(CopyTurn.ID)) {
                entrants.add(COPY);
                turns.add(CopyTurn.open(arena));
            }
            for (Contestant contestant : Contestants.ofSnapshot()) {
                if (plan.takesPart(contestant.id())) {
                    entrants.add(Entrant.of(contestant));
                    turns.add(ConnectorTurn.open(arena, contestant));
                }
            }
            List<SnapshotMeasurement> measurements = rounds(table, turns);
            return new SnapshotResult(
                    Circumstances.of(arena),
                    plan.rounds(),
                    plan.rows(),
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

    private List<SnapshotMeasurement> rounds(BenchTable table, List<Turn> turns) throws IOException, SQLException {
        if (plan.warmUp() > 0) {
            fill(table, plan.warmUp());
            round(0, plan.warmUp(), turns);
        }
        fill(table, plan.rows());
        List<SnapshotMeasurement> measurements = new ArrayList<>();
        List<Turn> order = new ArrayList<>(turns);
        for (int round = 1; round <= plan.rounds(); round++) {
            measurements.addAll(round(round, plan.rows(), order));
            Collections.rotate(order, -1);
        }
        return measurements;
    }

    private static void fill(BenchTable table, long rows) throws SQLException {
        long missing = rows - table.rows();
        if (missing > 0) {
            Backlog.load(table, missing);
        }
        table.settle();
    }

    private List<SnapshotMeasurement> round(int round, long rows, List<Turn> order) throws IOException, SQLException {
        out.println((round == 0 ? "Warm-up" : "Round " + round + " of " + plan.rounds()) + ": " + rows + " rows");
        List<SnapshotMeasurement> measurements = new ArrayList<>();
        for (Turn turn : order) {
            SnapshotMeasurement measured = turn.take(rows, round);
            Measurement sent = measured.sent();
            out.println(String.format(
                    Locale.ROOT,
                    "  %-14s %,9.0f rows/s after %4.1f s  %6.1f µs CPU/row  %,8.0f B/row  GC %d ms%s",
                    turn.id(),
                    sent.rate(),
                    measured.waitMillis() / 1_000,
                    sent.cpuMicrosPerRow(),
                    sent.allocatedBytesPerRow(),
                    sent.usage().gcMillis(),
                    sent.records() == sent.rows() ? "" : "  " + sent.records() + " records"));
            measurements.add(measured);
        }
        return measurements;
    }
}
