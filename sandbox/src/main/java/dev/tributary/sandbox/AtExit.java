// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What must be ended when the JVM ends, by whatever way a shutdown hook hears of (SIGINT, SIGTERM, the last thread).
 * Last registered, first ended; once the ending has begun nothing more can be started.
 */
final class AtExit {

    private static final Deque<Runnable> ENDINGS = new ArrayDeque<>();
    private static boolean exiting;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(AtExit::endAll, "sandbox-exit"));
    }

    private AtExit() {}

    /** Starts something and registers its ending in one step, so that the exit cannot pass between the two. */
    static synchronized <T extends Runnable> T start(Supplier<T> start) {
        if (exiting) {
            throw new SandboxException("not started: this program is ending");
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
