// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.link;

import dev.tributary.sandbox.SandboxException;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** A daemon thread that waits for sockets, for the next moment, and for calls from other threads. */
final class Loop {

    private static final long PATIENCE_SECONDS = 30;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** What the thread does. Times are nanoseconds since the start of the loop. */
    interface Work {

        /** A socket is ready. */
        void ready(SelectionKey key, long now);

        /** Does what is due, and returns in how many nanoseconds more is due; {@link Pipe#NEVER} for nothing. */
        long pass(long now);
    }

    private final String name;
    private final Selector selector;
    private final Work work;
    private final Queue<Runnable> calls = new ConcurrentLinkedQueue<>();
    private final long origin = System.nanoTime();
    private volatile boolean ending;

    Loop(String name, Selector selector, Work work) {
        this.name = name;
        this.selector = selector;
        this.work = work;
    }

    void start() {
        Thread thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    boolean isEnding() {
        return ending;
    }

    /** Ends the thread after the calls that have been made. */
    void end() {
        ending = true;
        selector.wakeup();
    }

    /**
     * Runs something on the thread, and returns its result when its effect on sockets can be seen.
     *
     * @throws SandboxException if it fails
     * @throws IllegalStateException if the thread is ending
     */
    <T> T call(Supplier<T> action) {
        if (ending) {
            throw new IllegalStateException(name + " is closed");
        }
        CompletableFuture<T> done = new CompletableFuture<>();
        calls.add(() -> complete(done, action));
        selector.wakeup();
        try {
            return done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new SandboxException(name + ": " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new SandboxException(name + " does not respond", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException(name + ": interrupted", e);
        }
    }

    private <T> void complete(CompletableFuture<T> done, Supplier<T> action) {
        try {
            T result = action.get();
            // The system closes a socket only when its selector has dropped it.
            selector.selectNow();
            done.complete(result);
        } catch (IOException | RuntimeException e) {
            done.completeExceptionally(e);
        }
    }

    private void run() {
        try (selector) {
            long wait = Pipe.NEVER;
            while (!ending || !calls.isEmpty()) {
                select(wait);
                for (Runnable call = calls.poll(); call != null; call = calls.poll()) {
                    call.run();
                }
                long now = System.nanoTime() - origin;
                selector.selectedKeys().forEach(key -> work.ready(key, now));
                selector.selectedKeys().clear();
                wait = work.pass(now);
            }
        } catch (IOException e) {
            throw new SandboxException(name + " has ended", e);
        }
    }

    private void select(long wait) throws IOException {
        if (wait == Pipe.NEVER) {
            selector.select();
        } else if (wait == 0) {
            selector.selectNow();
        } else {
            selector.select((wait + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
        }
    }
}
