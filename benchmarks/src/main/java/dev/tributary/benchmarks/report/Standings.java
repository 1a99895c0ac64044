// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.report;

import dev.tributary.benchmarks.contest.Entrant;
import dev.tributary.benchmarks.contest.Measurement;
import dev.tributary.benchmarks.contest.Standing;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where all entrants of a run stand, beside each other.
 *
 * @param all everyone who was measured
 */
record Standings(List<Standing> all) {

    Standings {
        all = List.copyOf(all);
    }

    static Standings of(List<Entrant> entrants, List<Measurement> measurements) {
        return new Standings(Standing.of(entrants, measurements));
    }

    /** Empty if it did not take part. */
    Optional<Standing> of(String id) {
        return all.stream().filter(one -> one.entrant().id().equals(id)).findFirst();
    }

    /** A rate in proportion to somebody else's; a dash if that one did not take part. */
    String ratio(Standing one, String base, String format, double factor) {
        Function<Standing, String> divided =
                other -> String.format(Locale.ROOT, format, factor * one.rate() / other.rate());
        return of(base).map(divided).orElse("–");
    }

    /** Wants a rate to be so many percent of another, if both were measured. */
    Optional<Target> percentOf(String base, String who, String what, double percent) {
        return rateOver(base, who).map(ratio -> new Target(what, Target.Bound.AT_LEAST, percent, 100 * ratio, "%"));
    }

    /** Wants a rate to be so many times another, if both were measured. */
    Optional<Target> timesOf(String base, String who, String what, double times) {
        return rateOver(base, who).map(ratio -> new Target(what, Target.Bound.AT_LEAST, times, ratio, "×"));
    }

    private Optional<Double> rateOver(String base, String who) {
        return of(base).flatMap(against -> of(who).map(one -> one.rate() / against.rate()));
    }

    static String thousands(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }
}
