// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** When the values of the pulse arrived. Can be asked by any thread. */
public final class Pulses {

    private final ConcurrentSkipListMap<Long, Long> arrivals = new ConcurrentSkipListMap<>();

    /**
     * A value of the pulse.
     *
     * @param n the value
     * @param nanoTime when it arrived for the first time, as {@link System#nanoTime()}
     */
    public record Pulse(long n, long nanoTime) {}

    void arrived(long n, long nanoTime) {
        arrivals.putIfAbsent(n, nanoTime);
    }

    /** The highest value that has arrived. */
    public Optional<Pulse> last() {
        return pulse(arrivals.lastEntry());
    }

    /** The lowest value that has arrived and is at least {@code n}. */
    public Optional<Pulse> atLeast(long n) {
        return pulse(arrivals.ceilingEntry(n));
    }

    /**
     * The longest time without an arrival between two moments.
     *
     * @param from as {@link System#nanoTime()}
     * @param to as {@link System#nanoTime()}
     */
    public Duration longestPause(long from, long to) {
        long longest = 0;
        long before = from;
        for (long arrival :
                arrivals.values().stream().mapToLong(Long::longValue).sorted().toArray()) {
            if (from <= arrival && arrival <= to) {
                longest = Math.max(longest, arrival - before);
                before = arrival;
            }
        }
        return Duration.ofNanos(Math.max(longest, to - before));
    }

    private static Optional<Pulse> pulse(Map.@Nullable Entry<Long, Long> entry) {
        return entry == null ? Optional.empty() : Optional.of(new Pulse(entry.getKey(), entry.getValue()));
    }
}
