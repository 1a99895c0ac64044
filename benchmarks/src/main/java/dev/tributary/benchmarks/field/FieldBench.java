// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.field;

import dev.tributary.benchmarks.contest.Arena;
import dev.tributary.benchmarks.contest.Circumstances;
import dev.tributary.benchmarks.contest.Contest;
import dev.tributary.benchmarks.contest.Contestant;
import dev.tributary.benchmarks.contest.Contestants;
import dev.tributary.benchmarks.contest.Entrant;
import dev.tributary.benchmarks.contest.Measurement;
import dev.tributary.benchmarks.contest.RoundsPlan;
import dev.tributary.benchmarks.contest.Selection;
import dev.tributary.benchmarks.field.FieldResult.Series;
import dev.tributary.benchmarks.latency.LatencyBench;
import dev.tributary.benchmarks.latency.LatencyPlan;
import dev.tributary.benchmarks.latency.LatencyResult;
import dev.tributary.benchmarks.stream.BareTurn;
import dev.tributary.benchmarks.stream.StreamTurn;
import dev.tributary.benchmarks.workload.Backlog;
import dev.tributary.benchmarks.workload.BenchTable;
import dev.tributary.sandbox.Sandbox;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Measures the ways in which connectors are run in practice, each with peers. */
public final class FieldBench {

    /** Rows per second at which latency is measured. */
    private static final List<Integer> RATES = List.of(1_000, 10_000, 30_000);

    /** The word for the latencies, in a selection of scenarios. */
    private static final String LATENCY = "latency";

    /** The word for the profile of the worker. */
    private static final String PROFILE = "profile";

    private final FieldPlan plan;
    private final PrintStream out;

    public FieldBench(FieldPlan plan, PrintStream out) {
        this.plan = plan;
        this.out = out;
    }

    /** The words of all scenarios, of the latencies and of the profile. */
    public static List<String> scenarios() {
        List<String> words = new ArrayList<>(
                Arrays.stream(Scenario.values()).map(Scenario::word).toList());
        words.addAll(List.of(LATENCY, PROFILE));
        return words;
    }

    /** Measures. This takes the better part of an hour. */
    public FieldResult run(Sandbox sandbox) throws IOException, SQLException, InterruptedException {
        out.println("Starting servers");
        Arena arena = Arena.open(sandbox, Map.of());
        BenchTable bench = BenchTable.create(arena.postgres());
        List<Series> series = new ArrayList<>();
        for (Scenario scenario : Scenario.values()) {
            if (plan.scenarios().includes(scenario.word())) {
                out.println("\n" + scenario.title());
                series.add(run(scenario, scenario.arena(arena), bench));
                arena.dropSlots();
            }
        }
        List<LatencyResult> latencies = new ArrayList<>();
        for (int rate : plan.scenarios().includes(LATENCY) ? RATES : List.<Integer>of()) {
            out.println("\nLatency at " + rate + " rows per second");
            LatencyPlan latency = new LatencyPlan(
                    plan.rounds().rounds(), rate, plan.seconds(), plan.rounds().warmUp(), Selection.ALL);
            latencies.add(
                    new LatencyBench(latency, out).run(arena, bench, named("latency-" + rate, Contestants.ofField())));
            arena.dropSlots();
        }
        WorkerProfile profile = plan.scenarios().includes(PROFILE) ? profile(arena, bench) : null;
        return new FieldResult(Circumstances.of(arena), plan.rounds().rounds(), series, latencies, profile);
    }

    private WorkerProfile profile(Arena arena, BenchTable bench) throws IOException, SQLException {
        out.println("\nProfile of the worker with README's configuration");
        Contestant readmes = named(PROFILE, Contestants.ofField()).get(1);
        WorkerProfile profile = WorkerProfile.take(
                arena,
                bench,
                readmes,
                plan.rounds().rounds(),
                plan.rounds().rows(),
                plan.rounds().warmUp());
        arena.dropSlots();
        return profile;
    }

    private Series run(Scenario scenario, Arena arena, BenchTable bench) throws IOException, SQLException {
        RoundsPlan rounds = new RoundsPlan(
                plan.rounds().rounds(),
                scenario.rows(plan.rounds().rows()),
                scenario.rows(plan.rounds().warmUp()),
                plan.rounds().contestants());
        Course course = scenario.course(arena, bench, rounds.warmUp() + rounds.rounds() * rounds.rows() + 1);
        try (Contest<Backlog, Measurement> contest = new Contest<>(rounds, out, measured -> measured.line(""))) {
            List<StreamTurn> turns = new ArrayList<>();
            if (scenario.withBare()) {
                contest.enter(BareTurn.ENTRANT, () -> BareTurn.open(arena)).ifPresent(turns::add);
            }
            for (Contestant contestant : named(scenario.word(), scenario.contestants())) {
                contest.enter(Entrant.of(contestant), () -> course.start(contestant))
                        .ifPresent(turns::add);
            }
            Backlog first = course.load(course.fewest());
            for (StreamTurn turn : turns) {
                turn.settle(first);
            }
            return new Series(
                    scenario.word(),
                    scenario.title(),
                    rounds.rows(),
                    rounds.warmUp(),
                    contest.entrants(),
                    contest.run(course::load));
        }
    }

    /** The contestants under names of their own, since their workers and topics are named after them. */
    private static List<Contestant> named(String scenario, List<Contestant> contestants) {
        return contestants.stream()
                .map(one -> one.named(scenario + "-" + one.id(), one.title()))
                .toList();
    }
}
