// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.latency;

import java.util.Arrays;

/**
 * The distribution of times, in milliseconds, computed exactly from all of them.
 *
 * @param count the number of times
 * @param p50 the 50th percentile
 * @param p90 the 90th percentile
 * @param p99 the 99th percentile
 * @param p999 the 99.9th percentile
 * @param max the longest time
 */
public record Percentiles(int count, double p50, double p90, double p99, double p999, double max) {

    private static final double NANOS_PER_MILLI = 1e6;

    static Percentiles of(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Percentiles(
                sorted.length, at(sorted, 0.5), at(sorted, 0.9), at(sorted, 0.99), at(sorted, 0.999), at(sorted, 1));
    }

    /** The percentile by nearest rank. */
    private static double at(long[] sorted, double part) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(part * sorted.length);
        return sorted[Math.max(1, rank) - 1] / NANOS_PER_MILLI;
    }
}
