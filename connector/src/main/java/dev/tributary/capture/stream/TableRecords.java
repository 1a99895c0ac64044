// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.record.Envelopes;
import io.debezium.data.Envelope.Operation;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes the records of one version of a table, equal to those that Debezium's dispatcher would make.
 *
 * @param partition the source partition
 * @param topic the topic
 * @param keySchema the schema of the keys; null when there are none
 * @param envelopes the envelopes
 * @param source the source blocks
 * @param context headers that every record has: {@code extended.headers.enabled}
 * @param commitTimestamps whether the record timestamp is the time of the commit: {@code record.timestamp}
 */
record TableRecords(
        Map<String, String> partition,
        String topic,
        @Nullable Schema keySchema,
        Envelopes envelopes,
        SourceBlock source,
        ConnectHeaders context,
        boolean commitTimestamps) {

    /** The envelope of a change that happened at a point and is processed now, in nanoseconds since the epoch. */
    Struct envelope(
            ChangePoint point, Operation operation, @Nullable Struct before, @Nullable Struct after, long nanos) {
        return envelopes.envelope(operation, before, after, source.of(point), nanos);
    }

    SourceRecord event(
            ChangePoint point,
            long sent,
            Map<String, String> note,
            Operation operation,
            @Nullable Struct key,
            Struct envelope,
            @Nullable ConnectHeaders headers) {
        Schema schema = operation == Operation.TRUNCATE ? null : keySchema;
        return record(point, sent, note, schema, key, envelopes.schema(), envelope, headers);
    }

    SourceRecord tombstone(
            ChangePoint point,
            long sent,
            Map<String, String> note,
            @Nullable Struct key,
            @Nullable ConnectHeaders headers) {
        return record(point, sent, note, keySchema, key, null, null, headers);
    }

    private SourceRecord record(
            ChangePoint point,
            long sent,
            Map<String, String> note,
            @Nullable Schema keySchema,
            @Nullable Struct key,
            @Nullable Schema valueSchema,
            @Nullable Struct value,
            @Nullable ConnectHeaders headers) {
        return new SourceRecord(
                partition,
                new ChangeOffset(point, sent, note),
                topic,
                null,
                keySchema,
                key,
                valueSchema,
                value,
                commitTimestamps ? point.transaction().commitMillis() : null,
                headers);
    }

    /** Headers and those that every record has; they are the record's own, a transformation may change them. */
    @Nullable
    ConnectHeaders withContext(@Nullable ConnectHeaders headers) {
        if (context.isEmpty()) {
            return headers;
        }
        ConnectHeaders all = new ConnectHeaders(headers == null ? context : headers);
        if (headers != null) {
            context.forEach(all::add);
        }
        return all;
    }
}
