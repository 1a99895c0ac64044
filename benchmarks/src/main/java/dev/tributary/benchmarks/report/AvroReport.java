// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.report;

import dev.tributary.benchmarks.contest.Standing;
import dev.tributary.benchmarks.stream.StreamResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reports how fast a backlog was drained into Avro. */
public final class AvroReport {

    private static final String STOCK = "stock-avro";
    private static final String JSON = "ours-json";
    private static final String AVRO = "ours-avro";

    private static final double PERCENT_OF_JSON = 85;
    private static final double TIMES_STOCK = 6;
    private static final double CPU_MICROS = 9;

    private final Standings standings;

    public AvroReport(StreamResult result) {
        this.standings = Standings.of(result.entrants(), result.measurements());
    }

    /** All entrants, with ratios to two of them; a dash for one that did not take part. */
    public Table table() {
        return new Table(
                List.of(
                        "",
                        "rows/s",
                        "slowest",
                        "fastest",
                        "of JSON",
                        "× Debezium",
                        "CPU µs/row",
                        "B/row",
                        "GC ms/M",
                        "bytes sent/row"),
                standings.all().stream().map(this::row).toList());
    }

    private List<String> row(Standing one) {
        // The columns of the other tables, but the ratio to Debezium with its defaults, which does not take part.
        List<String> row = new ArrayList<>(standings.row(one, JSON, "", STOCK));
        row.remove(5);
        row.add(String.format(Locale.ROOT, "%,.0f", one.valueBytes()));
        return row;
    }

    /** The targets of Tributary that this run can check. */
    public List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        standings
                .percentOf(JSON, AVRO, "rows/s, relative to our JSON", PERCENT_OF_JSON)
                .ifPresent(targets::add);
        standings
                .timesOf(STOCK, AVRO, "rows/s, relative to Debezium with Apicurio's converter", TIMES_STOCK)
                .ifPresent(targets::add);
        standings
                .of(AVRO)
                .map(one -> new Target("worker CPU per row", Target.Bound.AT_MOST, CPU_MICROS, one.cpuMicros(), " µs"))
                .ifPresent(targets::add);
        return targets;
    }
}
