// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.demo;

import dev.tributary.sampledb.ShopDatabase;
import dev.tributary.sandbox.ConnectWorker;
import dev.tributary.sandbox.KafkaBroker;
import dev.tributary.sandbox.PluginDirectory;
import dev.tributary.sandbox.PostgresServer;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxException;
import dev.tributary.sandbox.SchemaRegistry;
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
 * The servers of the demo.
 *
 * @param postgres the database server, with the shop
 * @param broker the broker that the worker publishes to
 * @param worker the worker, with the plugin
 * @param registry the schema registry, if the change events are in Avro
 */
record DemoServers(
        PostgresServer postgres, KafkaBroker broker, ConnectWorker worker, Optional<SchemaRegistry> registry) {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    static DemoServers start(Sandbox sandbox, DemoOptions options, Steps steps) throws Exception {
        // First, so that a missing plugin fails before any server has started.
        PluginDirectory plugin = sandbox.plugin();
        PostgresServer postgres = steps.take(
                () -> sandbox.postgres().version(options.postgres()).start(),
                server -> "Postgres " + exactVersion(server) + " on 127.0.0.1:" + server.port());
        steps.take(
                () -> loadShop(postgres),
                tables -> "Database " + DemoConnector.DATABASE + " with " + tables + " tables");
        KafkaBroker broker = steps.take(() -> sandbox.broker().start(), KafkaBroker::toString);
        Optional<SchemaRegistry> registry = options.avro()
                ? Optional.of(steps.take(() -> sandbox.schemaRegistry().start(), SchemaRegistry::toString))
                : Optional.empty();
        ConnectWorker worker = steps.take(
                () -> sandbox.worker(broker)
                        .plugin(plugin)
                        .property("exactly.once.source.support", "enabled")
                        .property("rest.extension.classes", "dev.tributary.console.ConsoleExtension")
                        .property("console.actions", "true")
                        .start(),
                ConnectWorker::toString);
        return new DemoServers(postgres, broker, worker, registry);
    }

    /** How many rows each table has. */
    Map<String, Long> rowCounts() throws SQLException {
        Map<String, Long> counts = new LinkedHashMap<>();
        try (Connection connection = postgres.connect(PostgresServer.SUPERUSER, DemoConnector.DATABASE);
                Statement statement = connection.createStatement()) {
            for (String table : ShopDatabase.TABLES) {
                try (ResultSet row = statement.executeQuery("SELECT count(*) FROM shop." + table)) {
                    row.next();
                    counts.put(table, row.getLong(1));
                }
            }
        }
        return counts;
    }

    void register() throws IOException {
        worker.rest().createOrUpdate(DemoConnector.NAME, DemoConnector.config(postgres, registry));
    }

    /** Throws if a connector has failed or does not start to run. */
    void requireRunning(String connector) {
        try {
            worker.rest().awaitRunning(connector, TIMEOUT);
        } catch (SandboxException e) {
            throw new SandboxException(e.getMessage() + "; read " + worker.logFile(), e);
        }
    }

    private static int loadShop(PostgresServer postgres) throws SQLException {
        postgres.execute(PostgresServer.DATABASE, "CREATE DATABASE " + DemoConnector.DATABASE);
        try (Connection connection = postgres.connect(PostgresServer.SUPERUSER, DemoConnector.DATABASE)) {
            ShopDatabase.create(connection);
        }
        return ShopDatabase.TABLES.size();
    }

    private static String exactVersion(PostgresServer postgres) {
        try (Connection connection = postgres.connect(PostgresServer.SUPERUSER, PostgresServer.DATABASE)) {
            return connection.getMetaData().getDatabaseProductVersion();
        } catch (SQLException e) {
            throw new SandboxException("cannot read the version of Postgres; read " + postgres.logFile(), e);
        }
    }
}
