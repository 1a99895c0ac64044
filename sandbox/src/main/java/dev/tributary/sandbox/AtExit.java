// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends servers when the JVM ends: on SIGINT, on SIGTERM, or after the last thread. The last one registered ends first.
 * Once the JVM is ending, no more can be started.
 */
final class AtExit {

    private static final Deque<Runnable> ENDINGS = new ArrayDeque<>();
    private static boolean exiting;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(AtExit::endAll, "sandbox-exit"));
    }

    private AtExit() {}

    /** Starts something and registers how it ends, in one step, so that the exit cannot come in between. */
    static synchronized <T extends Runnable> T start(Supplier<T> start) {
        if (exiting) {
            throw new SandboxException("not started, because this program is ending");
        }
        T started = start.get();
        ENDINGS.push(started);
        return started;
    }

    static synchronized void forget(Runnable ending) {
        ENDINGS.removeFirstOccurrence(ending);
    }

    static synchronized boolean hasBegun() {
        return exiting;
    }

    private static void endAll() {
        for (Runnable ending = next(); ending != null; ending = next()) {
            try {
                ending.run();
            } catch (RuntimeException e) {
                System.err.println("while ending: " + e);
            }
        }
    }

    private static synchronized @Nullable Runnable next() {
        exiting = true;
        return ENDINGS.poll();
    }
}
