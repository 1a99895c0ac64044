// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.contest;

import dev.tributary.sandbox.ConnectWorker;
import dev.tributary.sandbox.KafkaBroker;
import dev.tributary.sandbox.PluginDirectory;
import dev.tributary.sandbox.PostgresServer;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxException;
import dev.tributary.sandbox.SchemaRegistry;
import dev.tributary.sandbox.Wait;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The servers that all contestants share, and the two plugins.
 *
 * @param sandbox the sandbox of the servers
 * @param postgres the database
 * @param broker the broker
 * @param ours the zip of this repository, unpacked
 * @param debezium Debezium's jars
 * @param registry a schema registry, if there is one
 */
public record Arena(
        Sandbox sandbox,
        PostgresServer postgres,
        KafkaBroker broker,
        PluginDirectory ours,
        PluginDirectory debezium,
        Optional<Registry> registry) {

    /** In an option, the URL of the registry, for converters that use Confluent's API. */
    static final String REGISTRY = "{schema registry}";

    /** In an option, the URL of the registry's own API. */
    static final String NATIVE_REGISTRY = "{schema registry, own API}";

    /**
     * A schema registry.
     *
     * @param server the registry
     * @param converter the converter that belongs to it
     */
    public record Registry(SchemaRegistry server, PluginDirectory converter) {}

    /** Long enough that a worker can be frozen while the others have their turns. */
    private static final String FROZEN_MILLIS = "1700000";

    /**
     * Starts the servers.
     *
     * @param brokerSettings properties of the broker in addition to the sandbox's
     */
    public static Arena open(Sandbox sandbox, Map<String, String> brokerSettings) throws IOException {
        PluginDirectory ours = sandbox.plugin();
        PluginDirectory debezium = PluginDirectory.ofJars(
                DebeziumRelease.here().jars(sandbox.distribution().root()),
                sandbox.directory().resolve("debezium"));
        // Two times ten connectors stream while the second ten start.
        PostgresServer postgres = sandbox.postgres()
                .setting("max_wal_senders", "40")
                .setting("max_replication_slots", "40")
                .start();
        KafkaBroker.Builder broker = sandbox.broker().heap("1g");
        brokerSettings.forEach(broker::setting);
        return new Arena(sandbox, postgres, broker.start(), ours, debezium, Optional.empty());
    }

    /** The same with a schema registry. */
    public Arena withRegistry() {
        PluginDirectory converter = PluginDirectory.ofJars(
                sandbox.distribution().registryConverter(), sandbox.directory().resolve("registry-converter"));
        Registry started = new Registry(sandbox.schemaRegistry().start(), converter);
        return new Arena(sandbox, postgres, broker, ours, debezium, Optional.of(started));
    }

    /** Deletes all slots, whose readers have ended, so that they do not hold back WAL. */
    public void dropSlots() throws SQLException {
        boolean unused = Wait.until(Duration.ofSeconds(30), () -> slots("active") == 0);
        if (!unused) {
            throw new SandboxException("a slot is still being read");
        }
        postgres.execute(
                PostgresServer.DATABASE, "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots");
    }

    private long slots(String condition) {
        try (Connection connection = postgres.connect(PostgresServer.SUPERUSER, PostgresServer.DATABASE);
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT count(*) FROM pg_replication_slots WHERE " + condition)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new SandboxException("cannot read the slots", e);
        }
    }

    /** A configuration with the URLs of the registry. */
    Map<String, String> completed(Map<String, String> config) {
        Map<String, String> completed = new LinkedHashMap<>(config);
        registry.ifPresent(one -> completed.replaceAll(
                (option, value) -> value.replace(REGISTRY, one.server().url())
                        .replace(NATIVE_REGISTRY, one.server().nativeUrl())));
        return completed;
    }

    /** Starts a worker for one contestant, with only its plugin. It can be frozen, and read by JMX. */
    public ConnectWorker worker(Contestant contestant, String heap) {
        ConnectWorker.Builder worker = sandbox.worker(broker);
        if (contestant.isExactlyOnce()) {
            worker.property("exactly.once.source.support", "enabled");
        }
        if (contestant.watched()) {
            worker.property("rest.extension.classes", "dev.tributary.console.ConsoleExtension");
        }
        // Apicurio's converter does not list itself as a service.
        registry.ifPresent(one -> worker.plugin(one.converter()).property("plugin.discovery", "hybrid_warn"));
        return worker.plugin(contestant.isOurs() ? ours : debezium)
                .group(contestant.id())
                .heap(heap)
                .property("session.timeout.ms", FROZEN_MILLIS)
                .property("rebalance.timeout.ms", FROZEN_MILLIS)
                // Offsets are acknowledged before a connector stops, so that no connector reads a backlog twice.
                .property("offset.flush.interval.ms", "5000")
                .jmx()
                .start();
    }
}
