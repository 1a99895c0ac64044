// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.fault;

import java.time.Duration;
import java.util.SplittableRandom;

/** How long faults last. */
final class Durations {

    private Durations() {}

    static Duration between(SplittableRandom random, int leastSeconds, int mostSeconds) {
        return Duration.ofMillis(random.nextLong(leastSeconds * 1000L, mostSeconds * 1000L + 1));
    }

    /** Mostly shorter than the timeouts of sessions, sometimes longer than all of them. */
    static Duration frozen(SplittableRandom random) {
        return random.nextInt(8) == 0 ? between(random, 60, 90) : between(random, 2, 25);
    }
}
