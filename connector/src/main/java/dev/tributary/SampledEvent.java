// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import dev.tributary.metrics.EventSample;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** An event as text for the console: its fields, with their values only if the operator wants them. */
final class SampledEvent {

    private static final int LONGEST_VALUE = 200;
    private static final int LONGEST_EVENT = 4_000;
    private static final String HIDDEN = "•";
    private static final List<String> IMAGES = List.of("after", "before", "message");

    private SampledEvent() {}

    static EventSample of(SourceRecord record, long nowMillis, boolean withValues) {
        Object value = record.value();
        return new EventSample(nowMillis, operation(value), text(record.key(), withValues), row(value, withValues));
    }

    private static String operation(@Nullable Object value) {
        return value instanceof Struct envelope && isEnvelope(envelope.schema())
                ? String.valueOf(envelope.get("op"))
                : "";
    }

    private static boolean isEnvelope(Schema schema) {
        return schema.field("op") != null && schema.field("source") != null;
    }

    /** The row as it is after the event, or was before if it is deleted. */
    private static String row(@Nullable Object value, boolean withValues) {
        if (!(value instanceof Struct envelope) || !isEnvelope(envelope.schema())) {
            return text(value, withValues);
        }
        for (String image : IMAGES) {
            if (envelope.schema().field(image) != null && envelope.get(image) != null) {
                return text(envelope.get(image), withValues);
            }
        }
        return "";
    }

    private static String text(@Nullable Object value, boolean withValues) {
        return cut(
                value instanceof Struct struct
                        ? struct.schema().fields().stream()
                                .map(field -> field.name() + ": " + shown(struct, field, withValues))
                                .collect(Collectors.joining(", "))
                        : value == null ? "" : plain(value, withValues),
                LONGEST_EVENT);
    }

    /** A value that is hidden is not even read. */
    private static String shown(Struct struct, Field field, boolean withValues) {
        if (!withValues) {
            return HIDDEN;
        }
        Object value = struct.getWithoutDefault(field.name());
        return value == null ? "null" : plain(value, true);
    }

    private static String plain(Object value, boolean withValues) {
        if (!withValues) {
            return HIDDEN;
        }
        if (value instanceof byte[] bytes) {
            return bytes.length + " bytes";
        }
        if (value instanceof ByteBuffer bytes) {
            return bytes.remaining() + " bytes";
        }
        if (value instanceof Collection<?> many && many.size() > LONGEST_VALUE) {
            return many.size() + " elements";
        }
        if (value instanceof Map<?, ?> many && many.size() > LONGEST_VALUE) {
            return many.size() + " entries";
        }
        return cut(String.valueOf(value), LONGEST_VALUE);
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "…";
    }
}
