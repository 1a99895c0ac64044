// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.demo;

/** Counts latencies by the millisecond, in constant space. A minute or longer counts as a minute. */
final class Latencies {

    private static final int MOST = 60_000;

    private final long[] counts = new long[MOST + 1];
    private long total;

    synchronized void add(long millis) {
        counts[(int) Math.min(millis, MOST)]++;
        total++;
    }

    /**
     * The latency that a share of the events did not exceed, in milliseconds; 0 if there are no events.
     *
     * @param share from 0 to 1
     */
    synchronized long percentile(double share) {
        long rank = (long) Math.ceil(share * total);
        long seen = 0;
        for (int millis = 0; millis <= MOST; millis++) {
            seen += counts[millis];
            if (seen >= rank) {
                return millis;
            }
        }
        return MOST;
    }
}
