// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.report;

import dev.tributary.benchmarks.stream.Standing;
import dev.tributary.benchmarks.stream.StreamResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Tells how fast a backlog was drained. */
public final class StreamReport {

    private static final String BARE = "bare";
    private static final String STOCK = "stock-default";
    private static final String TUNED = "stock-tuned";
    private static final String OURS = "ours";
    private static final String SCHEMAS = "ours-schemas";
    private static final String STRUCT = "ours-struct";

    private final List<Standing> standings;

    public StreamReport(StreamResult result) {
        this.standings = Standing.of(result);
    }

    List<Standing> standings() {
        return standings;
    }

    /** Everyone, with ratios to three of them; a dash where someone did not take part. */
    public Table table() {
        List<String> head = List.of(
                "",
                "rows/s",
                "slowest",
                "fastest",
                "of bare",
                "× default",
                "× tuned",
                "CPU µs/row",
                "B/row",
                "GC ms/M");
        return new Table(head, standings.stream().map(this::row).toList());
    }

    private List<String> row(Standing one) {
        return List.of(
                one.entrant().title(),
                thousands(one.rate()),
                thousands(one.slowest()),
                thousands(one.fastest()),
                ratio(one, BARE, "%.0f%%", 100),
                ratio(one, STOCK, "%.2f", 1),
                ratio(one, TUNED, "%.2f", 1),
                String.format(Locale.ROOT, "%.1f", one.cpuMicros()),
                thousands(one.allocatedBytes()),
                thousands(one.gcMillis()));
    }

    /** What is wanted of ours, as far as this run can tell. */
    public List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        percentOf(BARE, OURS, "rows/s, of the bare client", 90).ifPresent(targets::add);
        percentOf(BARE, SCHEMAS, "the same with schemas.enable=true", 90).ifPresent(targets::add);
        timesOf(TUNED, OURS, "rows/s, beside Debezium tuned", 2.7).ifPresent(targets::add);
        timesOf(STOCK, OURS, "rows/s, beside Debezium default", 4.5).ifPresent(targets::add);
        timesOf(TUNED, STRUCT, "the same converter that reads structs, beside Debezium tuned", 1)
                .ifPresent(targets::add);
        of(OURS).ifPresent(ours -> {
            targets.add(new Target("worker CPU per row", Target.Bound.AT_MOST, 10, ours.cpuMicros(), " µs"));
            targets.add(new Target("allocation per row", Target.Bound.AT_MOST, 2_048, ours.allocatedBytes(), " bytes"));
        });
        return targets;
    }

    private Optional<Target> percentOf(String base, String who, String what, double percent) {
        return rateOver(base, who).map(ratio -> new Target(what, Target.Bound.AT_LEAST, percent, 100 * ratio, "%"));
    }

    private Optional<Target> timesOf(String base, String who, String what, double times) {
        return rateOver(base, who).map(ratio -> new Target(what, Target.Bound.AT_LEAST, times, ratio, "×"));
    }

    private Optional<Double> rateOver(String base, String who) {
        return of(base).flatMap(against -> of(who).map(one -> one.rate() / against.rate()));
    }

    Optional<Standing> of(String id) {
        return standings.stream().filter(one -> one.entrant().id().equals(id)).findFirst();
    }

    private String ratio(Standing one, String other, String format, double factor) {
        Function<Standing, String> divided =
                base -> String.format(Locale.ROOT, format, factor * one.rate() / base.rate());
        return of(other).map(divided).orElse("–");
    }

    private static String thousands(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }
}
