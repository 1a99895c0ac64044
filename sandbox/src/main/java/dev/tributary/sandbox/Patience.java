// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waiting for what other processes do: asks again and again, for a bounded time. */
public final class Patience {

    private static final long PAUSE_MILLIS = 50;

    private Patience() {}

    /**
     * Waits until a condition holds.
     *
     * @return whether it came to hold in time
     * @throws SandboxException if the thread is interrupted
     */
    public static boolean until(Duration limit, BooleanSupplier condition) {
        return until(limit, condition::getAsBoolean, held -> held);
    }

    /**
     * Asks until the answer is as wanted.
     *
     * @return the last answer, which is not as wanted if the time is up
     * @throws SandboxException if the thread is interrupted
     */
    public static <T> T until(Duration limit, Supplier<T> question, Predicate<T> wanted) {
        long deadline = System.nanoTime() + limit.toNanos();
        T answer = question.get();
        while (!wanted.test(answer) && System.nanoTime() - deadline < 0) {
            pause();
            answer = question.get();
        }
        return answer;
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
