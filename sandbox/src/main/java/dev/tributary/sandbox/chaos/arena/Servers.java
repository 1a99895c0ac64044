// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.arena;

import dev.tributary.sandbox.ConnectWorker;
import dev.tributary.sandbox.KafkaCluster;
import dev.tributary.sandbox.PluginDirectory;
import dev.tributary.sandbox.PostgresServer;
import dev.tributary.sandbox.ReplicatedPostgres;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxException;
import dev.tributary.sandbox.ServerClock;
import dev.tributary.sandbox.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The servers of a run: Postgres with two standbys, three brokers, two workers, and what bends their disks and clocks.
 */
final class Servers implements AutoCloseable {

    /** The second compiler costs more than it saves on a machine that runs eight servers. */
    private static final List<String> JVM = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final int WORKERS = 2;
    private static final long POSTGRES_DISK = 1_500L << 20;
    private static final long BROKER_DISK = 1_200L << 20;

    private final ReplicatedPostgres postgres;
    private final KafkaCluster kafka;
    private final List<ConnectWorker> workers;
    private final PostgresServer firstPrimary;
    private final Disks disks;
    private final List<Arena.Clocked> clocks;
    private volatile long written;

    private Servers(
            ReplicatedPostgres postgres,
            KafkaCluster kafka,
            List<ConnectWorker> workers,
            Disks disks,
            List<Arena.Clocked> clocks) {
        this.postgres = postgres;
        this.kafka = kafka;
        this.workers = workers;
        this.firstPrimary = postgres.primary();
        this.disks = disks;
        this.clocks = clocks;
    }

    private record Disks(
            @Nullable SmallDisk postgres, @Nullable SmallDisk broker) {}

    static Servers start(Sandbox sandbox, Profile profile, Mode mode, Path plugin) throws SQLException {
        List<Arena.Clocked> clocks = new ArrayList<>();
        Disks disks = disks(sandbox, profile);
        ReplicatedPostgres postgres = postgres(sandbox, disks);
        Optional<ServerClock> ofBroker = clock(sandbox, profile);
        KafkaCluster kafka = kafka(sandbox, profile, disks, ofBroker);
        ofBroker.ifPresent(clock -> clocks.add(new Arena.Clocked("broker 3", clock, null)));
        List<ConnectWorker> workers = new ArrayList<>();
        for (int number = 1; number <= WORKERS; number++) {
            Optional<ServerClock> ofWorker = number == WORKERS ? clock(sandbox, profile) : Optional.empty();
            ConnectWorker worker = worker(sandbox, kafka, profile, mode, plugin, ofWorker);
            workers.add(worker);
            String name = "worker " + number;
            ofWorker.ifPresent(clock -> clocks.add(new Arena.Clocked(name, clock, worker)));
        }
        return new Servers(postgres, kafka, List.copyOf(workers), disks, List.copyOf(clocks));
    }

    private static Disks disks(Sandbox sandbox, Profile profile) {
        if (profile == Profile.SMALL || !SmallDisk.isAvailable()) {
            return new Disks(null, null);
        }
        return new Disks(
                SmallDisk.mount(sandbox.directory().resolve("postgres-disk"), POSTGRES_DISK),
                SmallDisk.mount(sandbox.directory().resolve("broker-disk"), BROKER_DISK));
    }

    private static Optional<ServerClock> clock(Sandbox sandbox, Profile profile) {
        return profile == Profile.SMALL || !ServerClock.isAvailable() ? Optional.empty() : Optional.of(sandbox.clock());
    }

    private static ReplicatedPostgres postgres(Sandbox sandbox, Disks disks) throws SQLException {
        var builder = sandbox.replicatedPostgres()
                .withoutFsync()
                .database("shop")
                .passwordRoles(Arena.ROLE)
                .setting("max_wal_size", "512MB")
                .setting("checkpoint_timeout", "60s")
                .setting("shared_buffers", "64MB")
                .setting("max_connections", "60")
                .setting("wal_sender_timeout", "10s");
        if (disks.postgres() != null) {
            builder.dataDirectory(disks.postgres().directory().resolve("data"));
        }
        return builder.start();
    }

    private static KafkaCluster kafka(Sandbox sandbox, Profile profile, Disks disks, Optional<ServerClock> clock) {
        KafkaCluster.Builder builder = sandbox.kafkaCluster().heap(profile.brokerHeap());
        JVM.forEach(builder::jvmArgument);
        if (disks.broker() != null) {
            builder.dataDirectory(1, disks.broker().directory().resolve("data"));
        }
        clock.ifPresent(jumping -> builder.clock(3, jumping));
        return builder.start();
    }

    private static ConnectWorker worker(
            Sandbox sandbox, KafkaCluster kafka, Profile profile, Mode mode, Path plugin, Optional<ServerClock> clock) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("offset.flush.interval.ms", "500");
        properties.put("offset.flush.timeout.ms", "10000");
        properties.put("session.timeout.ms", "10000");
        properties.put("heartbeat.interval.ms", "2000");
        properties.put("scheduled.rebalance.max.delay.ms", "2000");
        properties.put("connector.client.config.override.policy", "All");
        if (mode == Mode.EXACTLY_ONCE) {
            properties.put("exactly.once.source.support", "enabled");
            properties.put("producer.transaction.timeout.ms", "20000");
        }
        ConnectWorker.Builder builder = sandbox.worker(kafka)
                .plugin(new PluginDirectory(plugin))
                .plugin(new PluginDirectory(debezium(sandbox, plugin)))
                .heap(profile.workerHeap())
                .jmx();
        properties.forEach(builder::property);
        JVM.forEach(builder::jvmArgument);
        clock.ifPresent(builder::clock);
        return builder.start();
    }

    /** Debezium's own plugin: the jars of ours, without our own. */
    private static Path debezium(Sandbox sandbox, Path plugin) {
        Path directory = sandbox.directory().resolve("debezium-plugin");
        if (!Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.walk(plugin)) {
                List<Path> jars = files.filter(file -> file.toString().endsWith(".jar"))
                        .filter(jar -> !jar.getFileName().toString().startsWith("tributary-"))
                        .toList();
                PluginDirectory.ofJars(jars, directory);
            } catch (IOException e) {
                throw new SandboxException("cannot read " + plugin, e);
            }
        }
        return directory;
    }

    ReplicatedPostgres postgres() {
        return postgres;
    }

    KafkaCluster kafka() {
        return kafka;
    }

    List<ConnectWorker> workers() {
        return workers;
    }

    PostgresServer firstPrimary() {
        return firstPrimary;
    }

    Optional<SmallDisk> postgresDisk() {
        return Optional.ofNullable(disks.postgres());
    }

    Optional<SmallDisk> brokerDisk() {
        return Optional.ofNullable(disks.broker());
    }

    List<Arena.Clocked> clocks() {
        return clocks;
    }

    /** The position up to which the primary has written WAL; the last known one if it does not answer. */
    long written() {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn")) {
            row.next();
            written = row.getLong(1);
        } catch (SQLException e) {
            // A server that is down writes nothing.
        }
        return written;
    }

    @Override
    public void close() {
        workers.forEach(ConnectWorker::close);
        kafka.close();
        postgres.close();
        for (SmallDisk disk : new SmallDisk[] {disks.postgres(), disks.broker()}) {
            if (disk != null) {
                disk.close();
            }
        }
    }
}
