// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Servers with their data in one temporary directory. Closing it, or the end of this JVM, ends the processes, last
 * started first, and deletes the directory.
 *
 * <pre>{@code
 * try (Sandbox sandbox = Sandbox.open()) {
 *     PostgresServer postgres = sandbox.postgres().version(17).start();
 *     KafkaBroker broker = sandbox.broker().start();
 *     ConnectWorker worker = sandbox.worker(broker).plugin(sandbox.plugin()).start();
 *     worker.rest().createOrUpdate("shop", config);
 *     worker.rest().awaitRunning("shop", Duration.ofSeconds(30));
 * }
 * }</pre>
 */
public final class Sandbox implements AutoCloseable, Runnable {

    private final Distribution distribution;
    private final Path directory;
    private final Path logs;
    private final @Nullable Hosting hosting;
    private final Deque<Server> servers = new ArrayDeque<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private boolean keep;
    private boolean keepLogs;

    private Sandbox(Distribution distribution, Path directory, Path logs, @Nullable Hosting hosting) {
        this.distribution = distribution;
        this.directory = directory;
        this.logs = logs;
        this.hosting = hosting;
    }

    /** A sandbox whose logs go with it. */
    public static Sandbox open() {
        Distribution distribution = Distribution.find();
        return AtExit.start(() -> {
            Path directory = temporary();
            return new Sandbox(distribution, directory, directory.resolve("logs"), null);
        });
    }

    /** A sandbox whose logs go to a directory that stays. */
    public static Sandbox open(Path logs) {
        return open(logs, null);
    }

    /**
     * A sandbox whose logs go to a directory that stays.
     *
     * @param hosting where Postgres and the brokers run; null for processes of this machine
     */
    public static Sandbox open(Path logs, @Nullable Hosting hosting) {
        Distribution distribution = Distribution.find();
        return AtExit.start(() -> new Sandbox(distribution, temporary(), logs.toAbsolutePath(), hosting));
    }

    public Distribution distribution() {
        return distribution;
    }

    /** Where the data of its servers is. */
    public Path directory() {
        return directory;
    }

    /** Where the logs of its servers are. */
    public Path logs() {
        return logs;
    }

    public PostgresServer.Builder postgres() {
        return new PostgresServer.Builder(site("postgres"), hosting);
    }

    public KafkaBroker.Builder broker() {
        return new KafkaBroker.Builder(site("broker"), hosting);
    }

    public ConnectWorker.Builder worker(KafkaBroker broker) {
        return new ConnectWorker.Builder(site("worker"), broker.bootstrapServers());
    }

    /** One of the sample services. */
    public SampleService.Builder service(SampleService.Kind kind, KafkaBroker broker) {
        return new SampleService.Builder(site(kind.title()), kind, broker.bootstrapServers());
    }

    private Site site(String kind) {
        String name = next(kind);
        return new Site(distribution, directory.resolve(name), logs.resolve(name + ".log"), servers::push);
    }

    /** The plugin of this repository, unpacked for this sandbox. */
    public PluginDirectory plugin() {
        return PluginDirectory.unpack(distribution.pluginZip(), directory.resolve(next("plugin")));
    }

    /** Whether this JVM is ending, by Ctrl-C for example: servers fail then because they are being ended. */
    public static boolean isExiting() {
        return AtExit.hasBegun();
    }

    /**
     * Runs something at the end of this JVM, before the servers that run now are ended.
     *
     * @return what calls it off
     */
    public Runnable beforeExit(Runnable first) {
        AtExit.start(() -> first);
        return () -> AtExit.forget(first);
    }

    /** Leaves the directory, data and logs, when it closes; the processes end all the same. */
    public void keep() {
        keep = true;
    }

    /** Leaves the logs when it closes, and only them. */
    public void keepLogs() {
        keepLogs = true;
    }

    @Override
    public synchronized void close() {
        while (!servers.isEmpty()) {
            Server last = servers.pop();
            if (keep) {
                last.stop();
            } else {
                last.close();
            }
        }
        if (!keep && Files.isDirectory(directory)) {
            clear();
        }
        // Only now: an exit that comes meanwhile has to wait for this.
        AtExit.forget(this);
    }

    @Override
    public void run() {
        close();
    }

    private void clear() {
        try {
            if (keepLogs && Files.isDirectory(logs) && logs.startsWith(directory)) {
                DirectoryTree.clear(directory, logs);
            } else {
                DirectoryTree.delete(directory);
            }
        } catch (IOException e) {
            throw new SandboxException("cannot delete " + directory, e);
        }
    }

    private String next(String kind) {
        return kind + "-" + counts.merge(kind, 1, Integer::sum);
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("tributary-");
        } catch (IOException e) {
            throw new SandboxException("no temporary directory", e);
        }
    }
}
