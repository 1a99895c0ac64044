// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Threads that read until all of them are done, or one of them fails. */
final class Readers {

    private static final long STOP_SECONDS = 10;

    private Readers() {}

    /** What one of them does. */
    @FunctionalInterface
    interface Work {

        /** @param others false as soon as another one has failed */
        void run(Others others) throws Exception;
    }

    /** Whether the others are still at work. */
    @FunctionalInterface
    interface Others {
        boolean areWell();
    }

    /** Has several threads do the work; returns when all are done, and throws what the first one that failed did. */
    static void run(int threads, String name, Work work) throws Exception {
        AtomicBoolean well = new AtomicBoolean(true);
        ExecutorService executor = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        try {
            CompletionService<Void> ended = new ExecutorCompletionService<>(executor);
            Callable<Void> task = () -> {
                work.run(well::get);
                return null;
            };
            for (int i = 0; i < threads; i++) {
                ended.submit(task);
            }
            for (int i = 0; i < threads; i++) {
                ended.take().get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
            well.set(false);
            executor.shutdownNow();
            executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        }
    }
}
