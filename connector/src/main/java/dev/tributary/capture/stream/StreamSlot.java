// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.position.Lsn;
import io.debezium.DebeziumException;
import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.connector.postgresql.connection.ReplicationConnection;
import io.debezium.connector.postgresql.spi.SlotCreationResult;
import io.debezium.connector.postgresql.spi.SlotState;
import io.debezium.spi.snapshot.Snapshotter;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The replication slot that changes come from: found on the server, or made before the snapshot so that no change
 * between snapshot and stream is missed.
 *
 * @param connection reads the slot; null when this run does not stream
 * @param found the slot as it was found; null when there was none
 * @param created what the server told of the slot it made; null when there was one, or none is needed
 */
record Slot(
        @Nullable ReplicationConnection connection,
        @Nullable SlotState found,
        @Nullable SlotCreationResult created) {

    /** From where on it has what was changed, if it was there before. */
    Optional<Lsn> position() {
        return found == null || found.slotLastFlushedLsn() == null
                ? Optional.empty()
                : Optional.of(new Lsn(found.slotLastFlushedLsn().asLong()));
    }

    static Slot open(
            CaptureConfig config, PostgresConnection metadata, PostgresSchema schema, Snapshotter snapshotter) {
        try {
            metadata.setAutoCommit(false);
            SlotState found = metadata.getReplicationSlotState(
                    config.slotName(), config.plugin().getPostgresPluginName());
            Slot slot = snapshotter.shouldStream()
                    ? stream(config.replicationConnection(metadata, schema), found)
                    : new Slot(null, found, null);
            metadata.commit();
            return slot;
        } catch (SQLException e) {
            throw new DebeziumException(
                    "Replication slot " + config.slotName() + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private static Slot stream(ReplicationConnection connection, @Nullable SlotState found) throws SQLException {
        SlotCreationResult created =
                found == null ? connection.createReplicationSlot().orElse(null) : null;
        return new Slot(connection, found, created);
    }
}
