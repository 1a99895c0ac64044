// SPDX-License-Identifier: Apache-2.0
package dev.tributary.record;

import io.debezium.data.Envelope.Operation;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes the records of one version of a table, equal to those that Debezium's dispatcher would make.
 *
 * @param <P> the place of a record in the stream or in the snapshot
 * @param partition the source partition
 * @param topic the topic
 * @param keySchema the schema of the keys; null if records have no key
 * @param envelopes makes the envelopes
 * @param source makes the source blocks
 * @param context headers that every record has: {@code extended.headers.enabled}
 */
public record TableRecords<P>(
        Map<String, String> partition,
        String topic,
        @Nullable Schema keySchema,
        Envelopes envelopes,
        EventBlocks<P> source,
        ConnectHeaders context) {

    /**
     * Returns the envelope of an event that is processed now.
     *
     * @param transaction its transaction block; null if it has none
     */
    public Struct envelope(
            P place,
            Operation operation,
            @Nullable Struct before,
            @Nullable Struct after,
            @Nullable Struct transaction) {
        Instant now = Instant.now();
        long nanos = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        return envelopes.envelope(operation, before, after, source.of(place), transaction, nanos);
    }

    /**
     * Returns the record of an event.
     *
     * @param offset its offset, which may be lazy
     * @param timestamp in milliseconds since the epoch; null if the producer sets it
     * @param headers all of its headers; the record owns them
     */
    public SourceRecord event(
            Map<String, ?> offset,
            Operation operation,
            @Nullable Struct key,
            Struct envelope,
            @Nullable Long timestamp,
            @Nullable ConnectHeaders headers) {
        Schema ofKey = operation == Operation.TRUNCATE ? null : keySchema;
        return new CapturedRecord(
                partition, offset, topic, null, ofKey, key, envelopes.schema(), envelope, timestamp, headers);
    }

    /** Returns the tombstone that follows a delete. */
    public SourceRecord tombstone(
            Map<String, ?> offset, @Nullable Struct key, @Nullable Long timestamp, @Nullable ConnectHeaders headers) {
        return new CapturedRecord(partition, offset, topic, null, keySchema, key, null, null, timestamp, headers);
    }

    /** Returns an event's own headers and those that every record has. The result is new: transforms may change it. */
    public @Nullable ConnectHeaders withContext(@Nullable ConnectHeaders own) {
        if (context.isEmpty()) {
            return own;
        }
        ConnectHeaders all = new ConnectHeaders(own == null ? context : own);
        if (own != null) {
            context.forEach(all::add);
        }
        return all;
    }
}
