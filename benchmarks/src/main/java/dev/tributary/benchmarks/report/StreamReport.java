// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.report;

import dev.tributary.benchmarks.stream.StreamResult;
import java.util.ArrayList;
import java.util.List;

/** Reports how fast a backlog was drained. */
public final class StreamReport {

    private static final String BARE = "bare";
    private static final String STOCK = "stock-default";
    private static final String TUNED = "stock-tuned";
    private static final String OURS = "ours";
    private static final String SCHEMAS = "ours-schemas";
    private static final String STRUCT = "ours-struct";

    private static final String FLAT = "ours-flat";

    private final Standings standings;

    public StreamReport(StreamResult result) {
        this.standings = Standings.of(result.entrants(), result.measurements());
    }

    /** All entrants, with ratios to three of them; a dash for one that did not take part. */
    public Table table() {
        return new Table(
                Standings.head("", "bare"),
                standings.all().stream()
                        .map(one -> standings.row(one, BARE, STOCK, TUNED))
                        .toList());
    }

    /** The targets of Tributary that this run can check. */
    public List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        standings
                .percentOf(BARE, OURS, "rows/s, relative to the bare client", 90)
                .ifPresent(targets::add);
        standings
                .percentOf(BARE, SCHEMAS, "rows/s with schemas.enable=true, relative to the bare client", 90)
                .ifPresent(targets::add);
        standings
                .timesOf(TUNED, OURS, "rows/s, relative to Debezium, tuned", 2.7)
                .ifPresent(targets::add);
        standings
                .timesOf(STOCK, OURS, "rows/s, relative to Debezium, default", 4.5)
                .ifPresent(targets::add);
        standings
                .timesOf(TUNED, STRUCT, "rows/s with Connect's JsonConverter, relative to Debezium, tuned", 1)
                .ifPresent(targets::add);
        standings
                .percentOf(OURS, FLAT, "rows/s with FlattenChange, relative to without", 90)
                .ifPresent(targets::add);
        standings.of(OURS).ifPresent(ours -> {
            targets.add(new Target("worker CPU per row", Target.Bound.AT_MOST, 10, ours.cpuMicros(), " µs"));
            targets.add(new Target("allocation per row", Target.Bound.AT_MOST, 2_048, ours.allocatedBytes(), " bytes"));
        });
        return targets;
    }
}
