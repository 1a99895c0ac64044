// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.position.Lsn;
import dev.tributary.position.Position;
import io.debezium.data.Envelope;
import io.debezium.data.Envelope.Operation;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Knows which changes of the stream have been sent, skips those that had been sent before, and puts the position into the
 * offset of each record.
 *
 * <p>A change counts as sent with its last record. So a crash between the records of one change, the delete and the create
 * of a changed key above all, brings all of them again.
 *
 * <p>For use by the thread that streams; another may ask for {@link #isSettled}.
 */
final class StreamProgress {

    /** More records than any change has: how many there are is not known yet. */
    private static final int UNKNOWN = Integer.MAX_VALUE;

    /** The field that a logical message has, and no other record. */
    private static final String MESSAGE = "message";

    private final Optional<Position> resumed;
    private final boolean tombstones;
    private Lsn completed;
    private Lsn open;
    private long ordinal;
    private volatile boolean inTransaction;
    private boolean skipping;

    /** How many of the open transaction's changes had been sent before. */
    private long sentBefore;

    private int recordsLeft;
    private volatile @Nullable Map<String, ?> lastSent;

    /**
     * @param resumed the position of the stored offset; empty when there is none
     * @param tombstones whether each delete is followed by a tombstone
     */
    StreamProgress(Optional<Position> resumed, boolean tombstones) {
        this.resumed = resumed;
        this.tombstones = tombstones;
        this.completed = resumed.map(Position::completed).orElse(new Lsn(0));
        this.open = completed;
    }

    /** A transaction begins; true when it had been sent in whole before. */
    boolean begin(long commitLsn) {
        open = new Lsn(commitLsn);
        ordinal = 0;
        inTransaction = true;
        skipping = resumed.map(position -> position.covers(open)).orElse(false);
        sentBefore = resumed.map(position -> position.sentOf(open)).orElse(0L);
        return skipping;
    }

    /** A change arrives; true when it had been sent before. */
    boolean change() {
        if (inTransaction) {
            ordinal++;
            recordsLeft = UNKNOWN;
        }
        return skipping || (inTransaction && ordinal <= sentBefore);
    }

    /** The transaction is complete; true when it had been sent in whole before. */
    boolean commit(long endLsn) {
        completed = new Lsn(endLsn);
        inTransaction = false;
        ordinal = 0;
        boolean skipped = skipping;
        skipping = false;
        return skipped;
    }

    boolean isInTransaction() {
        return inTransaction;
    }

    /**
     * An event of the change follows.
     *
     * @param last whether it is the last one; a delete with a tombstone is two records
     */
    void next(boolean last, Operation operation) {
        int records = operation == Operation.DELETE && tombstones ? 2 : 1;
        recordsLeft = last ? records : UNKNOWN;
    }

    boolean sendsTombstones() {
        return tombstones;
    }

    /** How many changes of the transaction will have been sent with the next record of the change. */
    long sentWithNext() {
        recordsLeft--;
        return sentSoFar();
    }

    private long sentSoFar() {
        return recordsLeft > 0 ? ordinal - 1 : ordinal;
    }

    /** A record is on its way. */
    void sending(Map<String, ?> offset) {
        lastSent = offset;
    }

    /** A record that Debezium made, with the position in its offset. */
    SourceRecord stamp(SourceRecord record) {
        Map<String, Object> offset = new HashMap<>(record.sourceOffset());
        if (inTransaction) {
            if (isOfTheStream(record)) {
                recordsLeft--;
            }
            offset.put(Position.OPEN, open.value());
            offset.put(Position.ORDINAL, sentSoFar());
        }
        sending(offset);
        return new SourceRecord(
                record.sourcePartition(),
                offset,
                record.topic(),
                record.kafkaPartition(),
                record.keySchema(),
                record.key(),
                record.valueSchema(),
                record.value(),
                record.timestamp(),
                record.headers());
    }

    /** Whether a record tells of a change; others come in between: metadata, heartbeats, rows of incremental snapshots. */
    private static boolean isOfTheStream(SourceRecord record) {
        if (!(record.value() instanceof Struct value)) {
            return record.value() == null;
        }
        if (record.valueSchema().field(MESSAGE) != null) {
            return true;
        }
        return Envelope.isEnvelopeSchema(record.valueSchema())
                && !Operation.READ.code().equals(value.getString(Envelope.FieldName.OPERATION));
    }

    /** Whether a stored offset is that of the last record that was sent, so that nothing is on its way. */
    boolean isSettled(@Nullable Map<String, ?> stored) {
        Map<String, ?> sent = lastSent;
        return sent == null || sent.equals(stored);
    }
}
