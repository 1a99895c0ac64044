// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.position.Lsn;
import dev.tributary.postgres.ConnectionTarget;
import dev.tributary.postgres.SessionSettings;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.connector.postgresql.spi.SlotCreationResult;
import io.debezium.jdbc.JdbcConfiguration;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of the database and its position in the WAL: a transaction is in the snapshot if and only if its commit
 * record is before the LSN. Only the creation of a slot provides both together.
 *
 * @param lsn the position
 * @param exported the name under which the snapshot can be imported until this is closed
 * @param holder the connection that holds snapshot and temporary slot; null if the connector's own slot was just
 *     created, whose connection holds the snapshot
 */
record ConsistentPoint(Lsn lsn, String exported, @Nullable PostgresConnection holder) implements AutoCloseable {

    /** Returns the point at which the connector's own slot was created. */
    static ConsistentPoint of(SlotCreationResult created) {
        return new ConsistentPoint(new Lsn(created.startLsn().asLong()), created.snapshotName(), null);
    }

    /**
     * Creates a temporary slot and returns its point. The server waits for running transactions, up to the configured
     * time.
     *
     * @throws SQLException that names the transaction that was still running after that time
     */
    static ConsistentPoint ofTemporarySlot(PostgresConnectorConfig config, ConnectionTarget target)
            throws SQLException {
        int timeoutSeconds = Math.toIntExact(config.createSlotCommandTimeout());
        PostgresConnection holder = new PostgresConnection(
                JdbcConfiguration.adapt(config.getJdbcConfig()
                        .edit()
                        .with("replication", "database")
                        .with("preferQueryMode", "simple")
                        .with(JdbcConfiguration.ON_CONNECT_STATEMENTS, SessionSettings.SQL)
                        .build()),
                "Tributary snapshot");
        String slot = "tributary_snapshot_" + UUID.randomUUID().toString().replace("-", "");
        try (Statement statement = holder.connection().createStatement()) {
            statement.setQueryTimeout(timeoutSeconds);
            create(statement, slot, config, target);
            try (ResultSet created = statement.getResultSet()) {
                created.next();
                return new ConsistentPoint(
                        Lsn.parse(created.getString("consistent_point")), created.getString("snapshot_name"), holder);
            }
        } catch (SQLException e) {
            holder.close();
            throw e;
        }
    }

    private static void create(
            Statement statement, String slot, PostgresConnectorConfig config, ConnectionTarget target)
            throws SQLException {
        try (SlotWait wait = SlotWait.of(target, config.getLogicalName(), slot, statement.getQueryTimeout())) {
            try {
                statement.execute("CREATE_REPLICATION_SLOT " + slot + " TEMPORARY LOGICAL pgoutput EXPORT_SNAPSHOT");
            } catch (SQLException e) {
                throw wait.explain(e);
            }
        }
    }

    /**
     * Exports the snapshot of a transaction, for runs that do not stream: they need no slot, and no exact position in
     * the WAL.
     */
    static ConsistentPoint ofTransaction(JdbcConfiguration jdbc) throws SQLException {
        PostgresConnection holder = new PostgresConnection(jdbc, "Tributary snapshot");
        try (Statement statement = holder.connection().createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            try (ResultSet exported = statement.executeQuery("SELECT pg_catalog.pg_export_snapshot()")) {
                exported.next();
                String name = exported.getString(1);
                return new ConsistentPoint(new Lsn(holder.currentXLogLocation()), name, holder);
            }
        } catch (SQLException e) {
            holder.close();
            throw e;
        }
    }

    /** Releases the snapshot; sessions that have imported it keep it. A temporary slot ends with its connection. */
    @Override
    public void close() {
        if (holder != null) {
            holder.close();
        }
    }
}
