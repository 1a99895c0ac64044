// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Decides when to retry: half a second after the first failure, then twice as long after each failure, up to a limit. A
 * success resets the pause.
 *
 * <p>Not safe for use by several threads.
 */
final class Retries {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    /** The longest that {@link #awaitNext()} blocks the task's thread. */
    private static final Duration SLICE = Duration.ofMillis(200);

    private final Duration longestPause;
    private final int maxAttempts;
    private final LongSupplier nanoTime;
    private int attempts;
    private Duration pause = Duration.ZERO;
    private long dueNanos;
    private long startNanos;

    /**
     * @param longestPause the limit of the growing pause
     * @param maxAttempts how many failures in a row are retried; negative for any number
     * @param nanoTime a monotonic clock, such as {@link System#nanoTime()}
     */
    Retries(Duration longestPause, int maxAttempts, LongSupplier nanoTime) {
        this.longestPause = longestPause;
        this.maxAttempts = maxAttempts;
        this.nanoTime = nanoTime;
    }

    /** Records a failure; returns false if there were too many in a row. */
    boolean failed() {
        attempts++;
        Duration doubled = attempts == 1 ? FIRST_PAUSE : pause.multipliedBy(2);
        pause = doubled.compareTo(longestPause) < 0 ? doubled : longestPause;
        dueNanos = nanoTime.getAsLong() + pause.toNanos();
        return maxAttempts < 0 || attempts <= maxAttempts;
    }

    /** Records that an attempt has begun. */
    void started() {
        startNanos = nanoTime.getAsLong();
    }

    /**
     * Records that the attempt is still running. It counts as a success once it has captured a record, or has run
     * longer than the longest pause: a quiet database gives no other sign.
     */
    void running(boolean captured) {
        if (attempts > 0 && (captured || nanoTime.getAsLong() - startNanos > longestPause.toNanos())) {
            attempts = 0;
            pause = Duration.ZERO;
        }
    }

    int attempts() {
        return attempts;
    }

    /** The pause after the last failure. */
    Duration pause() {
        return pause;
    }

    /** Waits briefly; returns true once the pause is over. */
    boolean awaitNext() throws InterruptedException {
        long left = dueNanos - nanoTime.getAsLong();
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(Math.min(left, SLICE.toNanos()));
        }
        return dueNanos - nanoTime.getAsLong() <= 0;
    }
}
