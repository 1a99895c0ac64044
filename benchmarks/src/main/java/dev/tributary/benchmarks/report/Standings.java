// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.report;

import dev.tributary.benchmarks.contest.Entrant;
import dev.tributary.benchmarks.contest.Measurement;
import dev.tributary.benchmarks.contest.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The results of all entrants of a run.
 *
 * @param all the entrants that were measured
 */
record Standings(List<Standing> all) {

    Standings {
        all = List.copyOf(all);
    }

    static Standings of(List<Entrant> entrants, List<Measurement> measurements) {
        return new Standings(Standing.of(entrants, measurements));
    }

    /**
     * The head of a table of rates.
     *
     * @param title the first column
     * @param limit the name of the bare client
     * @param more columns that follow
     */
    static List<String> head(String title, String limit, String... more) {
        List<String> head = new ArrayList<>(List.of(
                title,
                "rows/s",
                "slowest",
                "fastest",
                "of " + limit,
                "× default",
                "× tuned",
                "CPU µs/row",
                "B/row",
                "GC ms/M"));
        head.addAll(List.of(more));
        return head;
    }

    /**
     * A row of such a table, with ratios to three others; a dash for one that did not take part.
     *
     * @param limit the id of the bare client
     * @param stock the id of Debezium with its defaults
     * @param tuned the id of Debezium tuned
     * @param more cells that follow
     */
    List<String> row(Standing one, String limit, String stock, String tuned, String... more) {
        List<String> row = new ArrayList<>(List.of(
                one.entrant().title(),
                thousands(one.rate()),
                thousands(one.slowest()),
                thousands(one.fastest()),
                ratio(one, limit, "%.0f%%", 100),
                ratio(one, stock, "%.2f", 1),
                ratio(one, tuned, "%.2f", 1),
                String.format(Locale.ROOT, "%.1f", one.cpuMicros()),
                thousands(one.allocatedBytes()),
                thousands(one.gcMillis())));
        row.addAll(List.of(more));
        return row;
    }

    /** Empty if it did not take part. */
    Optional<Standing> of(String id) {
        return all.stream().filter(one -> one.entrant().id().equals(id)).findFirst();
    }

    /** The ratio of a rate to another entrant's; a dash if that one did not take part. */
    private String ratio(Standing one, String base, String format, double factor) {
        Function<Standing, String> divided =
                other -> String.format(Locale.ROOT, format, factor * one.rate() / other.rate());
        return of(base).map(divided).orElse("–");
    }

    /** The target that a rate is a percentage of another, if both were measured. */
    Optional<Target> percentOf(String base, String who, String what, double percent) {
        return rateOver(base, who).map(ratio -> new Target(what, Target.Bound.AT_LEAST, percent, 100 * ratio, "%"));
    }

    /** The target that a rate is a multiple of another, if both were measured. */
    Optional<Target> timesOf(String base, String who, String what, double times) {
        return rateOver(base, who).map(ratio -> new Target(what, Target.Bound.AT_LEAST, times, ratio, "×"));
    }

    private Optional<Double> rateOver(String base, String who) {
        return of(base).flatMap(against -> of(who).map(one -> one.rate() / against.rate()));
    }

    private static String thousands(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }
}
