// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.position.Lsn;
import dev.tributary.position.Position;
import dev.tributary.record.RecordLane;
import dev.tributary.record.Records;
import io.debezium.connector.AbstractSourceInfo;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.SourceInfo;
import io.debezium.data.Envelope;
import io.debezium.data.Envelope.Operation;
import io.debezium.pipeline.txmetadata.TransactionStructMaker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
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
 * <p>For use by the thread that streams; others may ask for {@link #isSettled}, and the lane takes care of what they send.
 */
final class StreamProgress implements RecordLane.Stamp {

    /** More records than any change has: how many there are is not known yet. */
    private static final int UNKNOWN = Integer.MAX_VALUE;

    /** The field that a logical message has, and no other record. */
    private static final String MESSAGE = "message";

    /** What begins the keys that Debezium counts the events of a transaction under, table by table. */
    private static final String COUNT = TransactionStructMaker.DEBEZIUM_TRANSACTION_KEY + "_"
            + TransactionStructMaker.DEBEZIUM_TRANSACTION_DATA_COLLECTION_ORDER_KEY + "_";

    /** What begins the keys that do not tell how far the stream has come, but how far a snapshot beside it has. */
    private static final List<String> OF_SNAPSHOTS =
            List.of(AbstractSourceInfo.SNAPSHOT_KEY, SourceInfo.LAST_SNAPSHOT_RECORD_KEY, "incremental_snapshot_");

    private final Optional<Position> resumed;
    private final boolean tombstones;
    private final Supplier<Map<String, String>> note;
    private Lsn completed;
    private Lsn open;
    private long ordinal;
    private volatile boolean inTransaction;
    private boolean skipping;

    /** How many of the open transaction's changes had been sent before. */
    private long sentBefore;

    private int recordsLeft;

    /** Whether some records of a change have been sent, and others have not. */
    private boolean amidChange;

    /** What Debezium had counted of the transaction when its last change was sent as a whole, under the keys of ours. */
    private Map<String, Object> counted = Map.of();

    /** Those of the stored offset: they count until something has been sent. */
    private Map<String, Object> storedCounts = Map.of();

    private volatile @Nullable Map<String, ?> lastSent;

    /**
     * @param resumed the position of the stored offset; empty when there is none
     * @param tombstones whether each delete is followed by a tombstone
     * @param note what each offset has to say beside where the stream is
     */
    StreamProgress(Optional<Position> resumed, boolean tombstones, Supplier<Map<String, String>> note) {
        this.resumed = resumed;
        this.tombstones = tombstones;
        this.note = note;
        this.completed = resumed.map(Position::completed).orElse(new Lsn(0));
        this.open = completed;
    }

    /** A transaction begins; true when it had been sent in whole before. */
    boolean begin(long commitLsn) {
        open = new Lsn(commitLsn);
        ordinal = 0;
        recordsLeft = 0;
        amidChange = false;
        inTransaction = true;
        skipping = resumed.map(position -> position.covers(open)).orElse(false);
        sentBefore = resumed.map(position -> position.sentOf(open)).orElse(0L);
        return skipping;
    }

    /** A change arrives; true when it had been sent before. */
    boolean change() {
        amidChange = false;
        if (inTransaction) {
            ordinal++;
            recordsLeft = UNKNOWN;
        }
        return skipping || (inTransaction && ordinal <= sentBefore);
    }

    /** The transaction is complete; true when it had been sent in whole before. */
    boolean commit(long endLsn) {
        amidChange = false;
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
        recordOfChange();
        return sentSoFar();
    }

    private void recordOfChange() {
        recordsLeft--;
        amidChange = recordsLeft > 0;
    }

    @Override
    public boolean isWhole() {
        return !amidChange;
    }

    private long sentSoFar() {
        return recordsLeft > 0 ? ordinal - 1 : ordinal;
    }

    @Override
    public void sending(Map<String, ?> offset) {
        lastSent = offset;
    }

    @Override
    public SourceRecord stamp(SourceRecord record) {
        Map<String, Object> offset = new HashMap<>(record.sourceOffset());
        if (inTransaction) {
            if (isOfTheStream(record)) {
                recordOfChange();
            }
            offset.put(Position.OPEN, open.value());
            offset.put(Position.ORDINAL, sentSoFar());
            countAsSent(offset);
        }
        offset.putAll(note.get());
        return Records.withOffset(offset, record);
    }

    /** What each offset has to say beside where the stream is, from now on. */
    Map<String, String> note() {
        return note.get();
    }

    /**
     * Goes on with the counts of a stored offset: the transaction that was open in it does not begin again, and its next
     * change may be interrupted once more.
     */
    void countedBefore(Map<String, ?> stored) {
        Map<String, Object> before = new HashMap<>();
        stored.forEach((key, value) -> {
            if (key.startsWith(Position.COUNTED)) {
                before.put(key, value);
            }
        });
        storedCounts = before;
        Map<String, Object> known = new HashMap<>(counts(stored));
        known.putAll(before);
        counted = known;
    }

    /** What Debezium has counted, under the keys of ours. */
    private static Map<String, Object> counts(Map<String, ?> offset) {
        Map<String, Object> counts = new HashMap<>();
        offset.forEach((key, value) -> {
            if (key.startsWith(COUNT)) {
                counts.put(Position.COUNTED + key.substring(COUNT.length()), value);
            }
        });
        return counts;
    }

    /** Events of a change that is not sent as a whole come again, and are not to be counted twice then. */
    private void countAsSent(Map<String, Object> offset) {
        Map<String, Object> counts = counts(offset);
        if (sentSoFar() == ordinal) {
            counted = counts;
        } else {
            counts.replaceAll((key, value) -> counted.getOrDefault(key, 0L));
            offset.putAll(counts);
        }
    }

    @Override
    public SourceRecord fromElsewhere(SourceRecord record) {
        if (record.sourcePartition().isEmpty()) {
            // A notification that Debezium sends without partition and offset.
            return record;
        }
        Map<String, Object> offset = behindLast(record.sourceOffset());
        offset.putAll(note.get());
        offset.keySet().removeIf(StreamProgress::isOfSnapshots);
        record.sourceOffset().forEach((key, value) -> {
            if (isOfSnapshots(key)) {
                offset.put(key, value);
            }
        });
        return Records.withOffset(offset, record);
    }

    /** The offset of a record that goes behind the one that was sent last, without what there is to note. */
    Map<String, Object> offsetBehindLast(PostgresOffsetContext first) {
        Map<String, Object> offset = behindLast(first.getOffset());
        offset.keySet().removeAll(note.get().keySet());
        return offset;
    }

    private Map<String, Object> behindLast(Map<String, ?> first) {
        Map<String, ?> last = lastSent;
        Map<String, Object> offset = new HashMap<>(last == null ? first : last);
        if (last == null) {
            resumed.ifPresent(position -> position.writeTo(offset));
            offset.putAll(storedCounts);
        }
        return offset;
    }

    private static boolean isOfSnapshots(String key) {
        return OF_SNAPSHOTS.stream().anyMatch(key::startsWith);
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
