// SPDX-License-Identifier: Apache-2.0
package dev.tributary.record;

import dev.tributary.metrics.EventCounter;
import dev.tributary.metrics.EventStatus;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record that equals only itself, and that knows where it is counted once it is stored.
 *
 * <p>A worker with exactly-once keeps the records of a transaction in hash tables until it commits. Connect's own hash
 * code reads every field of the row, several times for each record, and two records of equal content count as one.
 */
public final class CapturedRecord extends SourceRecord {

    private final @Nullable EventCounter counter;
    private final long commitMillis;

    /**
     * @param counter counts the event; null if the record is not an event of a table, as a tombstone
     * @param commitMillis the commit time of its transaction; {@link EventStatus#NO_COMMIT} if it has none
     */
    public CapturedRecord(
            Map<String, ?> partition,
            Map<String, ?> offset,
            String topic,
            @Nullable Integer kafkaPartition,
            @Nullable Schema keySchema,
            @Nullable Object key,
            @Nullable Schema valueSchema,
            @Nullable Object value,
            @Nullable Long timestamp,
            @Nullable Iterable<Header> headers,
            @Nullable EventCounter counter,
            long commitMillis) {
        super(partition, offset, topic, kafkaPartition, keySchema, key, valueSchema, value, timestamp, headers);
        this.counter = counter;
        this.commitMillis = commitMillis;
    }

    private CapturedRecord(
            SourceRecord copied,
            Map<String, ?> partition,
            Map<String, ?> offset,
            @Nullable EventCounter counter,
            long commitMillis) {
        this(
                partition,
                offset,
                copied.topic(),
                copied.kafkaPartition(),
                copied.keySchema(),
                copied.key(),
                copied.valueSchema(),
                copied.value(),
                copied.timestamp(),
                copied.headers(),
                counter,
                commitMillis);
    }

    /** Returns a copy of a record that is counted. */
    public static CapturedRecord counted(SourceRecord record, @Nullable EventCounter counter, long commitMillis) {
        return new CapturedRecord(record, record.sourcePartition(), record.sourceOffset(), counter, commitMillis);
    }

    /** Returns a copy of a record that is at another place of the source, and counted as before. */
    static CapturedRecord at(Map<String, ?> partition, Map<String, ?> offset, SourceRecord record) {
        return record instanceof CapturedRecord captured
                ? new CapturedRecord(record, partition, offset, captured.counter, captured.commitMillis)
                : new CapturedRecord(record, partition, offset, null, EventStatus.NO_COMMIT);
    }

    /** Counts the event; null if the record is not an event of a table. */
    public @Nullable EventCounter counter() {
        return counter;
    }

    /**
     * The commit time of its transaction in milliseconds since the epoch; {@link EventStatus#NO_COMMIT} without one.
     */
    public long commitMillis() {
        return commitMillis;
    }

    /** Whether it has a commit time: it is a change, and no row that was read. */
    public boolean hasCommitTime() {
        return commitMillis != EventStatus.NO_COMMIT;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
