// SPDX-License-Identifier: Apache-2.0
package dev.tributary.record;

import dev.tributary.metrics.EventCounter;
import dev.tributary.metrics.EventStatus;
import dev.tributary.metrics.TableEvents;
import io.debezium.data.Envelope.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Field;
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
 * @param events counts the events
 */
public record TableRecords<P>(
        Map<String, String> partition,
        String topic,
        @Nullable Schema keySchema,
        Envelopes envelopes,
        EventBlocks<P> source,
        ConnectHeaders context,
        TableEvents events) {

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
     * @param commitMillis the commit time of its transaction; {@link EventStatus#NO_COMMIT} for a row that was read
     */
    public SourceRecord event(
            Map<String, ?> offset,
            Operation operation,
            @Nullable Struct key,
            Struct envelope,
            @Nullable Long timestamp,
            @Nullable ConnectHeaders headers,
            long commitMillis) {
        Schema ofKey = operation == Operation.TRUNCATE ? null : keySchema;
        return new CapturedRecord(
                partition,
                offset,
                topic,
                null,
                ofKey,
                key,
                envelopes.schema(),
                envelope,
                timestamp,
                headers,
                counter(events, operation),
                commitMillis);
    }

    /** What counts an operation; null for one that is not of a table. */
    public static @Nullable EventCounter counter(TableEvents events, Operation operation) {
        return switch (operation) {
            case CREATE -> events.creates();
            case UPDATE -> events.updates();
            case DELETE -> events.deletes();
            case TRUNCATE -> events.truncates();
            case READ -> events.reads();
            case MESSAGE -> null;
        };
    }

    /** The names of the columns of a record's key; empty without one. */
    public static List<String> columns(@Nullable Schema key) {
        return key == null || key.type() != Schema.Type.STRUCT
                ? List.of()
                : key.fields().stream().map(Field::name).toList();
    }

    /** Returns the tombstone that follows a delete. */
    public SourceRecord tombstone(
            Map<String, ?> offset, @Nullable Struct key, @Nullable Long timestamp, @Nullable ConnectHeaders headers) {
        return new CapturedRecord(
                partition,
                offset,
                topic,
                null,
                keySchema,
                key,
                null,
                null,
                timestamp,
                headers,
                null,
                EventStatus.NO_COMMIT);
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
