// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.connector.postgresql.PostgresSignalBasedIncrementalSnapshotChangeEventSource;
import io.debezium.pipeline.notification.NotificationService;
import io.debezium.pipeline.source.snapshot.incremental.IncrementalSnapshotContext;
import io.debezium.pipeline.source.spi.DataChangeEventListener;
import io.debezium.pipeline.source.spi.SnapshotProgressListener;
import io.debezium.pipeline.spi.OffsetContext;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.debezium.util.Clock;
import java.sql.SQLException;

/**
 * Debezium's incremental snapshots that write watermarks to the signal table, with its errors corrected.
 *
 * <p>Debezium skips a table that it cannot read, but waits for the end of a chunk that it did not begin, so the next
 * table and every later signal wait as well. Rows of the skipped table stay in the window, and would be sent as rows of
 * the next one. A row that cannot be sent is forgotten.
 */
final class WatermarkSnapshots extends PostgresSignalBasedIncrementalSnapshotChangeEventSource {

    private final CaptureErrorHandler errors;
    private boolean isChunkRead;

    WatermarkSnapshots(
            DebeziumSourceParts parts,
            SnapshotProgressListener<PostgresPartition> progress,
            DataChangeEventListener<PostgresPartition> events,
            NotificationService<PostgresPartition, ? extends OffsetContext> notifications) {
        super(
                parts.config(),
                parts.connections().mainConnection(),
                parts.dispatcher(),
                parts.schema(),
                Clock.system(),
                progress,
                events,
                notifications);
        this.errors = parts.errors();
    }

    /** Each table that cannot be read is skipped, so this ends. */
    @Override
    protected void readChunk(PostgresPartition partition, OffsetContext offset) throws InterruptedException {
        do {
            isChunkRead = false;
            super.readChunk(partition, offset);
        } while (!isChunkRead && context.snapshotRunning() && !context.isSnapshotPaused());
    }

    @Override
    protected void emitWindowClose(PostgresPartition partition, OffsetContext offset) throws Exception {
        super.emitWindowClose(partition, offset);
        isChunkRead = true;
    }

    @Override
    protected void preReadChunk(IncrementalSnapshotContext<TableId> reading) {
        super.preReadChunk(reading);
        window.clear();
    }

    /** A table begins, perhaps after one that could not be read to its end. */
    @Override
    protected Table refreshTableSchema(Table table) throws SQLException {
        window.clear();
        return super.refreshTableSchema(table);
    }

    /** Ends capturing if a row cannot be sent and the options do not say to leave it out. */
    @Override
    protected void sendWindowEvents(PostgresPartition partition, OffsetContext offset) throws InterruptedException {
        try {
            super.sendWindowEvents(partition, offset);
        } catch (RuntimeException e) {
            errors.setProducerThrowable(e);
            throw e;
        }
    }
}
