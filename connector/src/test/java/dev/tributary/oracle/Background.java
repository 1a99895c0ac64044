// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Runs each task on a thread of its own. Tasks that block must not share the common pool: on a machine with few
 * processors it has fewer threads than a test has tasks, and a task that does not start cannot release the one it waits
 * for.
 */
final class Background {

    private static final Executor THREADS = task -> {
        Thread thread = new Thread(task, "test-background");
        thread.setDaemon(true);
        thread.start();
    };

    private Background() {}

    static CompletableFuture<Void> run(Runnable task) {
        return CompletableFuture.runAsync(task, THREADS);
    }

    static <T> CompletableFuture<T> supply(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, THREADS);
    }
}
