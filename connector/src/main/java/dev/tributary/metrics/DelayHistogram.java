// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;

/** How many delays were at most so long. Counting allocates nothing. Any thread may count or read. */
final class DelayHistogram {

    /** The upper bounds of the buckets; the last bucket has none. */
    private static final long[] BOUNDS_MILLIS = {
        1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000
    };

    private static final double MILLIS_PER_SECOND = TimeUnit.SECONDS.toMillis(1);

    private final LongAdder[] buckets = new LongAdder[BOUNDS_MILLIS.length + 1];
    private final LongAdder sumMillis = new LongAdder();

    DelayHistogram() {
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = new LongAdder();
        }
    }

    /** Counts a delay. A negative one, of a clock that is ahead of the other one, counts as none. */
    void add(long millis) {
        int bucket = 0;
        while (bucket < BOUNDS_MILLIS.length && millis > BOUNDS_MILLIS[bucket]) {
            bucket++;
        }
        buckets[bucket].increment();
        sumMillis.add(Math.max(0, millis));
    }

    /** The upper bounds of all buckets but the last, in seconds. */
    static double[] boundsSeconds() {
        return LongStream.of(BOUNDS_MILLIS)
                .mapToDouble(millis -> millis / MILLIS_PER_SECOND)
                .toArray();
    }

    /** For each bound how many delays did not exceed it, and then how many there were. */
    long[] cumulativeCounts() {
        long[] counts = new long[buckets.length];
        long sum = 0;
        for (int i = 0; i < counts.length; i++) {
            sum += buckets[i].sum();
            counts[i] = sum;
        }
        return counts;
    }

    double sumSeconds() {
        return sumMillis.sum() / MILLIS_PER_SECOND;
    }
}
