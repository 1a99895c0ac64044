// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.capture.stream.CaptureParts;
import dev.tributary.capture.stream.StreamSlot;
import dev.tributary.postgres.ConnectionTarget;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.snapshot.SnapshotterService;
import java.util.Optional;

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
 */
public record SnapshotSetup(
        CaptureParts parts,
        ConnectionTarget target,
        PostgresConnection connection,
        SnapshotterService snapshots,
        StreamSlot slot,
        int readers,
        long chunkBytes) {

    public PostgresConnectorConfig config() {
        return parts.config();
    }

    /**
     * What an unfinished snapshot has sent. Empty if there is no such snapshot, if no stream brings the changes made
     * since, or if the slot no longer has them. A snapshot that Debezium began has sent nothing that counts, but the
     * changes made since must be sent all the same.
     */
    Optional<SnapshotProgress> unfinished() {
        return parts.stored()
                .filter(offset -> slot.streams() && offset.isOfUnfinishedSnapshot())
                .filter(offset -> slot.position().isPresent()
                        && offset.committed().isPresent()
                        && !slot.position().get().isAfter(offset.committed().get()))
                .map(offset -> SnapshotProgress.parse(offset.values().get(SnapshotProgress.KEY))
                        .orElse(SnapshotProgress.NONE));
    }
}
