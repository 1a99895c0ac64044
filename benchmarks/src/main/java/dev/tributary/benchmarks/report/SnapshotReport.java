// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.report;

import dev.tributary.benchmarks.contest.Standing;
import dev.tributary.benchmarks.meter.Median;
import dev.tributary.benchmarks.snapshot.SnapshotMeasurement;
import dev.tributary.benchmarks.snapshot.SnapshotResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Tells how fast a table was read. */
public final class SnapshotReport {

    private static final String COPY = "copy";
    private static final String STOCK = "stock-default";
    private static final String OURS = "ours";
    private static final List<String> TUNED = List.of("stock-tuned-1", "stock-tuned-4");

    private final SnapshotResult result;
    private final Standings standings;

    /** The faster one of those that are tuned. */
    private final String tuned;

    public SnapshotReport(SnapshotResult result) {
        this.result = result;
        this.standings = Standings.of(
                result.entrants(),
                result.measurements().stream().map(SnapshotMeasurement::sent).toList());
        this.tuned = TUNED.stream()
                .flatMap(id -> standings.of(id).stream())
                .max(Comparator.comparingDouble(Standing::rate))
                .map(one -> one.entrant().id())
                .orElse("");
    }

    /** Everyone, with ratios to three of them; a dash where someone did not take part. */
    public Table table() {
        List<String> head = List.of(
                "snapshot",
                "rows/s",
                "slowest",
                "fastest",
                "of COPY",
                "× default",
                "× tuned",
                "CPU µs/row",
                "B/row",
                "GC ms/M",
                "first after");
        return new Table(head, standings.all().stream().map(this::row).toList());
    }

    private List<String> row(Standing one) {
        return List.of(
                one.entrant().title(),
                Standings.thousands(one.rate()),
                Standings.thousands(one.slowest()),
                Standings.thousands(one.fastest()),
                standings.ratio(one, COPY, "%.0f%%", 100),
                standings.ratio(one, STOCK, "%.2f", 1),
                standings.ratio(one, tuned, "%.2f", 1),
                String.format(Locale.ROOT, "%.1f", one.cpuMicros()),
                Standings.thousands(one.allocatedBytes()),
                Standings.thousands(one.gcMillis()),
                String.format(Locale.ROOT, "%.1f s", waitSeconds(one)));
    }

    private double waitSeconds(Standing one) {
        return Median.of(result.measurements().stream()
                        .filter(turn ->
                                turn.sent().contestant().equals(one.entrant().id()))
                        .mapToDouble(SnapshotMeasurement::waitMillis)
                        .toArray())
                / 1_000;
    }

    /** What is wanted of ours, as far as this run can tell. */
    public List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        standings.of(OURS).ifPresent(ours -> {
            targets.add(new Target("rows/s", Target.Bound.AT_LEAST, 180_000, ours.rate(), ""));
            targets.add(new Target("worker CPU per row", Target.Bound.AT_MOST, 8, ours.cpuMicros(), " µs"));
        });
        standings
                .timesOf(tuned, OURS, "rows/s, beside the better of Debezium tuned", 3)
                .ifPresent(targets::add);
        return targets;
    }
}
