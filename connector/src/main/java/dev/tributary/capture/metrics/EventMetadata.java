// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.metrics;

import io.debezium.connector.postgresql.SourceInfo;
import io.debezium.data.Envelope;
import io.debezium.pipeline.source.spi.EventMetadataProvider;
import io.debezium.pipeline.spi.OffsetContext;
import io.debezium.spi.schema.DataCollectionId;
import io.debezium.time.Conversions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Reads time, position and transaction of an event from the {@code source} block of its envelope. */
public final class EventMetadata implements EventMetadataProvider {

    @Override
    public @Nullable Instant getEventTimestamp(
            @Nullable DataCollectionId table, OffsetContext offset, Object key, @Nullable Struct envelope) {
        Struct source = sourceOf(table, envelope);
        if (source == null) {
            return null;
        }
        if (source.schema().field(SourceInfo.TIMESTAMP_USEC_KEY) != null) {
            Long micros = source.getInt64(SourceInfo.TIMESTAMP_USEC_KEY);
            return micros == null ? null : Conversions.toInstantFromMicros(micros);
        }
        Long millis = source.getInt64(SourceInfo.TIMESTAMP_KEY);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    @Override
    public @Nullable Map<String, String> getEventSourcePosition(
            @Nullable DataCollectionId table, OffsetContext offset, Object key, @Nullable Struct envelope) {
        Struct source = sourceOf(table, envelope);
        Long lsn = source == null ? null : source.getInt64(SourceInfo.LSN_KEY);
        if (source == null || lsn == null) {
            return null;
        }
        Map<String, String> position = new LinkedHashMap<>();
        position.put(SourceInfo.LSN_KEY, Long.toString(lsn));
        Long xmin = source.getInt64(SourceInfo.XMIN_KEY);
        if (xmin != null) {
            position.put(SourceInfo.XMIN_KEY, Long.toString(xmin));
        }
        return position;
    }

    @Override
    public @Nullable String getTransactionId(
            @Nullable DataCollectionId table, OffsetContext offset, Object key, @Nullable Struct envelope) {
        Struct source = sourceOf(table, envelope);
        Long transaction = source == null ? null : source.getInt64(SourceInfo.TXID_KEY);
        return transaction == null ? null : Long.toString(transaction);
    }

    private static @Nullable Struct sourceOf(@Nullable DataCollectionId table, @Nullable Struct envelope) {
        return table == null || envelope == null ? null : envelope.getStruct(Envelope.FieldName.SOURCE);
    }
}
