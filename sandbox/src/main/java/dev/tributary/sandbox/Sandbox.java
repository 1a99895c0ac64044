// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import dev.tributary.sandbox.link.Link;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Servers and their data in a temporary directory. When the sandbox closes or this JVM ends, the processes end, the
 * last one started first, and the directory is deleted.
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
    private final Deque<Runnable> surroundings = new ArrayDeque<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private boolean keep;
    private boolean keepLogs;

    private Sandbox(Distribution distribution, Path directory, Path logs, @Nullable Hosting hosting) {
        this.distribution = distribution;
        this.directory = directory;
        this.logs = logs;
        this.hosting = hosting;
    }

    /** A sandbox that deletes its logs when it closes. */
    public static Sandbox open() {
        Distribution distribution = Distribution.find();
        return AtExit.start(() -> {
            Path directory = temporary();
            return new Sandbox(distribution, directory, directory.resolve("logs"), null);
        });
    }

    /** A sandbox that keeps its logs in a directory. */
    public static Sandbox open(Path logs) {
        return open(logs, null);
    }

    /**
     * A sandbox that keeps its logs in a directory.
     *
     * @param hosting creates Postgres and the brokers; null for processes of this machine
     */
    public static Sandbox open(Path logs, @Nullable Hosting hosting) {
        Distribution distribution = Distribution.find();
        return AtExit.start(() -> new Sandbox(distribution, temporary(), logs.toAbsolutePath(), hosting));
    }

    public Distribution distribution() {
        return distribution;
    }

    /** The directory for the data of the servers. */
    public Path directory() {
        return directory;
    }

    /** The directory for the logs of the servers. */
    public Path logs() {
        return logs;
    }

    public PostgresServer.Builder postgres() {
        return new PostgresServer.Builder(site("postgres"), hosting);
    }

    /** A primary with two standbys, as processes of this machine. */
    public ReplicatedPostgresBuilder replicatedPostgres() {
        return new ReplicatedPostgresBuilder(() -> new PostgresServer.Builder(site("postgres"), null));
    }

    public KafkaBroker.Builder broker() {
        return new KafkaBroker.Builder(site("broker"), hosting);
    }

    public ConnectWorker.Builder worker(KafkaBroker broker) {
        return new ConnectWorker.Builder(site("worker"), broker.bootstrapServers());
    }

    /** A worker whose clients connect through the links for clients. Its internal topics have three replicas. */
    public ConnectWorker.Builder worker(KafkaCluster cluster) {
        return worker(cluster.bootstrapServers(), cluster.clientProperties()).replicationFactor(KafkaCluster.SIZE);
    }

    /**
     * A worker on any Kafka.
     *
     * @param clients properties of all its clients, such as those for a login
     */
    public ConnectWorker.Builder worker(String bootstrapServers, Map<String, String> clients) {
        return new ConnectWorker.Builder(site("worker"), bootstrapServers).clients(clients);
    }

    /** Three brokers, as processes of this machine. */
    public KafkaCluster.Builder kafkaCluster() {
        return new KafkaCluster.Builder(this);
    }

    /** A link to a port of 127.0.0.1, which closes with this sandbox. */
    public Link link(String name, int targetPort) {
        Link link = Link.to(name, targetPort);
        surroundings.push(link::close);
        return link;
    }

    /** A clock for servers of this sandbox, at the real time at first. */
    public ServerClock clock() {
        return new ServerClock(directory.resolve(next("clock")));
    }

    /**
     * A small file system, which closes with this sandbox.
     *
     * @throws SandboxException unless {@link SmallDisk#isAvailable()}
     */
    public SmallDisk smallDisk(long bytes) {
        SmallDisk disk = SmallDisk.mount(directory.resolve(next("disk")), bytes);
        surroundings.push(disk);
        return disk;
    }

    /**
     * A schema registry, to be started. Its build is the module {@code sandbox/registry}.
     *
     * @throws SandboxException if that is missing
     */
    public SchemaRegistry.Builder schemaRegistry() {
        return new SchemaRegistry.Builder(site("registry"));
    }

    /**
     * Runs statements of Flink SQL, the last of which is an {@code INSERT}, and returns when its job runs.
     *
     * @throws SandboxException if Flink, which the profile {@code flink} builds, is missing, or the job does not start
     */
    public FlinkJob flink(String statements) {
        return FlinkJob.start(site("flink"), statements);
    }

    /** One of the sample services. */
    public SampleService.Builder service(SampleService.Kind kind, KafkaBroker broker) {
        return new SampleService.Builder(site(kind.title()), kind, broker.bootstrapServers());
    }

    Site site(String kind) {
        String name = next(kind);
        return new Site(distribution, directory.resolve(name), newLog(name), servers::push);
    }

    /** A directory for logs can have those of an earlier run, which must not be taken for those of this one. */
    private Path newLog(String name) {
        Path log = logs.resolve(name + ".log");
        try {
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new SandboxException("cannot delete " + log, e);
        }
        return log;
    }

    /** The plugin of this repository, unpacked into this sandbox. */
    public PluginDirectory plugin() {
        return PluginDirectory.unpack(distribution.pluginZip(), directory.resolve(next("plugin")));
    }

    /** Whether this JVM is ending, for example after Ctrl-C. Servers then fail because they are shutting down. */
    public static boolean isExiting() {
        return AtExit.hasBegun();
    }

    /**
     * Runs an action when this JVM ends, before the servers that are running now end.
     *
     * @return cancels the action
     */
    public Runnable beforeExit(Runnable action) {
        AtExit.start(() -> action);
        return () -> AtExit.forget(action);
    }

    /** Keeps the directory with data and logs when the sandbox closes. The processes still end. */
    public void keep() {
        keep = true;
    }

    /** Keeps only the logs when the sandbox closes. */
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
        while (!surroundings.isEmpty()) {
            surroundings.pop().run();
        }
        if (!keep && Files.isDirectory(directory)) {
            clear();
        }
        // Last, because an exit in the meantime must wait until the servers have ended.
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
            throw new SandboxException("cannot create a temporary directory", e);
        }
    }
}
