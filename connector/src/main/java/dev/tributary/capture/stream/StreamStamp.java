// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.handover.RecordLane;
import dev.tributary.position.Position;
import dev.tributary.record.Records;
import io.debezium.connector.AbstractSourceInfo;
import io.debezium.connector.postgresql.SourceInfo;
import io.debezium.data.Envelope;
import io.debezium.data.Envelope.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Puts the exact position of the stream into the offsets of records that Debezium's parts make while it runs: events
 * and transaction metadata that go through Debezium's dispatcher, heartbeats, notifications, rows of ad hoc snapshots.
 *
 * <p>{@link #stamp} and {@link #expect} are for the thread that streams; the lane calls {@link #fromElsewhere} on any
 * thread.
 */
final class StreamStamp implements RecordLane.Stamp {

    /** More records than a change can have: the number is not known yet. */
    private static final int UNKNOWN = Integer.MAX_VALUE;

    /** A field that only logical decoding messages have. */
    private static final String MESSAGE = "message";

    /** How the keys begin that describe a snapshot running alongside the stream, and not the position of the stream. */
    private static final List<String> SNAPSHOT_KEYS =
            List.of(AbstractSourceInfo.SNAPSHOT_KEY, SourceInfo.LAST_SNAPSHOT_RECORD_KEY, "incremental_snapshot_");

    private final StreamProgress progress;
    private final TransactionCounts counts;
    private final Supplier<Map<String, String>> offsetEntries;
    private Step.@Nullable Send expected;
    private int recordsLeft;

    /** Whether this has sent some records of the expected change, and others have not been sent yet. */
    private boolean amidChange;

    /** @param offsetEntries entries to add to every offset, at the moment it is made */
    StreamStamp(StreamProgress progress, TransactionCounts counts, Supplier<Map<String, String>> offsetEntries) {
        this.progress = progress;
        this.counts = counts;
        this.offsetEntries = offsetEntries;
    }

    /**
     * Debezium's dispatcher is about to make the records of an event.
     *
     * @param records how many it will make: two for a delete with its tombstone
     * @param lastEvent whether it is the last event of the change
     */
    void expect(Step.Send change, int records, boolean lastEvent) {
        if (!change.equals(expected)) {
            expected = change;
            amidChange = false;
        }
        recordsLeft = lastEvent ? records : UNKNOWN;
    }

    @Override
    public RecordLane.Stamped stamp(SourceRecord record) {
        Map<String, Object> offset = new HashMap<>(record.sourceOffset());
        boolean joinsNext = false;
        Optional<Position> resuming = progress.resuming();
        if (resuming.isPresent()) {
            keepOpenTransaction(resuming.get(), offset);
        } else if (progress.isInTransaction()) {
            Step.Send change = expected;
            if (change != null && progress.isCurrent(change) && isOfChange(record)) {
                sent(change);
            }
            joinsNext = isAmidChange();
            progress.writeOpenTo(offset);
            counts.writeTo(offset, progress.isComplete());
        }
        offset.putAll(offsetEntries.get());
        return new RecordLane.Stamped(Records.withOffset(offset, record), joinsNext);
    }

    /** Debezium's offset does not say which changes of the open transaction were sent before the restart. */
    private void keepOpenTransaction(Position resumed, Map<String, Object> offset) {
        if (resumed.ordinal() > 0) {
            resumed.writeOpenTo(offset);
            offset.putAll(counts.stored());
        }
    }

    /** Whether the current change is sent in part: what is sent now must leave together with the rest of it. */
    boolean isAmidChange() {
        return amidChange && progress.isCurrent(expected) && !progress.isComplete();
    }

    private void sent(Step.Send change) {
        recordsLeft--;
        amidChange = recordsLeft > 0;
        if (!amidChange) {
            progress.complete(change);
        }
    }

    /** Whether a record is of a change; others come in between: metadata, heartbeats, rows of incremental snapshots. */
    private static boolean isOfChange(SourceRecord record) {
        if (!(record.value() instanceof Struct value)) {
            return record.value() == null;
        }
        if (record.valueSchema().field(MESSAGE) != null) {
            return true;
        }
        return Envelope.isEnvelopeSchema(record.valueSchema())
                && !Operation.READ.code().equals(value.getString(Envelope.FieldName.OPERATION));
    }

    @Override
    public SourceRecord fromElsewhere(SourceRecord record, @Nullable Map<String, ?> last) {
        if (record.sourcePartition().isEmpty()) {
            // A notification that Debezium sends without partition and offset.
            return record;
        }
        Map<String, Object> offset = following(last, record.sourceOffset());
        offset.putAll(offsetEntries.get());
        offset.keySet().removeIf(StreamStamp::isOfSnapshot);
        record.sourceOffset().forEach((key, value) -> {
            if (isOfSnapshot(key)) {
                offset.put(key, value);
            }
        });
        return Records.withOffset(offset, record);
    }

    /**
     * The offset of a record that follows the one sent last, without the additional entries.
     *
     * @param last the offset of the record sent last; null before the first
     * @param first Debezium's offset, which counts until a record is sent
     */
    Map<String, Object> offsetAfter(@Nullable Map<String, ?> last, Map<String, ?> first) {
        Map<String, Object> offset = following(last, first);
        offset.keySet().removeAll(offsetEntries.get().keySet());
        return offset;
    }

    private Map<String, Object> following(@Nullable Map<String, ?> last, Map<String, ?> first) {
        Map<String, Object> offset = new HashMap<>(last == null ? first : last);
        if (last == null) {
            progress.resumed().ifPresent(position -> position.writeTo(offset));
            offset.putAll(counts.stored());
        }
        return offset;
    }

    private static boolean isOfSnapshot(String key) {
        return SNAPSHOT_KEYS.stream().anyMatch(key::startsWith);
    }
}
