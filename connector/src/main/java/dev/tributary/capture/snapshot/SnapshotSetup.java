// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.capture.stream.CaptureParts;
import dev.tributary.capture.stream.StreamSlot;
import dev.tributary.position.StoredOffset;
import dev.tributary.postgres.ConnectionTarget;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.snapshot.SnapshotterService;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.util.PSQLState;

/**
 * The parts that a snapshot works with.
 *
 * @param parts what every source of the task works with
 * @param target the database
 * @param connection for catalog queries
 * @param snapshots the user's choice of queries and locks
 * @param slot the slot that the stream reads after the snapshot
 * @param readers how many connections read: {@code snapshot.max.threads}
 * @param chunkBytes the size of a chunk, roughly: the most that each reader reads again after a crash
 * @param keptBytes how many bytes of a chunk a reader keeps until it has all of it, so that the chunk leaves in one
 *     Kafka transaction; 0 to send rows as they are read
 */
public record SnapshotSetup(
        CaptureParts parts,
        ConnectionTarget target,
        PostgresConnection connection,
        SnapshotterService snapshots,
        StreamSlot slot,
        int readers,
        long chunkBytes,
        long keptBytes) {

    public PostgresConnectorConfig config() {
        return parts.config();
    }

    /**
     * What an unfinished snapshot has sent. Empty if there is no such snapshot, or if no stream brings the changes made
     * since. A snapshot that Debezium began has sent nothing that counts, but the changes made since must be sent all
     * the same.
     *
     * @throws SQLException if the slot no longer has these changes; it did during the checks before the start
     */
    Optional<SnapshotProgress> unfinished() throws SQLException {
        Optional<StoredOffset> stored = parts.stored()
                .filter(offset -> slot.streams() && offset.isOfUnfinishedSnapshot())
                .filter(offset -> offset.committed().isPresent());
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        boolean isKept = slot.position()
                .filter(position -> !position.isAfter(
                        stored.flatMap(StoredOffset::committed).orElseThrow()))
                .isPresent();
        if (!isKept) {
            throw new SQLException(
                    "Replication slot " + config().slotName() + " has changed since the checks",
                    PSQLState.CONNECTION_FAILURE.getState());
        }
        return Optional.of(SnapshotProgress.parse(stored.get().values().get(SnapshotProgress.KEY))
                .orElse(SnapshotProgress.NONE));
    }
}
