// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.handover.RecordLane;
import dev.tributary.position.Position;
import dev.tributary.record.RecordTimestamps;
import dev.tributary.record.Records;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.connection.Lsn;
import io.debezium.connector.postgresql.spi.OffsetState;
import io.debezium.pipeline.txmetadata.TransactionContext;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Notices where transactions begin and end, and sends records that say so: {@code provide.transaction.metadata}.
 *
 * <p>Debezium's dispatcher makes these records if they are not in the default format, and while an incremental snapshot
 * is running, because their offsets then describe the snapshot as well. In any case the snapshots are notified.
 */
final class TransactionBoundaries {

    /** The bytes of a key and a value, and of each table in the value, roughly. */
    private static final long CONTENT_BYTES = 256;

    private static final long TABLE_BYTES = 128;

    private final StreamContext context;
    private final PostgresOffsetContext offset;
    private final ChangeDispatcher dispatcher;
    private final RecordTimestamps timestamps;
    private final boolean sendsRecords;
    private final RecordLane lane;
    private final InterleavedSource interleaved;

    /** Null if Debezium's dispatcher makes the records, or if there are none. */
    private final @Nullable BoundaryRecords records;

    /** @param sendsRecords {@code provide.transaction.metadata} */
    TransactionBoundaries(
            StreamContext context,
            CaptureParts parts,
            boolean sendsRecords,
            RecordLane lane,
            InterleavedSource interleaved) {
        this.context = context;
        this.offset = context.offset();
        this.dispatcher = parts.dispatcher();
        this.timestamps = parts.timestamps();
        this.sendsRecords = sendsRecords;
        this.lane = lane;
        this.interleaved = interleaved;
        this.records = dispatcher.boundaryRecords(context.partition()).orElse(null);
    }

    /** A transaction begins, and the offset is at its BEGIN message. */
    void begin(Transaction transaction) throws InterruptedException {
        if (!sendsRecords) {
            return;
        }
        TransactionContext counted = offset.getTransactionContext();
        context.counts().begin(counted, transaction.commitLsn());
        String id = Long.toString(transaction.id());
        BoundaryRecords direct = direct();
        if (direct == null) {
            dispatcher.dispatchTransactionStartedEvent(context.partition(), id, offset, transaction.commitTime());
            return;
        }
        // It is known if it was sent in part before the restart.
        if (!id.equals(counted.getTransactionId())) {
            counted.beginTransaction(id);
            send(direct, transaction, context.progress().openPosition());
        }
        dispatcher.begun(context.partition(), offset);
    }

    /**
     * A transaction is complete, and the offset is at its COMMIT message.
     *
     * @param transaction null if its BEGIN message is not known
     */
    void end(@Nullable Transaction transaction) throws InterruptedException {
        BoundaryRecords direct = direct();
        if (direct == null || transaction == null) {
            Instant time = transaction == null ? null : transaction.commitTime();
            dispatcher.dispatchTransactionCommittedEvent(context.partition(), offset, time);
            return;
        }
        TransactionContext counted = offset.getTransactionContext();
        if (counted.isTransactionInProgress()) {
            send(direct, transaction, null);
        }
        counted.endTransaction();
        dispatcher.ended(context.partition(), offset);
    }

    private @Nullable BoundaryRecords direct() {
        return dispatcher.isSnapshotRunning(offset) ? null : records;
    }

    /** @param open how much of the transaction was sent before; null at its end */
    private void send(BoundaryRecords direct, Transaction transaction, @Nullable Position open)
            throws InterruptedException {
        // A copy in the same order: Debezium lists the tables in it.
        Map<String, Long> counts =
                new LinkedHashMap<>(offset.getTransactionContext().getPerTableEventCount());
        OffsetState state = offset.asOffsetState();
        TransactionBoundary boundary = new TransactionBoundary(
                transaction,
                state.lastSeenLsn().asLong(),
                orNull(offset.lastCompletelyProcessedLsn()),
                orNull(offset.lastCommitLsn()),
                state.lastSeenXmin(),
                open,
                counts,
                interleaved.offsetEntries());
        long bytes = Records.OVERHEAD_BYTES + CONTENT_BYTES + counts.size() * TABLE_BYTES;
        lane.add(direct.record(boundary, timestamps.of(transaction.commitMillis())), bytes, false);
    }

    private static @Nullable Long orNull(@Nullable Lsn lsn) {
        return lsn == null ? null : lsn.asLong();
    }
}
