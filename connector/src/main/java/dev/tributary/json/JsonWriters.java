// SPDX-License-Identifier: Apache-2.0
package dev.tributary.json;

import dev.tributary.row.JsonText;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.json.DecimalFormat;
import org.jspecify.annotations.Nullable;

/**
 * Compiles writers from schemas, so that decisions are made once per schema and not once per value.
 *
 * @param decimals {@code decimal.format}
 * @param nullBecomesDefault {@code replace.null.with.default}
 */
record JsonWriters(DecimalFormat decimals, boolean nullBecomesDefault) {

    private static final byte[] NULL = JsonText.ascii("null");

    NullableWriter of(Schema schema) {
        JsonWriter values = values(schema);
        return new NullableWriter(values, nulls(schema, values));
    }

    private byte @Nullable [] nulls(Schema schema, JsonWriter values) {
        Object defaultValue = schema.defaultValue();
        if (defaultValue != null && nullBecomesDefault) {
            JsonText text = new JsonText();
            values.write(defaultValue, text);
            return text.copyFrom(0);
        }
        return schema.isOptional() ? NULL : null;
    }

    private JsonWriter values(Schema schema) {
        JsonWriter logical = schema.name() == null ? null : logical(schema, schema.name());
        return logical != null ? logical : plain(schema);
    }

    /** Connect's own logical types; all others, including Debezium's, are written as their underlying types. */
    private @Nullable JsonWriter logical(Schema schema, String name) {
        return switch (name) {
            case Decimal.LOGICAL_NAME ->
                decimals == DecimalFormat.NUMERIC
                        ? (value, json) -> json.raw(JsonText.ascii(((BigDecimal) value).toString()))
                        : (value, json) -> json.base64(Decimal.fromLogical(schema, (BigDecimal) value));
            case Date.LOGICAL_NAME -> (value, json) -> json.number(Date.fromLogical(schema, (java.util.Date) value));
            case Time.LOGICAL_NAME -> (value, json) -> json.number(Time.fromLogical(schema, (java.util.Date) value));
            case Timestamp.LOGICAL_NAME ->
                (value, json) -> json.number(Timestamp.fromLogical(schema, (java.util.Date) value));
            default -> null;
        };
    }

    private JsonWriter plain(Schema schema) {
        return switch (schema.type()) {
            case INT8 -> (value, json) -> json.number((Byte) value);
            case INT16 -> (value, json) -> json.number((Short) value);
            case INT32 -> (value, json) -> json.number((Integer) value);
            case INT64 -> (value, json) -> json.number((Long) value);
            case FLOAT32 -> (value, json) -> floating(((Float) value).toString(), Float.isFinite((Float) value), json);
            case FLOAT64 ->
                (value, json) -> floating(((Double) value).toString(), Double.isFinite((Double) value), json);
            case BOOLEAN -> (value, json) -> json.bool((Boolean) value);
            case STRING -> (value, json) -> json.string(((CharSequence) value).toString());
            case BYTES -> (value, json) -> json.base64(bytes(value));
            case ARRAY -> array(of(schema.valueSchema()));
            case MAP -> map(schema);
            case STRUCT ->
                new StructWriter(
                        schema,
                        schema.fields().stream()
                                .map(field -> of(field.schema()))
                                .toList());
        };
    }

    /** JSON has neither infinity nor NaN, so they are written as strings. */
    private static void floating(String text, boolean finite, JsonText json) {
        if (finite) {
            json.raw(JsonText.ascii(text));
        } else {
            json.string(text);
        }
    }

    @SuppressWarnings("ByteBufferBackingArray") // as Connect does: a buffer's array is the value
    private static byte[] bytes(Object value) {
        return value instanceof ByteBuffer buffer ? buffer.array() : (byte[]) value;
    }

    private static JsonWriter array(NullableWriter elements) {
        return (value, json) -> {
            json.raw('[');
            String separator = "";
            for (Object element : (Collection<?>) value) {
                json.raw(JsonText.ascii(separator));
                elements.write(element, json);
                separator = ",";
            }
            json.raw(']');
        };
    }

    /** Maps with string keys are objects, others are arrays of pairs. */
    private JsonWriter map(Schema schema) {
        NullableWriter keys = of(schema.keySchema());
        NullableWriter values = of(schema.valueSchema());
        return schema.keySchema().type() == Schema.Type.STRING
                ? new MapWriter('{', '}', (entry, json) -> {
                    json.string((String) entry.getKey());
                    json.raw(':');
                    values.write(entry.getValue(), json);
                })
                : new MapWriter('[', ']', (entry, json) -> {
                    json.raw('[');
                    keys.write(entry.getKey(), json);
                    json.raw(',');
                    values.write(entry.getValue(), json);
                    json.raw(']');
                });
    }

    /**
     * Writes maps entry by entry.
     *
     * @param opening written before the first entry
     * @param closing written after the last entry
     * @param entries writes an entry
     */
    private record MapWriter(char opening, char closing, EntryWriter entries) implements JsonWriter {

        @Override
        public void write(Object value, JsonText json) {
            json.raw(opening);
            boolean first = true;
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                if (!first) {
                    json.raw(',');
                }
                entries.write(entry, json);
                first = false;
            }
            json.raw(closing);
        }
    }

    /** Writes one entry of a map. */
    @FunctionalInterface
    private interface EntryWriter {
        void write(Map.Entry<?, ?> entry, JsonText json);
    }
}
