// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Ensures that no process outlives this JVM, even if the JVM is killed and no shutdown hook runs. On Linux the kernel
 * then signals the process (PR_SET_PDEATHSIG, see prctl(2)), set by util-linux's {@code setpriv}. A separate session
 * ({@code setsid}) keeps the terminal's Ctrl-C from the process, because this JVM handles Ctrl-C with an orderly
 * shutdown.
 */
final class OrphanGuard {

    static final boolean AVAILABLE = works("setsid", "true") && works("setpriv", "--pdeathsig", "KILL", "true");

    // For the kernel, the parent is the thread that forked, so that thread must live as long as the JVM.
    private static final ExecutorService FORKER = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "sandbox-forker");
        thread.setDaemon(true);
        return thread;
    });

    private OrphanGuard() {}

    static Process fork(ProcessBuilder builder) throws IOException {
        try {
            return FORKER.submit(builder::start).get();
        } catch (ExecutionException e) {
            throw new IOException("cannot run " + builder.command(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted before running " + builder.command(), e);
        }
    }

    /** Whether a command exists and succeeds. */
    static boolean works(String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
