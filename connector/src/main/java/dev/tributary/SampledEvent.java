// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import dev.tributary.metrics.EventSample;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** An event as text for the console: its fields, with their values only if the operator wants them. */
final class SampledEvent {

    private static final int LONGEST_KEY = 400;
    private static final int LONGEST_ROW = 1_600;
    private static final List<String> IMAGES = List.of("after", "before", "message");

    private SampledEvent() {}

    static EventSample of(SourceRecord record, long nowMillis, boolean withValues) {
        Object value = record.value();
        return new EventSample(
                nowMillis, operation(value), text(record.key(), LONGEST_KEY, withValues), row(value, withValues));
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
            return text(value, LONGEST_ROW, withValues);
        }
        for (String image : IMAGES) {
            if (envelope.schema().field(image) != null && envelope.get(image) != null) {
                return text(envelope.get(image), LONGEST_ROW, withValues);
            }
        }
        return "";
    }

    private static String text(@Nullable Object value, int longest, boolean withValues) {
        return withValues ? EventText.of(value, longest) : EventText.hidden(value, longest);
    }
}
