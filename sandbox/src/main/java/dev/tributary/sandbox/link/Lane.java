// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.link;

import java.time.Duration;

/**
 * What happens to everything that goes through a link in one direction. Times are nanoseconds of {@link Relay}'s clock.
 */
final class Lane {

    private static final double SECOND = 1e9;
    private static final long SLICES_PER_SECOND = 20;
    private static final long UNLIMITED = Long.MAX_VALUE;

    private boolean held;
    private long delay;
    private long rate = UNLIMITED;
    private long free;

    void hold() {
        held = true;
    }

    void delay(Duration duration) {
        delay = duration.toNanos();
    }

    void throttle(long bytesPerSecond) {
        rate = bytesPerSecond;
    }

    void heal() {
        held = false;
        delay = 0;
        rate = UNLIMITED;
        free = 0;
    }

    boolean isHeld() {
        return held;
    }

    /** Whether everything passes at once. */
    boolean isOpen() {
        return !held && delay == 0 && rate == UNLIMITED;
    }

    /** How long something that entered at a time must still wait; 0 if it may leave. */
    long wait(long entered, long now) {
        return Math.max(0, Math.max(entered + delay, free) - now);
    }

    /** The most bytes that may leave at a time. */
    int slice() {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, rate / SLICES_PER_SECOND));
    }

    /** Accounts for bytes that have left. */
    void passed(int bytes, long now) {
        if (rate != UNLIMITED) {
            free = Math.max(free, now) + (long) (bytes * SECOND / rate);
        }
    }
}
