// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.backfill;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** When the backfill reads next, and when it writes to the log. */
final class BackfillPace {

    private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long BETWEEN_LINES_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long BETWEEN_WARNINGS_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier nanoTime;
    private long dueNanos;
    private long pauseNanos = SHORTEST_PAUSE_NANOS;
    private long lineNanos;
    private long warningNanos;

    /** @param nanoTime a clock that never goes back, such as {@link System#nanoTime()} */
    BackfillPace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        long now = nanoTime.getAsLong();
        this.dueNanos = now;
        this.lineNanos = now;
        this.warningNanos = now - BETWEEN_WARNINGS_NANOS;
    }

    /** Whether the pause is over. */
    boolean isDue() {
        return nanoTime.getAsLong() - dueNanos >= 0;
    }

    /** A chunk was read: pauses start short again. */
    void reset() {
        pauseNanos = SHORTEST_PAUSE_NANOS;
    }

    /** Pauses briefly, and longer each time in a row: reading again will soon succeed. */
    void pause() {
        pauseNanos = Math.min(LONGEST_PAUSE_NANOS, pauseNanos * 2);
        dueNanos = nanoTime.getAsLong() + pauseNanos;
    }

    /**
     * Pauses for as long as it ever does: the operator may have to do something.
     *
     * @return whether it is time to log the reason again
     */
    boolean pauseLong() {
        long now = nanoTime.getAsLong();
        dueNanos = now + LONGEST_PAUSE_NANOS;
        if (now - warningNanos < BETWEEN_WARNINGS_NANOS) {
            return false;
        }
        warningNanos = now;
        return true;
    }

    /** Whether it is time for a line about the progress. */
    boolean isLineDue() {
        long now = nanoTime.getAsLong();
        if (now - lineNanos < BETWEEN_LINES_NANOS) {
            return false;
        }
        lineNanos = now;
        return true;
    }
}
