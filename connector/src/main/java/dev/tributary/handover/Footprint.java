// SPDX-License-Identifier: Apache-2.0
package dev.tributary.handover;

import dev.tributary.record.Records;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Estimates how much memory a record occupies: the actual size of texts and byte arrays, a flat rate for anything else.
 */
final class Footprint {

    private static final long VALUE = 24;

    private Footprint() {}

    /** Returns the size in bytes, roughly. */
    static long of(SourceRecord record) {
        return Records.OVERHEAD_BYTES + of(record.key()) + of(record.value());
    }

    private static long of(@Nullable Object value) {
        if (value instanceof String text) {
            return VALUE + text.length();
        } else if (value instanceof byte[] bytes) {
            return VALUE + bytes.length;
        } else if (value instanceof ByteBuffer buffer) {
            return VALUE + buffer.capacity();
        } else if (value instanceof Struct struct) {
            long sum = VALUE;
            for (Field field : struct.schema().fields()) {
                sum += of(struct.get(field));
            }
            return sum;
        } else if (value instanceof Collection<?> collection) {
            return collection.stream().mapToLong(Footprint::of).sum() + VALUE;
        } else if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                            .mapToLong(entry -> of(entry.getKey()) + of(entry.getValue()))
                            .sum()
                    + VALUE;
        }
        return VALUE;
    }
}
