// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import dev.tributary.sandbox.ConnectRest;
import dev.tributary.sandbox.ConnectWorker;
import dev.tributary.sandbox.Hosting;
import dev.tributary.sandbox.KafkaBroker;
import dev.tributary.sandbox.PluginDirectory;
import dev.tributary.sandbox.PostgresServer;
import dev.tributary.sandbox.Sandbox;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The servers that most tests share: a broker, a worker with the plugin zip, and a Postgres of each version that a test
 * asks for. They start on first use and end with the JVM. Each test has its own database, so that tests cannot affect
 * each other.
 */
final class Servers {

    /** In a server that runs for a minute the second compiler costs more time than it saves. */
    private static final List<String> JVM = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final Map<Integer, PostgresServer> POSTGRES = new ConcurrentHashMap<>();
    private static @Nullable Servers shared;

    private final Sandbox sandbox = Sandbox.open(Path.of("target", "it-logs"), hosting());
    private final KafkaBroker broker = newBroker().start();
    private final PluginDirectory plugin = sandbox.plugin();
    private final ConnectWorker worker;

    private Servers() {
        worker = newWorker(broker)
                .property("offset.flush.interval.ms", "1000")
                .property("config.providers", "file")
                .property("config.providers.file.class", "org.apache.kafka.common.config.provider.FileConfigProvider")
                .jmx()
                .start();
    }

    /** Null for processes of this machine; containers in the profile {@code containers}. */
    private static @Nullable Hosting hosting() {
        return Boolean.getBoolean("containers") ? new Containers() : null;
    }

    static synchronized Servers shared() {
        Servers servers = shared;
        if (servers == null) {
            servers = new Servers();
            shared = servers;
        }
        return servers;
    }

    Sandbox sandbox() {
        return sandbox;
    }

    KafkaBroker broker() {
        return broker;
    }

    ConnectWorker worker() {
        return worker;
    }

    ConnectRest rest() {
        return worker.rest();
    }

    PluginDirectory plugin() {
        return plugin;
    }

    /** A broker for one test, to be started. */
    KafkaBroker.Builder newBroker() {
        KafkaBroker.Builder builder =
                sandbox.broker().setting("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        JVM.forEach(builder::jvmArgument);
        return builder;
    }

    /** A worker with the plugin, to be started. */
    ConnectWorker.Builder newWorker(KafkaBroker kafka) {
        ConnectWorker.Builder builder = sandbox.worker(kafka).plugin(plugin);
        JVM.forEach(builder::jvmArgument);
        return builder;
    }

    /** A worker for one test, in its own group, to be started. */
    ConnectWorker.Builder worker(String group) {
        return newWorker(broker)
                .group(group)
                .property("offset.flush.interval.ms", "1000")
                .property("session.timeout.ms", "6000")
                .property("heartbeat.interval.ms", "1000")
                // A worker that starts after a crash waits until the open transactions of its predecessor time out.
                .property("producer.transaction.timeout.ms", "20000");
    }

    /** The shared server of the newest version. */
    PostgresServer postgres() {
        return postgres(18);
    }

    /** The shared server of a version. */
    PostgresServer postgres(int version) {
        return POSTGRES.computeIfAbsent(
                version,
                v -> newPostgres()
                        .version(v)
                        .setting("track_commit_timestamp", "on")
                        .start());
    }

    /**
     * A server for one test, to be started. It takes no checkpoint and does not autovacuum unless the test asks for it.
     */
    PostgresServer.Builder newPostgres() {
        return sandbox.postgres()
                .withoutFsync()
                .setting("checkpoint_timeout", "1d")
                .setting("max_wal_size", "4GB")
                .setting("autovacuum", "off");
    }

    /** A fresh, empty database on the shared server of the newest version. */
    TestDatabase database() throws SQLException {
        return database(postgres());
    }

    /** A fresh, empty database. */
    static TestDatabase database(PostgresServer server) throws SQLException {
        String name = "test_" + DATABASES.incrementAndGet();
        server.execute(PostgresServer.DATABASE, "CREATE DATABASE " + name);
        return new TestDatabase(server, name);
    }
}
