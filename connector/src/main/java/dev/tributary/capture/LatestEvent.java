// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import io.debezium.pipeline.source.spi.EventMetadataProvider;
import io.debezium.pipeline.spi.OffsetContext;
import io.debezium.spi.schema.DataCollectionId;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * The last event, kept as it is: it becomes text only when someone reads an attribute. Stock formats every event for an
 * attribute that is read once a minute at most.
 */
record LatestEvent(
        EventMetadataProvider metadata,
        DataCollectionId table,
        OffsetContext offset,
        @Nullable Object key,
        Struct envelope) {

    /** Position and key, formatted as stock does. */
    String summary() {
        return metadata.toSummaryString(table, offset, key, envelope);
    }

    Map<String, String> position() {
        return Objects.requireNonNullElse(metadata.getEventSourcePosition(table, offset, key, envelope), Map.of());
    }

    @Nullable
    String transaction() {
        return metadata.getTransactionId(table, offset, key, envelope);
    }
}
