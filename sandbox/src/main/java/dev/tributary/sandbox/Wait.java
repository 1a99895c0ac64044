// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for other processes: polls a condition until it holds or a timeout expires. */
public final class Wait {

    private static final long PAUSE_MILLIS = 50;

    private Wait() {}

    /**
     * Waits until a condition holds.
     *
     * @return whether the condition held before the timeout
     * @throws SandboxException if the thread is interrupted
     */
    public static boolean until(Duration timeout, BooleanSupplier condition) {
        return until(timeout, condition::getAsBoolean, holds -> holds);
    }

    /**
     * Polls until the result is accepted.
     *
     * @return the last result, which was not accepted if the timeout has expired
     * @throws SandboxException if the thread is interrupted
     */
    public static <T> T until(Duration timeout, Supplier<T> poll, Predicate<T> accepted) {
        long deadline = System.nanoTime() + timeout.toNanos();
        T result = poll.get();
        while (!accepted.test(result) && System.nanoTime() - deadline < 0) {
            pause();
            result = poll.get();
        }
        return result;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("interrupted while waiting", e);
        }
    }
}
