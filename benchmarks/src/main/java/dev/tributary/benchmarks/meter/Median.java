// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.meter;

import java.util.Arrays;

/** The median of numbers. */
public final class Median {

    private Median() {}

    /** The mean of the two in the middle if their count is even; NaN if there are none. */
    public static double of(double... numbers) {
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
