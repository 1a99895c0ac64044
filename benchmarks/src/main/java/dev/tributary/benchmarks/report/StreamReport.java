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
        of(OURS).ifPresent(ours -> {
            of(BARE).ifPresent(bare -> targets.add(new Target(
                    "rows/s, of the bare client", Target.Bound.AT_LEAST, 90, 100 * ours.rate() / bare.rate(), "%")));
            of(TUNED)
                    .ifPresent(tuned -> targets.add(new Target(
                            "rows/s, beside Debezium tuned",
                            Target.Bound.AT_LEAST,
                            2.7,
                            ours.rate() / tuned.rate(),
                            "×")));
            of(STOCK)
                    .ifPresent(stock -> targets.add(new Target(
                            "rows/s, beside Debezium default",
                            Target.Bound.AT_LEAST,
                            4.5,
                            ours.rate() / stock.rate(),
                            "×")));
            targets.add(new Target("worker CPU per row", Target.Bound.AT_MOST, 10, ours.cpuMicros(), " µs"));
            targets.add(new Target("allocation per row", Target.Bound.AT_MOST, 2_048, ours.allocatedBytes(), " bytes"));
        });
        return targets;
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
