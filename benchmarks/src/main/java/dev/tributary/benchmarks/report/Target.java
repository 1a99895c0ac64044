// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.report;

import java.util.List;
import java.util.Locale;

/**
 * What is wanted of a run, and what it showed.
 *
 * @param what what is measured
 * @param bound whether that should be at least or at most the limit
 * @param limit the limit
 * @param measured what the run showed
 * @param unit stands behind both numbers
 */
record Target(String what, Bound bound, double limit, double measured, String unit) {

    /** On which side of a limit a number should lie. */
    enum Bound {
        AT_LEAST("≥"),
        AT_MOST("≤");

        private final String sign;

        Bound(String sign) {
            this.sign = sign;
        }
    }

    boolean isMet() {
        return switch (bound) {
            case AT_LEAST -> measured >= limit;
            case AT_MOST -> measured <= limit;
        };
    }

    static Table table(List<Target> targets) {
        return new Table(
                List.of("target", "wanted", "measured", ""),
                targets.stream().map(Target::row).toList());
    }

    private List<String> row() {
        return List.of(
                what, bound.sign + " " + number(limit) + unit, number(measured) + unit, isMet() ? "met" : "missed");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 || value == Math.rint(value) ? "%,.0f" : "%.2f", value);
    }
}
