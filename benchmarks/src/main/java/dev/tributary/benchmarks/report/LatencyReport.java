// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.report;

import dev.tributary.benchmarks.contest.Entrant;
import dev.tributary.benchmarks.latency.LatencyResult;
import dev.tributary.benchmarks.latency.LatencyRound;
import dev.tributary.benchmarks.meter.Median;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Reports the latency. If there were several rounds, each number is their median. */
public final class LatencyReport {

    private static final String OURS = "ours";
    private static final String EXACTLY_ONCE = "ours-eo";

    /** The columns of the table. */
    static final List<String> HEAD =
            List.of("ms", "p50", "p90", "p99", "p99.9", "max", "commit p50", "commit p99", "per second");

    private final LatencyResult result;

    public LatencyReport(LatencyResult result) {
        this.result = result;
    }

    /** All entrants, in milliseconds. */
    public Table table() {
        return new Table(
                HEAD,
                result.entrants().stream()
                        .filter(entrant -> !of(entrant.id()).isEmpty())
                        .map(this::row)
                        .toList());
    }

    private List<String> row(Entrant entrant) {
        List<LatencyRound> rounds = of(entrant.id());
        List<String> row = new ArrayList<>(List.of(entrant.title()));
        List<ToDoubleFunction<LatencyRound>> numbers = List.of(
                round -> round.latency().p50(),
                round -> round.latency().p90(),
                round -> round.latency().p99(),
                round -> round.latency().p999(),
                round -> round.latency().max(),
                round -> round.commit().p50(),
                round -> round.commit().p99());
        for (ToDoubleFunction<LatencyRound> number : numbers) {
            double millis = median(rounds, number);
            // Runs before November 30, 2026 do not have the 99.9th percentile.
            row.add(millis == 0 ? "–" : String.format(Locale.ROOT, "%.2f", millis));
        }
        row.add(String.format(Locale.ROOT, "%,.0f", median(rounds, LatencyRound::perSecond)));
        return row;
    }

    /** The targets of Tributary. */
    public List<Target> targets() {
        return Stream.of(targets(OURS, "latency", 5, 20), targets(EXACTLY_ONCE, "latency, exactly once", 15, 60))
                .flatMap(List::stream)
                .toList();
    }

    /** The targets of one entrant, in milliseconds; none if it did not take part. */
    List<Target> targets(String id, String what, double p50, double p99) {
        List<LatencyRound> rounds = of(id);
        return rounds.isEmpty()
                ? List.of()
                : List.of(
                        new Target(
                                what + ", p50",
                                Target.Bound.AT_MOST,
                                p50,
                                median(rounds, round -> round.latency().p50()),
                                " ms"),
                        new Target(
                                what + ", p99",
                                Target.Bound.AT_MOST,
                                p99,
                                median(rounds, round -> round.latency().p99()),
                                " ms"));
    }

    private List<LatencyRound> of(String id) {
        return result.rounds().stream()
                .filter(round -> round.contestant().equals(id))
                .toList();
    }

    private static double median(List<LatencyRound> rounds, ToDoubleFunction<LatencyRound> number) {
        return Median.of(rounds.stream().mapToDouble(number).toArray());
    }
}
