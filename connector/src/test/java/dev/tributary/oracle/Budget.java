// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;

/** How long a generator may run, and its first seed: {@code -Doracle.seconds} and {@code -Doracle.seed}. */
final class Budget {

    private static final String DEFAULT_SECONDS = "6";

    private Budget() {}

    /**
     * At least one seed, and more until a share of the time is used up. The first is the one asked for, or random. Each
     * is printed, because a run that hangs leaves no other trace.
     *
     * @param share the share of the time, in percent
     */
    static LongStream seeds(int share) {
        String asked = System.getProperty("oracle.seed", "");
        long first = asked.isEmpty() ? new Random().nextInt(Integer.MAX_VALUE) : Long.parseLong(asked);
        Duration time = Duration.ofSeconds(Long.parseLong(System.getProperty("oracle.seconds", DEFAULT_SECONDS)));
        long end = System.nanoTime() + time.toNanos() / 100 * share;
        return LongStream.iterate(first, seed -> seed == first || System.nanoTime() < end, seed -> seed + 1)
                .peek(seed -> System.out.println("oracle.seed=" + seed));
    }
}
