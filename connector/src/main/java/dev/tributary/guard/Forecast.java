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

    /** What is further away than this is not in sight: until then the load is another one. */
    private static final Duration IN_SIGHT = Duration.ofDays(30);

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

    private Rate written = new Rate();
    private Rate growth = new Rate();
    private boolean isStill;

    /** The mean of bytes per second, in which older observations weigh less. */
    private static final class Rate {

        private double bytes;
        private double seconds;

        void add(long moreBytes, long moreNanos) {
            double more = Math.max(1e-3, moreNanos / 1e9);
            double kept = Math.exp(-more / MEMORY_SECONDS);
            bytes = bytes * kept + moreBytes;
            seconds = seconds * kept + more;
        }

        /** 0 as long as it is not known. */
        double perSecond() {
            return seconds == 0 ? 0 : bytes / seconds;
        }
    }

    /** @param interval the time between two observations */
    Forecast(Duration interval) {
        this.interval = interval;
    }

    /**
     * Takes the next observation. One that goes back, as after a failover, begins anew; so does the first one after the
     * reader has gone, because what was written while it read says little about a pause.
     */
    void observe(Observation next) {
        Observation before = last;
        Observation since = low;
        last = next;
        if (before == null || since == null || next.written() < before.written() || next.needed() < before.needed()) {
            begin();
            low = next;
            isStill = false;
            return;
        }
        if (before.isRead() && !next.isRead()) {
            begin();
        }
        written.add(next.written() - before.written(), next.nanos() - before.nanos());
        if (next.needed() > before.needed()) {
            growth.add(next.retained() - since.retained(), next.nanos() - since.nanos());
            low = next;
            isStill = false;
            return;
        }
        int intervals = next.isRead() ? STILL_READ : STILL_UNREAD;
        // Until the next step, also if it is read again: what it has retained is still to be read.
        isStill |= next.nanos() - since.nanos() >= intervals * interval.toNanos() - interval.toNanos() / 2;
    }

    private void begin() {
        written = new Rate();
        growth = new Rate();
    }

    /** How fast WAL is written, in bytes per second; 0 as long as it is not known. */
    double writtenPerSecond() {
        return written.perSecond();
    }

    /** How fast what is retained grows, in bytes per second; negative if it shrinks, 0 as long as it is not known. */
    double growthPerSecond() {
        return standsStill() ? written.perSecond() : growth.perSecond();
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
        return seconds > IN_SIGHT.toSeconds()
                ? Optional.empty()
                : Optional.of(Duration.ofMillis((long) (seconds * 1_000)));
    }
}
