// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.position.Lsn;
import dev.tributary.position.StoredOffset;
import dev.tributary.postgres.ConnectionTarget;
import dev.tributary.record.RecordLane;
import dev.tributary.row.CodecCompiler;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.connector.postgresql.spi.SlotCreationResult;
import io.debezium.snapshot.SnapshotterService;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a snapshot is taken with.
 *
 * @param config the connector's configuration
 * @param target the database
 * @param readers how many connections read: {@code snapshot.max.threads}
 * @param chunkBytes how large a chunk is, roughly: what each reader reads again after a crash, at most
 * @param snapshots the user's choice of queries and locks
 * @param connection for questions to the catalog
 * @param schema Debezium's schema of the captured tables
 * @param compiler compiles the codecs of rows
 * @param dispatch Debezium's dispatcher
 * @param lanes the way of records to Connect
 * @param streams whether the stream follows, from a slot
 * @param created the slot, if it was made just now; null if it was there
 * @param slotPosition from where on the slot has what was changed, if it was there
 * @param stored the offset to go on from
 * @param commitTimestamps whether records get the time of the snapshot as their timestamp: {@code record.timestamp}
 * @param refreshSchema reads the captured tables from the catalog
 */
public record SnapshotSetup(
        PostgresConnectorConfig config,
        ConnectionTarget target,
        int readers,
        long chunkBytes,
        SnapshotterService snapshots,
        PostgresConnection connection,
        PostgresSchema schema,
        CodecCompiler compiler,
        SnapshotDispatch dispatch,
        RecordLane.Opener lanes,
        boolean streams,
        @Nullable SlotCreationResult created,
        Optional<Lsn> slotPosition,
        Optional<StoredOffset> stored,
        boolean commitTimestamps,
        Runnable refreshSchema) {

    /**
     * What an unfinished snapshot has sent; empty if there is none, if there is no stream to learn from what was changed since, or if the slot does not have any more what came after it.
     * One that Debezium began has sent nothing that counts, but what was changed since has to be sent all the same.
     */
    Optional<SnapshotProgress> unfinished() {
        return stored.filter(offset -> streams && offset.isOfUnfinishedSnapshot())
                .filter(offset -> slotPosition.isPresent()
                        && offset.committed().isPresent()
                        && !slotPosition.get().isAfter(offset.committed().get()))
                .map(offset -> SnapshotProgress.parse(offset.values().get(SnapshotProgress.KEY))
                        .orElse(SnapshotProgress.NONE));
    }
}
