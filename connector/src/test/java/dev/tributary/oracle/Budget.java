// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;

/** How long a generator may go on, and from which seed: {@code -Doracle.seconds} and {@code -Doracle.seed}. */
final class Budget {

    private static final String DEFAULT_SECONDS = "6";

    private Budget() {}

    /**
     * Seeds, the first of them as asked for or by chance, until a share of the time is over; one at least. Each is printed,
     * for a run that hangs tells nothing else.
     *
     * @param share which part of the time there is, in percent
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
