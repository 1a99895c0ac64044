// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.capture.stream.BusySnapshots;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.pipeline.signal.SignalPayload;
import io.debezium.pipeline.signal.actions.snapshotting.SnapshotConfiguration;
import io.debezium.pipeline.source.snapshot.incremental.IncrementalSnapshotChangeEventSource;
import io.debezium.pipeline.spi.OffsetContext;
import io.debezium.spi.schema.DataCollectionId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Serialises the calls to an incremental snapshot. A signal from a file, from Kafka or from JMX makes the signal thread
 * read a chunk. A change that is streamed meanwhile must find all of the chunk's rows in the window, or an older row
 * would follow the change.
 */
final class SerialSnapshots<T extends DataCollectionId>
        implements IncrementalSnapshotChangeEventSource<PostgresPartition, T>, BusySnapshots {

    /** An action that can be interrupted while it waits. */
    @FunctionalInterface
    private interface Action {
        void run() throws InterruptedException;
    }

    private final IncrementalSnapshotChangeEventSource<PostgresPartition, T> source;

    /** Held during each call. */
    private final ReentrantLock turn = new ReentrantLock();

    private SerialSnapshots(IncrementalSnapshotChangeEventSource<PostgresPartition, T> source) {
        this.source = source;
    }

    /** @param source the snapshots to serialise */
    static <T extends DataCollectionId> SerialSnapshots<T> of(
            IncrementalSnapshotChangeEventSource<PostgresPartition, T> source) {
        return new SerialSnapshots<>(source);
    }

    @Override
    public boolean isBusy() {
        return turn.isLocked();
    }

    private void inTurn(Action action) throws InterruptedException {
        turn.lockInterruptibly();
        try {
            if (source instanceof ChunkedSource chunked) {
                chunked.moment().assertNotLost();
            }
            action.run();
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void closeWindow(PostgresPartition partition, String id, OffsetContext offset) throws InterruptedException {
        inTurn(() -> source.closeWindow(partition, id, offset));
    }

    @Override
    public void pauseSnapshot(PostgresPartition partition, OffsetContext offset) throws InterruptedException {
        inTurn(() -> source.pauseSnapshot(partition, offset));
    }

    @Override
    public void resumeSnapshot(PostgresPartition partition, OffsetContext offset) throws InterruptedException {
        inTurn(() -> source.resumeSnapshot(partition, offset));
    }

    @Override
    public void processMessage(
            PostgresPartition partition, DataCollectionId table, @Nullable Object key, OffsetContext offset)
            throws InterruptedException {
        inTurn(() -> source.processMessage(partition, table, key, offset));
    }

    @Override
    public void init(PostgresPartition partition, @Nullable OffsetContext offset) {
        turn.lock();
        try {
            source.init(partition, offset);
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void addDataCollectionNamesToSnapshot(
            SignalPayload<PostgresPartition> signal, SnapshotConfiguration configuration) throws InterruptedException {
        inTurn(() -> source.addDataCollectionNamesToSnapshot(signal, configuration));
    }

    /** Only records the request, which takes effect before the next chunk. */
    @Override
    public void requestStopSnapshot(
            PostgresPartition partition, OffsetContext offset, Map<String, Object> additional, List<String> tables) {
        turn.lock();
        try {
            source.requestStopSnapshot(partition, offset, additional, tables);
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void processHeartbeat(PostgresPartition partition, OffsetContext offset) throws InterruptedException {
        inTurn(() -> source.processHeartbeat(partition, offset));
    }

    @Override
    public void processFilteredEvent(PostgresPartition partition, OffsetContext offset) throws InterruptedException {
        inTurn(() -> source.processFilteredEvent(partition, offset));
    }

    @Override
    public void processTransactionStartedEvent(PostgresPartition partition, OffsetContext offset)
            throws InterruptedException {
        inTurn(() -> source.processTransactionStartedEvent(partition, offset));
    }

    @Override
    public void processTransactionCommittedEvent(PostgresPartition partition, OffsetContext offset)
            throws InterruptedException {
        inTurn(() -> source.processTransactionCommittedEvent(partition, offset));
    }

    @Override
    public void processSchemaChange(PostgresPartition partition, OffsetContext offset, DataCollectionId table)
            throws InterruptedException {
        inTurn(() -> source.processSchemaChange(partition, offset, table));
    }
}
