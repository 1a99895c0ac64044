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

/** Threads that read until all of them are done or one of them fails. */
final class Readers {

    private static final long STOP_SECONDS = 10;

    private Readers() {}

    /** The work of one thread. */
    @FunctionalInterface
    interface Work {

        /** @param others says whether another thread has failed */
        void run(Others others) throws Exception;
    }

    /** The other threads. */
    @FunctionalInterface
    interface Others {

        /** Whether none of them has failed. */
        boolean areWell();
    }

    /**
     * Runs the work on several threads. Returns when all are done; throws the exception of the first one that fails.
     */
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
