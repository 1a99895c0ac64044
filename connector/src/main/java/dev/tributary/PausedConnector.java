// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Whether the worker still has a connector that it has stopped. Connect stops one that is paused just as one that is
 * deleted or moves to another worker, and does not say which. But since Connect 3.0 each has a thread, with its name in
 * the thread's name, which stays while it is paused ({@code org.apache.kafka.connect.runtime.WorkerConnector}).
 */
final class PausedConnector {

    private static final String PREFIX = "connector-thread-";

    private static final Executor LATER = CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS);

    private PausedConnector() {}

    /** To be called by the thread that stops it: a condition that holds as soon as the worker has it no more. */
    static BooleanSupplier gone() {
        Thread thread = Thread.currentThread();
        String name = thread.getName();
        return () -> !name.startsWith(PREFIX)
                || !thread.isAlive()
                || !thread.getName().equals(name);
    }

    /** To be called by the thread that stops it: runs an action some seconds after the worker has it no more. */
    static void whenGone(Runnable action) {
        awaitGone(gone(), action);
    }

    private static void awaitGone(BooleanSupplier gone, Runnable action) {
        LATER.execute(() -> {
            if (gone.getAsBoolean()) {
                action.run();
            } else {
                awaitGone(gone, action);
            }
        });
    }
}
