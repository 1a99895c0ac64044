// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import io.debezium.connector.postgresql.PostgresValueConverter;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.jdbc.DefaultMainConnectionProvidingConnectionFactory;
import io.debezium.jdbc.MainConnectionProvidingConnectionFactory;
import java.nio.charset.Charset;

/**
 * Debezium's connections to the database, and the value converters that depend on what the database says about itself.
 *
 * @param factory opens further connections
 * @param main for the snapshot and for catalog queries at the start
 * @param lookups in autocommit, for look-ups outside a snapshot
 * @param values the converters of values
 */
record Connections(
        MainConnectionProvidingConnectionFactory<PostgresConnection> factory,
        PostgresConnection main,
        PostgresConnection lookups,
        PostgresValueConverter values) {

    /** Connects, and adds each connection to the parts that the run must close. */
    static Connections open(CaptureConfig config, OpenParts open) {
        Charset charset = databaseCharset(config);
        TypeCatalog types = TypeCatalog.read(config.getJdbcConfig(), open);
        MainConnectionProvidingConnectionFactory<PostgresConnection> factory =
                new DefaultMainConnectionProvidingConnectionFactory<>(() -> new CaptureConnection(
                        config.getJdbcConfig(), types, registry -> config.values(charset, registry)));
        return new Connections(
                factory,
                open.add(factory.mainConnection()),
                open.add(new CaptureConnection(
                        config.jdbcConfigForStream(), types, registry -> config.values(charset, registry))),
                config.values(charset, types));
    }

    private static Charset databaseCharset(CaptureConfig config) {
        try (PostgresConnection first =
                new PostgresConnection(config.getJdbcConfig(), PostgresConnection.CONNECTION_GENERAL)) {
            return first.getDatabaseCharset();
        }
    }
}
