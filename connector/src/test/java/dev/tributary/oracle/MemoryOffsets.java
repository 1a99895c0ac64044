// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.util.AbstractMap;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;

/** The offsets that a worker would store in Kafka. */
final class MemoryOffsets implements OffsetStorageReader {

    private final Map<Map<String, ?>, Map<String, ?>> stored = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Runnable> whenCompared = new AtomicReference<>();

    /** What a worker does when it commits: this record and all before it are stored. */
    void store(SourceRecord record) {
        stored.put(record.sourcePartition(), Map.copyOf(withoutNulls(record.sourceOffset())));
    }

    /** Runs something the next time that an offset from here is compared with another one. */
    void whenCompared(Runnable interruption) {
        whenCompared.set(interruption);
    }

    private static Map<String, Object> withoutNulls(Map<String, ?> offset) {
        Map<String, Object> kept = new HashMap<>(offset);
        kept.values().removeIf(value -> value == null);
        return kept;
    }

    @Override
    @SuppressWarnings("unchecked") // as Connect's own reader: a task knows the types of its offsets
    public <T> @Nullable Map<String, Object> offset(Map<String, T> partition) {
        Map<String, Object> found = (Map<String, Object>) stored.get(partition);
        return found == null || whenCompared.get() == null ? found : new Interrupting(found);
    }

    @Override
    public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
        Map<Map<String, T>, Map<String, Object>> found = new HashMap<>();
        partitions.forEach(partition -> found.put(partition, offset(partition)));
        return found;
    }

    /** The context of a task with these options. */
    SourceTaskContext context(Map<String, String> options) {
        return new SourceTaskContext() {
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

    /** An offset whose comparison is interrupted. A comparison of maps begins with their sizes. */
    private final class Interrupting extends AbstractMap<String, Object> {

        private final Map<String, Object> offset;

        Interrupting(Map<String, Object> offset) {
            this.offset = offset;
        }

        @Override
        public int size() {
            Runnable interruption = whenCompared.getAndSet(null);
            if (interruption != null) {
                interruption.run();
            }
            return offset.size();
        }

        @Override
        public @Nullable Object get(Object key) {
            return offset.get(key);
        }

        @Override
        public boolean containsKey(Object key) {
            return offset.containsKey(key);
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            return offset.entrySet();
        }
    }
}
