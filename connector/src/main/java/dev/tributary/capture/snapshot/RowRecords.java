// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.record.Envelopes;
import dev.tributary.row.RowCodec;
import dev.tributary.row.RowImage;
import io.debezium.data.Envelope.Operation;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes the records of a table's rows, equal to those that Debezium's dispatcher would make.
 *
 * @param partition the source partition
 * @param offset what the offsets of all rows have in common
 * @param topic the topic
 * @param values what becomes of a row
 * @param keys what becomes of its key; null when there is none
 * @param envelopes the envelopes
 * @param source the source blocks
 * @param timestamp the record timestamp; null where the producer is to choose it
 * @param headers headers that every record has: {@code extended.headers.enabled}
 * @param processor the user's post processors
 */
record SnapshotRecords(
        Map<String, String> partition,
        Map<String, ?> offset,
        String topic,
        RowCodec values,
        @Nullable RowCodec keys,
        Envelopes envelopes,
        SnapshotBlocks source,
        @Nullable Long timestamp,
        ConnectHeaders headers,
        PostProcessing processor) {

    /** What a record occupies beside its row. */
    private static final long RECORD_BYTES = 512;

    /** Changes an event before it is sent. */
    @FunctionalInterface
    interface PostProcessing {

        /** Nothing is changed. */
        PostProcessing NONE = (key, envelope) -> envelope;

        /** The envelope to send. */
        Struct apply(@Nullable Struct key, Struct envelope);
    }

    /**
     * A row that has been read.
     *
     * @param record its record
     * @param mark what is to be said of it when it leaves
     * @param bytes how much memory it occupies, roughly
     */
    record Row(SourceRecord record, RowMark mark, long bytes) {}

    /** @throws RuntimeException if a value cannot be converted and the configuration says that this is a failure */
    Row of(RowImage image) {
        RowMark mark = new RowMark();
        Struct key = keys == null ? null : keys.lazily(image);
        Struct envelope = processor.apply(
                key, envelopes.envelope(Operation.READ, null, values.lazily(image), source.of(mark), now()));
        SourceRecord record = new SourceRecord(
                partition,
                new SnapshotOffset(offset, mark),
                topic,
                null,
                keys == null ? null : keys.schema(),
                key,
                envelopes.schema(),
                envelope,
                timestamp,
                headers.isEmpty() ? null : headers.duplicate());
        return new Row(record, mark, RECORD_BYTES + image.bytesSent());
    }

    /** In nanoseconds since the epoch. */
    private static long now() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }
}
