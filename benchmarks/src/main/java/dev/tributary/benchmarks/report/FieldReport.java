// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.report;

import dev.tributary.benchmarks.contest.Standing;
import dev.tributary.benchmarks.field.FieldResult;
import dev.tributary.benchmarks.field.FieldResult.Series;
import dev.tributary.benchmarks.latency.LatencyResult;
import dev.tributary.benchmarks.meter.CpuShares.Owner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Reports the ways in which connectors are run in practice. */
public final class FieldReport {

    private static final String DASH = "–";
    private static final String BARE = "bare";
    private static final String CONFIGURATIONS = "configurations";
    private static final String PRODUCER = "producer";
    private static final String AVRO = "avro";
    private static final String CONSOLE = "console";
    private static final String TABLES = "tables";
    private static final String OURS = "ours";
    private static final String STOCK = "stock";

    private static final double TIMES_STOCK = 2.5;
    private static final double TIMES_STOCK_AVRO = 6;
    private static final double PERCENT_OF_JSON = 85;
    private static final double PERCENT_OF_BEST = 95;
    private static final double PERCENT_OF_ONE_TABLE = 80;
    private static final double PERCENT_OF_UNWATCHED = 98;
    private static final double AVRO_CPU_MICROS = 9;
    private static final double CPU_MICROS = 7.5;
    private static final double OUR_CPU_MICROS = 3;
    private static final double PERCENT_OF_ALLOCATION = 10;
    private static final double P50 = 5;
    private static final double P99 = 30;

    /** A rate at which both contestants keep up. */
    private static final int RATE = 10_000;

    /**
     * A line of the table. The ids of the contestants are without that of the scenario before them.
     *
     * @param scenario the id of the scenario
     * @param title its title; empty for the scenario's
     * @param ours the id of Tributary
     * @param peer the id of Debezium
     */
    private record Line(String scenario, String title, String ours, String peer) {}

    private static final List<Line> LINES = List.of(
            new Line(CONFIGURATIONS, "README's configuration", OURS, STOCK),
            new Line(CONFIGURATIONS, "The producer's defaults", "ours-plain", "stock-plain"),
            new Line(CONFIGURATIONS, "JSON with schemas", "ours-schemas", "stock-schemas"),
            new Line(CONFIGURATIONS, "FlattenChange, ExtractNewRecordState", "ours-flat", "stock-flat"),
            new Line(AVRO, "Avro, TributaryAvroConverter, Apicurio's", "ours-avro", "stock-avro"),
            new Line(AVRO, "Avro, Apicurio's converter", "ours-apicurio", "stock-avro"),
            new Line("exactly-once", "Exactly once", "ours-connector", "stock-poll"),
            new Line("one-row", "", OURS, STOCK),
            new Line("updates", "", OURS, STOCK),
            new Line("deletes", "", OURS, STOCK),
            new Line("wide", "", OURS, STOCK),
            new Line("documents", "", OURS, STOCK),
            new Line(TABLES, "", OURS, STOCK),
            new Line("connectors", "", OURS, STOCK));

    private final FieldResult result;

    public FieldReport(FieldResult result) {
        this.result = result;
    }

    /** A line for each way, with Tributary and Debezium; a dash for one that did not take part. */
    public Table table() {
        List<List<String>> rows = new ArrayList<>();
        for (Line line : LINES) {
            Optional<Standing> ours = standing(line.scenario, line.ours);
            if (ours.isPresent()) {
                rows.add(row(line, ours));
            }
        }
        return new Table(
                List.of(
                        "",
                        "rows/s",
                        "slowest",
                        "fastest",
                        "Debezium",
                        "×",
                        "of bare",
                        "CPU µs/row",
                        "Debezium",
                        "B/row",
                        "Debezium"),
                rows);
    }

    private List<String> row(Line line, Optional<Standing> ours) {
        Optional<Standing> stock = standing(line.scenario, line.peer);
        Optional<Standing> bare =
                series(line.scenario).flatMap(one -> standings(one).of(BARE));
        return List.of(
                title(line),
                number("%,.0f", ours, Standing::rate),
                number("%,.0f", ours, Standing::slowest),
                number("%,.0f", ours, Standing::fastest),
                number("%,.0f", stock, Standing::rate),
                ratio(ours, stock).map(times -> format("%.2f", times)).orElse(DASH),
                ratio(ours, bare).map(times -> format("%.0f%%", 100 * times)).orElse(DASH),
                number("%.1f", ours, Standing::cpuMicros),
                number("%.1f", stock, Standing::cpuMicros),
                number("%,.0f", ours, Standing::allocatedBytes),
                number("%,.0f", stock, Standing::allocatedBytes));
    }

    private String title(Line line) {
        return line.title.isEmpty() ? series(line.scenario).map(Series::title).orElse("") : line.title;
    }

    /** README's configuration beside others of the producer. */
    public Table producers() {
        Optional<Series> series = series(PRODUCER);
        Optional<Standing> readmes = standing(PRODUCER, OURS);
        List<List<String>> rows = series.map(one -> standings(one).all()).orElse(List.of()).stream()
                .map(one -> List.of(
                        one.entrant().title(),
                        format("%,.0f", one.rate()),
                        format("%,.0f", one.slowest()),
                        format("%,.0f", one.fastest()),
                        ratio(Optional.of(one), readmes)
                                .map(times -> format("%.0f%%", 100 * times))
                                .orElse(DASH),
                        format("%.1f", one.cpuMicros())))
                .toList();
        return new Table(List.of("", "rows/s", "slowest", "fastest", "of README's", "CPU µs/row"), rows);
    }

