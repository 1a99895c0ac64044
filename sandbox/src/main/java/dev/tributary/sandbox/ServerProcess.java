// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One run of an operating system process and its children. It ends with this JVM at the latest. Errors show the name
 * and the end of its log file.
 */
final class ServerProcess implements Runnable {

    private static final Duration ORDERLY = Duration.ofSeconds(30);
    private static final Duration IMMEDIATE = Duration.ofSeconds(5);
    private static final int LINES_SHOWN = 25;

    private final Launch launch;
    private final Process process;

    private ServerProcess(Launch launch) {
        this.launch = launch;
        try {
            Files.createDirectories(launch.directory());
            Files.createDirectories(launch.log().toAbsolutePath().resolveSibling("."));
            this.process = OrphanGuard.fork(new ProcessBuilder(launch.commandLine())
                    .directory(launch.directory().toFile())
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(launch.log().toFile())));
        } catch (IOException e) {
            throw new SandboxException(launch.name() + " did not start: " + e.getMessage(), e);
        }
    }

    /** Starts a process and returns when it is ready. Ends the process again if it does not become ready. */
    static ServerProcess start(Launch launch) {
        ServerProcess started = AtExit.start(() -> new ServerProcess(launch));
        try {
            if (!Wait.until(Launch.TIMEOUT, () -> !started.isAlive() || launch.isReady())) {
                throw started.failure("is not ready after " + Launch.TIMEOUT.toSeconds() + " s");
            }
            if (!started.isAlive()) {
                throw started.failure("ended with exit code " + started.process.exitValue() + " before it was ready");
            }
            return started;
        } catch (RuntimeException e) {
            started.end();
            throw e;
        }
    }

    /** Runs a process that does one thing, and returns when it has exited. */
    static void run(Launch errand) {
        ServerProcess started = AtExit.start(() -> new ServerProcess(errand));
        try {
            if (!started.exits(Launch.TIMEOUT)) {
                throw started.failure("has not finished after " + Launch.TIMEOUT.toSeconds() + " s");
            }
            if (started.process.exitValue() != 0) {
                throw started.failure("failed with exit code " + started.process.exitValue());
            }
        } finally {
            started.end();
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Shuts the process down, and kills it if that takes too long. */
    void stop() {
        signalAll("CONT");
        signal(launch.ending().orderly);
        if (!exits(ORDERLY)) {
            kill();
        }
        AtExit.forget(this);
    }

    /** Ends the process at once, in a way that leaves no process behind. Its data may need recovery. */
    void end() {
        List<ProcessHandle> children = process.descendants().toList();
        signalAll("CONT");
        signal(launch.ending().immediate);
        if (!exits(IMMEDIATE)) {
            kill();
        }
        children.forEach(ProcessHandle::destroyForcibly);
        AtExit.forget(this);
    }

    /** Kills the process and its children (SIGKILL), like a crash. */
    void kill() {
        // Frozen first, so that it neither forks again nor cleans up after its children.
        signal("STOP");
        List<ProcessHandle> children = process.descendants().toList();
        children.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        exits(IMMEDIATE);
        Wait.until(IMMEDIATE, () -> children.stream().noneMatch(ProcessHandle::isAlive));
        AtExit.forget(this);
    }

    /** Sends a signal, such as STOP, to the process itself. */
    void signal(String name) {
        if (isAlive()) {
            signal(name, pid());
        }
    }

    /** Sends a signal to the process and its children. */
    void signalAll(String name) {
        signal(name);
        process.descendants().forEach(child -> signal(name, child.pid()));
    }

    private static void signal(String name, long pid) {
        OrphanGuard.works("sh", "-c", "kill -" + name + " " + pid);
    }

    @Override
    public void run() {
        end();
    }

    private boolean exits(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // The process must end even so; the interruption is for the caller.
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            return false;
        }
    }

    private SandboxException failure(String what) {
        return new SandboxException(launch.name() + " " + what + "; " + LogTail.of(launch.log(), LINES_SHOWN));
    }
}
