// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.capture.stream.CaptureSchema;
import dev.tributary.position.Lsn;
import dev.tributary.position.StreamedSoFar;
import dev.tributary.postgres.EndOfWal;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.connector.postgresql.SourceInfo;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.connector.postgresql.connection.ReplicationMessage;
import io.debezium.pipeline.notification.NotificationService;
import io.debezium.pipeline.source.snapshot.incremental.AbstractIncrementalSnapshotChangeEventSource;
import io.debezium.pipeline.source.snapshot.incremental.IncrementalSnapshotContext;
import io.debezium.pipeline.source.spi.DataChangeEventListener;
import io.debezium.pipeline.source.spi.SnapshotProgressListener;
import io.debezium.pipeline.spi.OffsetContext;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.debezium.spi.schema.DataCollectionId;
import io.debezium.util.Clock;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Incremental snapshots that write nothing to the database: {@code read.only=true}.
 *
 * <p>The rows of a chunk wait in the window until the stream has reached the position at which the server's WAL ended
 * after they had been read. Each change that arrives meanwhile removes its row from the window: either the change is
 * newer than the row, or a newer change follows. A chunk is read only at a {@link ChunkMoment}; otherwise a row could
 * follow a change that it does not contain. So no row goes back in time, however far the stream lags behind. A TRUNCATE
 * removes all of them.
 *
 * <p>Debezium compares the transaction ids of the server's snapshots instead. It sends the rows as soon as a
 * transaction arrives that they may have seen, and changes between that transaction and the row arrive after the row.
 *
 * <p>To be used through {@link SerialSnapshots}, because chunks are read on more than one thread.
 */
final class ReadOnlySnapshots extends AbstractIncrementalSnapshotChangeEventSource<PostgresPartition, TableId>
        implements ChunkedSource {

    private final PostgresConnection connection;
    private final CaptureSchema schema;
    private final StreamedSoFar streamed;
    private final ChunkMoment moment;
    private @Nullable Lsn windowEnd;
    private boolean isPostponed;
    private boolean isChunkRead;
    private @Nullable Table tableRead;

    ReadOnlySnapshots(
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
        this.connection = parts.connections().mainConnection();
        this.schema = parts.schema();
        this.streamed = streamed;
        this.moment = new ChunkMoment(connection, parts.errors(), streamed);
    }

    @Override
    public ChunkMoment moment() {
        return moment;
    }

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
            // A table that cannot be read is skipped, and nothing else would begin with the next one.
        } while (!isChunkRead && isUnderWay());
    }

    private boolean isUnderWay() {
        return context.snapshotRunning() && !context.isSnapshotPaused();
    }

    /**
     * Reads the table as it is now; the stream may have restored the structure it had when an older change was made.
     */
    @Override
    protected void preReadChunk(IncrementalSnapshotContext<TableId> reading) {
        super.preReadChunk(reading);
        windowEnd = null;
        window.clear();
        TableId table = reading.currentDataCollectionId().getId();
        if (schema.tableFor(table) != null) {
            schema.refresh(connection, table);
        }
    }

    @Override
    protected Table refreshTableSchema(Table table) {
        window.clear();
        schema.refresh(connection, table.id());
        return schema.tableFor(table.id());
    }

    @Override
    protected void emitWindowOpen(PostgresPartition partition, OffsetContext offset) {}

    @Override
    protected void emitWindowClose(PostgresPartition partition, OffsetContext offset) throws SQLException {
        tableRead = currentTable();
        windowEnd = new Lsn(EndOfWal.read(connection.connection()));
        connection.commit();
        isChunkRead = true;
    }

    @Override
    public void processMessage(
            PostgresPartition partition, DataCollectionId table, @Nullable Object key, OffsetContext offset) {
        if (!window.isEmpty()) {
            if (key == null && isCurrent(table) && isTruncate(offset)) {
                // Rows that were written after it are streamed as inserts.
                window.clear();
            } else {
                deduplicateWindow(table, key);
            }
        }
    }

    private static boolean isTruncate(OffsetContext offset) {
        return ReplicationMessage.Operation.TRUNCATE
                .name()
                .equals(offset.getOffset().get(SourceInfo.MSG_TYPE_KEY));
    }

    private boolean isCurrent(DataCollectionId table) {
        return context.currentDataCollectionId() != null
                && context.currentDataCollectionId().getId().equals(table);
    }

    @Override
    public void processTransactionCommittedEvent(PostgresPartition partition, OffsetContext offset)
            throws InterruptedException {
        sendRowsIfDue(partition, offset);
    }

    @Override
    public void processHeartbeat(PostgresPartition partition, OffsetContext offset) throws InterruptedException {
        sendRowsIfDue(partition, offset);
    }

    private void sendRowsIfDue(PostgresPartition partition, OffsetContext offset) throws InterruptedException {
        if (isPostponed) {
            readChunk(partition, offset);
            return;
        }
        Lsn end = windowEnd;
        if (end == null || !streamed.isAtLeast(end)) {
            return;
        }
        windowEnd = null;
        if (context.snapshotRunning() && Objects.equals(tableRead, currentTable())) {
            sendWindowEvents(partition, offset);
        } else {
            context.revertChunk();
        }
        readChunk(partition, offset);
    }

    private @Nullable Table currentTable() {
        return context.currentDataCollectionId() == null
                ? null
                : schema.tableFor(context.currentDataCollectionId().getId());
    }
}
