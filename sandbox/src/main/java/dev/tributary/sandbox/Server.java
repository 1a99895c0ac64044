// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A server in a process of its own on loopback, which can be ended in every way a real one ends and started again
 * on the same data and port. It never outlives this JVM. Not for use by two threads at once.
 */
public abstract sealed class Server implements AutoCloseable
        permits PostgresServer, KafkaBroker, ConnectWorker, SampleService {

    private final Path log;
    private @Nullable ServerProcess process;

    Server(Path log) {
        this.log = log;
    }

    /** How to start it, now. */
    abstract Launch launch();

    /**
     * Starts it, for the first time or again, and returns when it serves.
     *
     * @throws SandboxException if it does not come to serve: with its log file and the end of it
     * @throws IllegalStateException if it runs already
     */
    public void start() {
        if (isRunning()) {
            throw new IllegalStateException(this + " runs already");
        }
        process = ServerProcess.start(launch());
    }

    /** Stops it in order, as an administrator does; one that hangs is killed after 30 seconds. Stopped is fine. */
    public void stop() {
        ServerProcess running = process;
        if (running != null) {
            running.stop();
        }
    }

    /** SIGKILL, with its children: a crash. Returns when they are gone. */
    public void kill() {
        running().kill();
    }

    /** SIGSTOP: it stays connected and answers nothing until {@link #resume()}. */
    public void pause() {
        running().signal("STOP");
    }

    /** SIGCONT. */
    public void resume() {
        running().signal("CONT");
    }

    public boolean isRunning() {
        ServerProcess started = process;
        return started != null && started.isAlive();
    }

    /** The process id; the server has to run. */
    public long pid() {
        return running().pid();
    }

    /** All that it writes, from the first start on. */
    public Path logFile() {
        return log;
    }

    /** Ends it the quickest way that leaves no process behind. Its data stays where it is. */
    @Override
    public void close() {
        ServerProcess started = process;
        if (started != null) {
            started.end();
        }
    }

    private ServerProcess running() {
        ServerProcess started = process;
        if (started == null || !started.isAlive()) {
            throw new IllegalStateException(this + " does not run");
        }
        return started;
    }
}