    /** The latencies at all rates, in milliseconds. */
    public Table latencies() {
        return new Table(
                LatencyReport.HEAD,
                result.latencies().stream()
                        .flatMap(one -> new LatencyReport(one).table().rows().stream())
                        .toList());
    }

    /** What the worker spends its CPU time on; empty if it was not profiled. */
    public Optional<Table> profile() {
        return Optional.ofNullable(result.profile())
                .map(profile -> new Table(
                        List.of("CPU time of the worker", "µs/row", "part"),
                        Stream.of(Owner.values())
                                .map(owner -> List.of(
                                        owner.title(),
                                        format("%.2f", profile.micros(owner)),
                                        format("%.0f%%", 100 * profile.parts().getOrDefault(owner, 0.0))))
                                .toList()));
    }

    /** The targets that this run can check. */
    public List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        Optional<Standing> json = standing(AVRO, "ours-json");
        Optional<Standing> avro = standing(AVRO, "ours-avro");
        atLeast(
                targets,
                "Avro, relative to JSON",
                PERCENT_OF_JSON,
                "%",
                ratio(avro, json).map(FieldReport::percent));
        atLeast(
                targets,
                "Avro, relative to Debezium with Apicurio's converter",
                TIMES_STOCK_AVRO,
                "×",
                ratio(avro, standing(AVRO, "stock-avro")));
        atMost(targets, "Avro, worker CPU per row", AVRO_CPU_MICROS, " µs", avro.map(Standing::cpuMicros));
        Optional<Standing> best = series(PRODUCER)
                .flatMap(one -> standings(one).all().stream().max(Comparator.comparingDouble(Standing::rate)));
        atLeast(
                targets,
                "README's configuration, relative to the best of the producer's",
                PERCENT_OF_BEST,
                "%",
                ratio(standing(PRODUCER, OURS), best).map(FieldReport::percent));
        Optional<Standing> readmes = standing(CONFIGURATIONS, OURS);
        atLeast(
                targets,
                "JSON with schemas, relative to without",
                PERCENT_OF_JSON,
                "%",
                ratio(standing(CONFIGURATIONS, "ours-schemas"), readmes).map(FieldReport::percent));
        for (Line line : LINES) {
            atLeast(
                    targets,
                    title(line) + ", relative to Debezium",
                    TIMES_STOCK,
                    "×",
                    ratio(standing(line.scenario, line.ours), standing(line.scenario, line.peer)));
        }
        atLeast(
                targets,
                "with the console shown and scraped, relative to without",
                PERCENT_OF_UNWATCHED,
                "%",
                ratio(standing(CONSOLE, "ours-console"), standing(CONSOLE, OURS))
                        .map(FieldReport::percent));
        atLeast(
                targets,
                "1,000 tables, relative to one",
                PERCENT_OF_ONE_TABLE,
                "%",
                ratio(standing(TABLES, OURS), readmes).map(FieldReport::percent));
        atMost(
                targets,
                "allocation per row, of Debezium's",
                PERCENT_OF_ALLOCATION,
                "%",
                standing(CONFIGURATIONS, STOCK)
                        .flatMap(stock -> readmes.map(ours -> 100 * ours.allocatedBytes() / stock.allocatedBytes())));
        atMost(targets, "worker CPU per row", CPU_MICROS, " µs", readmes.map(Standing::cpuMicros));
        atMost(
                targets,
                "worker CPU per row, of which ours",
                OUR_CPU_MICROS,
                " µs",
                Optional.ofNullable(result.profile())
                        .map(profile -> Stream.of(Owner.values())
                                .filter(Owner::isOurs)
                                .mapToDouble(profile::micros)
                                .sum()));
        result.latencies().stream()
                .filter(one -> one.perSecond() == RATE)
                .flatMap(FieldReport::latencyTargets)
                .forEach(targets::add);
        return targets;
    }

    private static Stream<Target> latencyTargets(LatencyResult latency) {
        return new LatencyReport(latency)
                .targets("latency-" + RATE + "-" + OURS, "latency at 10,000/s", P50, P99).stream();
    }

    private static void atLeast(List<Target> targets, String what, double limit, String unit, Optional<Double> value) {
        value.ifPresent(measured -> targets.add(new Target(what, Target.Bound.AT_LEAST, limit, measured, unit)));
    }

    private static void atMost(List<Target> targets, String what, double limit, String unit, Optional<Double> value) {
        value.ifPresent(measured -> targets.add(new Target(what, Target.Bound.AT_MOST, limit, measured, unit)));
    }

    private static double percent(double ratio) {
        return 100 * ratio;
    }

    private Optional<Series> series(String scenario) {
        return result.series().stream().filter(one -> one.id().equals(scenario)).findFirst();
    }

    private Optional<Standing> standing(String scenario, String id) {
        return series(scenario).flatMap(one -> standings(one).of(scenario + "-" + id));
    }

    private static Standings standings(Series series) {
        return Standings.of(series.entrants(), series.measurements());
    }

    private static Optional<Double> ratio(Optional<Standing> one, Optional<Standing> base) {
        return one.flatMap(own -> base.map(other -> own.rate() / other.rate()));
    }

    private static String number(String format, Optional<Standing> one, ToDoubleFunction<Standing> number) {
        return one.map(standing -> format(format, number.applyAsDouble(standing)))
                .orElse(DASH);
    }

    private static String format(String format, double number) {
        return String.format(Locale.ROOT, format, number);
    }
}
