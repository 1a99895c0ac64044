// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A server on loopback, a separate process or created by a {@link Hosting}. It can be ended in every way a real server
 * ends, and started again on the same data and port. It never outlives this JVM. Not thread-safe.
 */
public abstract sealed class Server implements AutoCloseable
        permits PostgresServer, KafkaBroker, ConnectWorker, SampleService, SchemaRegistry, FlinkJob {

    private final Path log;
    private final @Nullable HostedServer hosted;
    private @Nullable ServerProcess process;

    Server(Path log) {
        this(log, null);
    }

    /** @param hosted the server that this one stands for; null for a process of this machine */
    Server(Path log, @Nullable HostedServer hosted) {
        this.log = log;
        this.hosted = hosted;
    }

    /** How to start it. */
    abstract Launch launch();

    /**
     * Starts it, for the first time or again, and returns when it is ready.
     *
     * @throws SandboxException if it does not become ready, with the name and the end of its log file
     * @throws IllegalStateException if it is already running
     */
    public void start() {
        if (isRunning()) {
            throw new IllegalStateException(this + " is already running");
        }
        if (hosted == null) {
            process = ServerProcess.start(launch());
            return;
        }
        hosted.start();
        Launch launch = launch();
        if (!Wait.until(Launch.TIMEOUT, launch::isReady)) {
            throw new SandboxException(this + " is not ready after " + Launch.TIMEOUT.toSeconds() + " s; read " + log);
        }
    }

    /** Shuts it down, as an administrator does, and kills it after 30 seconds. Does nothing if it is not running. */
    public void stop() {
        ServerProcess running = process;
        if (hosted != null) {
            hosted.stop();
        } else if (running != null) {
            running.stop();
        }
    }

    /** Kills it and its children (SIGKILL), like a crash. Returns when they have ended. */
    public void kill() {
        if (hosted != null) {
            hosted.kill();
        } else {
            running().kill();
        }
    }

    /**
     * Freezes it and its children (SIGSTOP): connections stay open, and it does not respond until {@link #resume()}.
     */
    public void pause() {
        if (hosted != null) {
            hosted.pause();
        } else {
            running().signalAll("STOP");
        }
    }

    /** Continues it after a {@link #pause()} (SIGCONT). */
    public void resume() {
        if (hosted != null) {
            hosted.resume();
        } else {
            running().signalAll("CONT");
        }
    }

    public boolean isRunning() {
        ServerProcess started = process;
        return hosted != null ? hosted.isRunning() : started != null && started.isAlive();
    }

    /** Whether it is a process of this machine. */
    boolean isProcess() {
        return hosted == null;
    }

    /** The process id. The server must be running, as a process of this machine. */
    public long pid() {
        return running().pid();
    }

    /** The log file, with all output since the first start. */
    public Path logFile() {
        return log;
    }

    /** Ends it in the quickest way that leaves no process behind. Its data stays. */
    @Override
    public void close() {
        ServerProcess started = process;
        if (hosted != null) {
            hosted.remove();
        } else if (started != null) {
            started.end();
        }
    }

    private ServerProcess running() {
        ServerProcess started = process;
        if (started == null || !started.isAlive()) {
            throw new IllegalStateException(this + " is not running");
        }
        return started;
    }
}
