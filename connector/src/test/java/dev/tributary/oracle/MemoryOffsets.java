// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.source.TransactionContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;

/** The offsets that a worker would store in Kafka. */
final class MemoryOffsets implements OffsetStorageReader {

    private final Map<Map<String, ?>, Map<String, ?>> stored = new ConcurrentHashMap<>();

    /** What a worker does when it commits: this record and all before it are stored. */
    void store(SourceRecord record) {
        stored.put(record.sourcePartition(), Map.copyOf(withoutNulls(record.sourceOffset())));
    }

    /** What a user does over REST to begin anew. */
    void clear() {
        stored.clear();
    }

    /** Changes an entry of the stored offset. */
    void change(String key, Object value) {
        stored.replaceAll((partition, offset) -> {
            Map<String, Object> changed = new HashMap<>(offset);
            changed.put(key, value);
            return Map.copyOf(changed);
        });
    }

    private static Map<String, Object> withoutNulls(Map<String, ?> offset) {
        Map<String, Object> kept = new HashMap<>(offset);
        kept.values().removeIf(value -> value == null);
        return kept;
    }

    @Override
    @SuppressWarnings("unchecked") // as Connect's own reader: a task knows the types of its offsets
    public <T> @Nullable Map<String, Object> offset(Map<String, T> partition) {
        return (Map<String, Object>) stored.get(partition);
    }

    @Override
    public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
        Map<Map<String, T>, Map<String, Object>> found = new HashMap<>();
        partitions.forEach(partition -> found.put(partition, offset(partition)));
        return found;
    }

    /** The context of a task with these options. */
    SourceTaskContext context(Map<String, String> options) {
        return context(options, null);
    }

    /** The same, on a worker with exactly-once that lets the connector define the boundaries of transactions. */
    SourceTaskContext context(Map<String, String> options, @Nullable TransactionContext transactions) {
        return new SourceTaskContext() {
            @Override
            public @Nullable TransactionContext transactionContext() {
                return transactions;
            }

            @Override
            public Map<String, String> configs() {
                return options;
            }

            @Override
            public OffsetStorageReader offsetStorageReader() {
                return MemoryOffsets.this;
            }

            @Override
            public @Nullable PluginMetrics pluginMetrics() {
                return null;
            }
        };
    }

    @Override
    public String toString() {
        return stored.values().toString();
    }
}
