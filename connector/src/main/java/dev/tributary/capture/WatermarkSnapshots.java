// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.capture.stream.CaptureSchema;
import dev.tributary.position.StreamedSoFar;
import io.debezium.DebeziumException;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.connector.postgresql.PostgresSignalBasedIncrementalSnapshotChangeEventSource;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.pipeline.notification.NotificationService;
import io.debezium.pipeline.source.snapshot.incremental.IncrementalSnapshotContext;
import io.debezium.pipeline.source.spi.DataChangeEventListener;
import io.debezium.pipeline.source.spi.SnapshotProgressListener;
import io.debezium.pipeline.spi.OffsetContext;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.debezium.util.Clock;
import java.sql.SQLException;
import java.util.List;

/**
 * Debezium's incremental snapshots that write watermarks to the signal table, with its errors corrected.
 *
 * <p>Debezium skips a table that it cannot read, but waits for the end of a chunk that it did not begin, so the next
 * table and every later signal wait as well. Rows of the skipped table stay in the window, and would be sent as rows of
 * the next one. A row that cannot be sent is forgotten.
 *
 * <p>In Debezium, only changes between the watermarks remove rows from the window. A transaction that is sent before
 * the first watermark, and becomes visible after the chunk was read, leaves a row that goes back in time. Here each
 * chunk is read at a {@link ChunkMoment}, and every change that is streamed after it removes its row: the row is as old
 * as the change, or older, or a newer change follows. A TRUNCATE cannot come in between: the transaction that reads the
 * chunk writes the second watermark, and keeps its lock until then.
 */
final class WatermarkSnapshots extends PostgresSignalBasedIncrementalSnapshotChangeEventSource
        implements ChunkedSource {

    private final CaptureErrorHandler errors;
    private final CaptureSchema schema;
    private final PostgresConnection connection;
    private final ChunkMoment moment;
    private boolean isPostponed;
    private boolean isChunkRead;

    WatermarkSnapshots(
            DebeziumSourceParts parts,
            StreamedSoFar streamed,
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
        this.schema = parts.schema();
        this.connection = parts.connections().mainConnection();
        this.moment = new ChunkMoment(connection, parts.errors(), streamed);
    }

    @Override
    public ChunkMoment moment() {
        return moment;
    }

    /** Each table that cannot be read is skipped, so this ends. */
    @Override
    protected void readChunk(PostgresPartition partition, OffsetContext offset) throws InterruptedException {
        do {
            isPostponed = isUnderWay() && !moment.hasCome();
            if (isPostponed) {
                return;
            }
            isChunkRead = false;
            if (isUnderWay()) {
                moment.read(() -> super.readChunk(partition, offset));
            } else {
                super.readChunk(partition, offset);
            }
            if (isChunkRead && isUnderWay()) {
                // Changes take rows from the window from now on, not only after the first watermark.
                context.openWindow(context.currentChunkId());
            }
        } while (!isChunkRead && isUnderWay());
    }

    private boolean isUnderWay() {
        return context.snapshotRunning() && !context.isSnapshotPaused();
    }

    @Override
    public void processTransactionCommittedEvent(PostgresPartition partition, OffsetContext offset)
            throws InterruptedException {
        readPostponed(partition, offset);
    }

    @Override
    public void processHeartbeat(PostgresPartition partition, OffsetContext offset) throws InterruptedException {
        readPostponed(partition, offset);
    }

    private void readPostponed(PostgresPartition partition, OffsetContext offset) throws InterruptedException {
        if (isPostponed) {
            readChunk(partition, offset);
        }
    }

    @Override
    protected void emitWindowClose(PostgresPartition partition, OffsetContext offset) throws Exception {
        super.emitWindowClose(partition, offset);
        isChunkRead = true;
    }

    /** Columns may have got other names since the last chunk: Debezium only notices that a name is new. */
    @Override
    protected void preReadChunk(IncrementalSnapshotContext<TableId> reading) {
        super.preReadChunk(reading);
        window.clear();
        TableId table = reading.currentDataCollectionId().getId();
        try {
            schema.assertHidden(connection, List.of(table));
        } catch (SQLException e) {
            throw new DebeziumException("Cannot look up the columns of " + table, e);
        }
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
