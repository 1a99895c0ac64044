// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.report;

import java.util.List;
import java.util.Locale;

/**
 * A target and the measured value.
 *
 * @param what the name of the value
 * @param bound whether the limit is a minimum or a maximum
 * @param limit the limit
 * @param measured the measured value
 * @param unit the unit of both
 */
record Target(String what, Bound bound, double limit, double measured, String unit) {

    /** The side of the limit that meets the target. */
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
                List.of("target", "limit", "measured", ""),
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
