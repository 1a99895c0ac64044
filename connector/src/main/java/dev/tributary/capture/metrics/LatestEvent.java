// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.metrics;

import dev.tributary.row.LazyStruct;
import io.debezium.connector.postgresql.SourceInfo;
import io.debezium.data.Envelope;
import io.debezium.pipeline.source.spi.EventMetadataProvider;
import io.debezium.pipeline.spi.OffsetContext;
import io.debezium.spi.schema.DataCollectionId;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * The parts of the last event that are kept. They become text only when an attribute is read; Debezium formats every
 * event, for attributes that are read once a minute at most. The row itself is not kept.
 *
 * @param seenMillis when it was seen, in milliseconds since the epoch
 */
record LatestEvent(
        EventMetadataProvider metadata,
        DataCollectionId table,
        OffsetContext offset,
        @Nullable Object key,
        Schema schema,
        @Nullable Struct source,
        long seenMillis) {

    static LatestEvent of(
            EventMetadataProvider metadata,
            DataCollectionId table,
            OffsetContext offset,
            @Nullable Object key,
            Struct envelope,
            long seenMillis) {
        return new LatestEvent(metadata, table, offset, key, envelope.schema(), sourceOf(envelope), seenMillis);
    }

    /** Looks the block up by position if possible, and without keeping the value, because this runs for every event. */
    private static @Nullable Struct sourceOf(Struct envelope) {
        Field field = envelope.schema().field(Envelope.FieldName.SOURCE);
        if (field == null) {
            return null;
        }
        return envelope instanceof LazyStruct lazy
                ? (Struct) lazy.peek(field.index())
                : envelope.getStruct(Envelope.FieldName.SOURCE);
    }

    /** The transaction's id; null outside of one. */
    @Nullable
    Object transactionId() {
        if (source instanceof LazyStruct lazy) {
            return lazy.peek(lazy.schema().field(SourceInfo.TXID_KEY).index());
        }
        return source == null ? null : source.getInt64(SourceInfo.TXID_KEY);
    }

    /** Position and key, in Debezium's format. */
    String summary() {
        return metadata.toSummaryString(table, offset, plain(key), envelope());
    }

    Map<String, String> position() {
        return Objects.requireNonNullElse(
                metadata.getEventSourcePosition(table, offset, plain(key), envelope()), Map.of());
    }

    @Nullable
    String transaction() {
        return metadata.getTransactionId(table, offset, plain(key), envelope());
    }

    /** How long after the commit it was seen, in milliseconds; null if unknown. */
    @Nullable
    Long millisBehindSource() {
        Struct plain = plainSource();
        Long committedMillis = plain == null ? null : plain.getInt64(SourceInfo.TIMESTAMP_KEY);
        return committedMillis == null ? null : seenMillis - committedMillis;
    }

    private Struct envelope() {
        Struct plain = plainSource();
        Struct envelope = new Struct(schema);
        return plain == null ? envelope : envelope.put(Envelope.FieldName.SOURCE, plain);
    }

    private @Nullable Struct plainSource() {
        return (Struct) plain(source);
    }

    /** Copies the value, because attributes are read on another thread. */
    private static @Nullable Object plain(@Nullable Object value) {
        return value instanceof LazyStruct lazy ? lazy.copy() : value;
    }
}
