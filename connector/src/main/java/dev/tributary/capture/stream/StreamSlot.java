// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.position.Lsn;
import io.debezium.DebeziumException;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.connector.postgresql.connection.ReplicationConnection;
import io.debezium.connector.postgresql.spi.SlotCreationResult;
import io.debezium.connector.postgresql.spi.SlotState;
import io.debezium.jdbc.JdbcConnection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The replication slot of a run: found on the server, or created before the snapshot so that no change between snapshot
 * and stream is missed.
 *
 * @param connection Debezium's connection to the slot; null if this run does not stream
 * @param found the slot as it was found; null if there was none
 * @param created the server's answer to the creation of the slot; null if it existed, or is not needed
 */
public record StreamSlot(
        @Nullable ReplicationConnection connection,
        @Nullable SlotState found,
        @Nullable SlotCreationResult created) {

    /** Opens a connection to a slot. It connects when it is first used. */
    @FunctionalInterface
    public interface ConnectionOpener {
        ReplicationConnection open() throws SQLException;
    }

    /**
     * Looks the slot up, and creates it if this run streams and there is none.
     *
     * @param settings SQL that the session which creates the slot runs first
     */
    public static StreamSlot open(
            PostgresConnectorConfig config,
            PostgresConnection catalog,
            boolean streams,
            ConnectionOpener opener,
            String settings) {
        try {
            catalog.setAutoCommit(false);
            SlotState found = catalog.getReplicationSlotState(
                    config.slotName(), config.plugin().getPostgresPluginName());
            StreamSlot slot = streams ? create(opener.open(), found, settings) : new StreamSlot(null, found, null);
            catalog.commit();
            return slot;
        } catch (SQLException e) {
            throw new DebeziumException(
                    "Replication slot " + config.slotName() + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private static StreamSlot create(ReplicationConnection connection, @Nullable SlotState found, String settings)
            throws SQLException {
        if (found == null && connection instanceof JdbcConnection session) {
            // No timeout may end the session before the readers have imported the snapshot that it holds.
            session.connection(false);
            session.execute(settings);
        }
        SlotCreationResult created =
                found == null ? connection.createReplicationSlot().orElse(null) : null;
        return new StreamSlot(connection, found, created);
    }

    /** Whether this run streams from the slot. */
    public boolean streams() {
        return connection != null;
    }

    /** The position from which the slot has all changes, if it existed before this run. */
    public Optional<Lsn> position() {
        return found == null || found.slotLastFlushedLsn() == null
                ? Optional.empty()
                : Optional.of(new Lsn(found.slotLastFlushedLsn().asLong()));
    }
}
