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

/** Reports how fast a table was read. */
public final class SnapshotReport {

    private static final String COPY = "copy";
    private static final String STOCK = "stock-default";
    private static final String OURS = "ours";
    private static final List<String> TUNED = List.of("stock-tuned-1", "stock-tuned-4");

    private final SnapshotResult result;
    private final Standings standings;

    /** The id of the faster one of the tuned contestants. */
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

    /** All entrants, with ratios to three of them; a dash for one that did not take part. */
    public Table table() {
        return new Table(
                Standings.head("snapshot", "COPY", "first after"),
                standings.all().stream().map(this::row).toList());
    }

    private List<String> row(Standing one) {
        return standings.row(one, COPY, STOCK, tuned, String.format(Locale.ROOT, "%.1f s", waitSeconds(one)));
    }

    private double waitSeconds(Standing one) {
        return Median.of(result.measurements().stream()
                        .filter(turn ->
                                turn.sent().contestant().equals(one.entrant().id()))
                        .mapToDouble(SnapshotMeasurement::waitMillis)
                        .toArray())
                / 1_000;
    }

    /** The targets of Tributary that this run can check. */
    public List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        standings.of(OURS).ifPresent(ours -> {
            targets.add(new Target("rows/s", Target.Bound.AT_LEAST, 180_000, ours.rate(), ""));
            targets.add(new Target("worker CPU per row", Target.Bound.AT_MOST, 8, ours.cpuMicros(), " µs"));
        });
        standings
                .timesOf(tuned, OURS, "rows/s, relative to the faster Debezium, tuned", 3)
                .ifPresent(targets::add);
        return targets;
    }
}
