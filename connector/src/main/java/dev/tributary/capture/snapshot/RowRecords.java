// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.metrics.EventStatus;
import dev.tributary.record.Records;
import dev.tributary.record.TableRecords;
import dev.tributary.row.RowCodec;
import dev.tributary.row.RowImage;
import io.debezium.data.Envelope.Operation;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes the records of a table's rows.
 *
 * @param records makes records from keys and values
 * @param values the codec of rows
 * @param keys the codec of their keys; null if records have no key
 * @param offset the part of the offset that all rows have in common
 * @param always the entries that every offset has
 * @param timestamp the record timestamp in milliseconds since the epoch; null if the producer sets it
 * @param processor the user's post processors
 */
public record RowRecords(
        TableRecords<RowMark> records,
        RowCodec values,
        @Nullable RowCodec keys,
        Map<String, ?> offset,
        Map<String, String> always,
        @Nullable Long timestamp,
        PostProcessing processor) {

    /** Changes an event before it is sent. */
    @FunctionalInterface
    public interface PostProcessing {

        /** Changes nothing. */
        PostProcessing NONE = (key, envelope) -> envelope;

        /** Returns the envelope to send. */
        Struct apply(@Nullable Struct key, Struct envelope);
    }

    /** @throws RuntimeException if a value cannot be converted and the configuration treats that as a failure */
    public RowRecord of(RowImage row) {
        RowMark mark = new RowMark();
        Struct key = keys == null ? null : keys.eagerly(row);
        Struct envelope = processor.apply(key, records.envelope(mark, Operation.READ, null, values.lazily(row), null));
        SourceRecord record = records.event(
                new SnapshotOffset(offset, always, mark),
                Operation.READ,
                key,
                envelope,
                timestamp,
                records.withContext(null),
                EventStatus.NO_COMMIT);
        return new RowRecord(record, mark, Records.OVERHEAD_BYTES + row.bytesSent());
    }
}
