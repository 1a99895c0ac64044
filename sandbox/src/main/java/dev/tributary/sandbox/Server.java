// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A server on loopback, in a process of its own or where a {@link Hosting} has it, which can be ended in every way a real one ends and started again
 * on the same data and port. It never outlives this JVM. Not for use by two threads at once.
 */
public abstract sealed class Server implements AutoCloseable
        permits PostgresServer, KafkaBroker, ConnectWorker, SampleService {

    private final Path log;
    private final @Nullable HostedServer hosted;
    private @Nullable ServerProcess process;

    Server(Path log) {
        this(log, null);
    }

    /** @param hosted where it runs; null for a process of this machine */
    Server(Path log, @Nullable HostedServer hosted) {
        this.log = log;
        this.hosted = hosted;
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
        if (hosted == null) {
            process = ServerProcess.start(launch());
            return;
        }
        hosted.start();
        Launch launch = launch();
        if (!Patience.until(launch.patience(), launch::isReady)) {
            throw new SandboxException(
                    this + " does not serve after " + launch.patience().toSeconds() + " s; read " + log);
        }
    }

    /** Stops it in order, as an administrator does; one that hangs is killed after 30 seconds. Stopped is fine. */
    public void stop() {
        ServerProcess running = process;
        if (hosted != null) {
            hosted.stop();
        } else if (running != null) {
            running.stop();
        }
    }

    /** SIGKILL, with its children: a crash. Returns when they are gone. */
    public void kill() {
        if (hosted != null) {
            hosted.kill();
        } else {
            running().kill();
        }
    }

    /** SIGSTOP, to its children, too: it stays connected and answers nothing until {@link #resume()}. */
    public void pause() {
        if (hosted != null) {
            hosted.pause();
        } else {
            running().signalAll("STOP");
        }
    }

    /** SIGCONT. */
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

    /** The process id; the server has to run, as a process of this machine. */
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
        if (hosted != null) {
            hosted.remove();
        } else if (started != null) {
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
