// SPDX-License-Identifier: Apache-2.0
package dev.tributary.record;

import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record that equals only itself.
 *
 * <p>A worker with exactly-once keeps the records of a transaction in hash tables until it commits. Connect's own hash
 * code reads every field of the row, several times for each record, and two records of equal content count as one.
 */
public final class CapturedRecord extends SourceRecord {

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
            @Nullable Iterable<Header> headers) {
        super(partition, offset, topic, kafkaPartition, keySchema, key, valueSchema, value, timestamp, headers);
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
