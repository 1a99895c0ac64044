// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.latency;

import java.util.Arrays;

/**
 * How times are spread, in milliseconds: exact, from every one of them.
 *
 * @param count how many there are
 * @param p50 what half of them do not exceed
 * @param p90 what nine of ten do not exceed
 * @param p99 what 99 of 100 do not exceed
 * @param max the longest
 */
public record Percentiles(int count, double p50, double p90, double p99, double max) {

    private static final double NANOS_PER_MILLI = 1e6;

    static Percentiles of(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Percentiles(sorted.length, at(sorted, 0.5), at(sorted, 0.9), at(sorted, 0.99), at(sorted, 1));
    }

    /** The smallest that so large a part of all does not exceed (nearest rank). */
    private static double at(long[] sorted, double part) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(part * sorted.length);
        return sorted[Math.max(1, rank) - 1] / NANOS_PER_MILLI;
    }
}
