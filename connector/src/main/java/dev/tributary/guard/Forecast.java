// SPDX-License-Identifier: Apache-2.0
package dev.tributary.guard;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Forecasts when a replication slot is lost, from observations at intervals.
 *
 * <p>A slot that is read needs WAL from a position that moves in steps, so what is retained goes up and down, also if
 * the reader keeps up. Growth is therefore measured between the moments just after such a step. While there is none for
 * some intervals, the slot stands still, and what it retains grows as fast as WAL is written.
 */
final class Forecast {

    /** Older observations lose their weight in this time. */
    private static final double MEMORY_SECONDS = 300;

    /** After so many intervals without a step, a slot that nothing reads stands still. */
    private static final int STILL_UNREAD = 3;

    /** The same for one that is read: its reader acknowledges once a minute, by default. */
    private static final int STILL_READ = 30;

    /**
     * An observation.
     *
     * @param nanos when it was made, on the clock of {@link System#nanoTime()}
     * @param written the end of the server's WAL, in bytes
     * @param needed where the WAL begins that the slot needs, in bytes
     * @param isRead whether a process reads from the slot
     */
    record Observation(long nanos, long written, long needed, boolean isRead) {

        long retained() {
            return written - needed;
        }
    }

    private final Duration interval;
    private @Nullable Observation last;

    /** The last one after a step, or the first one. */
    private @Nullable Observation low;

    private @Nullable Double written;
    private @Nullable Double growth;
    private boolean isStill;

    /** @param interval the time between two observations */
    Forecast(Duration interval) {
        this.interval = interval;
    }

    /** Takes the next observation. One that goes back, as after a failover, begins anew. */
    void observe(Observation next) {
        Observation before = last;
        Observation since = low;
        last = next;
        if (before == null || since == null || next.written() < before.written() || next.needed() < before.needed()) {
            low = next;
            written = null;
            growth = null;
            isStill = false;
            return;
        }
        written = smooth(written, rate(before.nanos(), next.nanos(), next.written() - before.written()), before, next);
        if (next.needed() > before.needed()) {
            growth = smooth(growth, rate(since.nanos(), next.nanos(), next.retained() - since.retained()), since, next);
            low = next;
            isStill = false;
            return;
        }
        int intervals = next.isRead() ? STILL_READ : STILL_UNREAD;
        // Until the next step, also if it is read again: what it has retained is still to be read.
        isStill |= next.nanos() - since.nanos() >= intervals * interval.toNanos() - interval.toNanos() / 2;
    }

    /** How fast WAL is written, in bytes per second; 0 as long as it is not known. */
    double writtenPerSecond() {
        return written == null ? 0 : written;
    }

    /** How fast what is retained grows, in bytes per second; negative if it shrinks, 0 as long as it is not known. */
    double growthPerSecond() {
        if (standsStill()) {
            return writtenPerSecond();
        }
        return growth == null ? 0 : growth;
    }

    /** Whether the slot has needed the same WAL for some intervals. */
    boolean standsStill() {
        return isStill;
    }

    /**
     * How long it takes until more bytes are retained; empty if it does not, or is not known yet.
     *
     * @param bytes how many more
     */
    Optional<Duration> until(long bytes) {
        if (bytes <= 0) {
            return Optional.of(Duration.ZERO);
        }
        double perSecond = growthPerSecond();
        if (perSecond <= 0) {
            return Optional.empty();
        }
        double seconds = bytes / perSecond;
        return seconds > Integer.MAX_VALUE
                ? Optional.empty()
                : Optional.of(Duration.ofMillis((long) (seconds * 1_000)));
    }

    private static double rate(long from, long to, long bytes) {
        return bytes / Math.max(1e-3, (to - from) / 1e9);
    }

    private static double smooth(@Nullable Double before, double now, Observation from, Observation to) {
        if (before == null) {
            return now;
        }
        double weight = 1 - Math.exp(-(to.nanos() - from.nanos()) / 1e9 / MEMORY_SECONDS);
        return before + weight * (now - before);
    }
}
