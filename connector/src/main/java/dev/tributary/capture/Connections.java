// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.capture.stream.LookupConnection;
import io.debezium.DebeziumException;
import io.debezium.connector.postgresql.PostgresValueConverter;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.jdbc.DefaultMainConnectionProvidingConnectionFactory;
import io.debezium.jdbc.MainConnectionProvidingConnectionFactory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

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
        LookupConnection lookups,
        PostgresValueConverter values) {

    /** Connects, and adds each connection to the parts that the run must close. */
    static Connections open(CaptureConfig config, OpenParts open) {
        CaptureValues.Notation notation = notation(config);
        TypeCatalog types = TypeCatalog.read(config.getJdbcConfig(), open);
        MainConnectionProvidingConnectionFactory<PostgresConnection> factory =
                new DefaultMainConnectionProvidingConnectionFactory<>(() ->
                        new CaptureConnection(config.getJdbcConfig(), types, unused -> config.values(notation, types)));
        return new Connections(
                factory,
                open.add(factory.mainConnection()),
                open.add(new CaptureConnection(
                        config.jdbcConfigForStream(), types, unused -> config.values(notation, types))),
                config.values(notation, types));
    }

    private static CaptureValues.Notation notation(CaptureConfig config) {
        try (PostgresConnection first =
                new PostgresConnection(config.getJdbcConfig(), PostgresConnection.CONNECTION_GENERAL)) {
            return new CaptureValues.Notation(first.getDatabaseCharset(), moneyDigits(first));
        } catch (SQLException e) {
            throw new DebeziumException("The settings of the database cannot be read", e);
        }
    }

    /** In the locale of the database, instead of the one in which the connector reads. */
    private static int moneyDigits(PostgresConnection connection) throws SQLException {
        try (Statement statement = connection.connection().createStatement()) {
            statement.execute("RESET lc_monetary");
            try (ResultSet row =
                    statement.executeQuery("SELECT pg_catalog.scale(0::pg_catalog.money::pg_catalog.numeric)")) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
