// SPDX-License-Identifier: Apache-2.0
package dev.tributary.avro;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.JsonProperties;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Connect's default values from those of an Avro schema, which are JSON in Java's types.
 *
 * @param names names of fields
 */
record ToConnectDefault(AvroNames names) {

    /**
     * The default of a schema.
     *
     * @throws DataException if it is not of the schema
     * @throws ClassCastException if it is not of the schema
     */
    @Nullable
    Object of(Schema schema, org.apache.avro.Schema avro, @Nullable Object json) {
        if (json == null || json == JsonProperties.NULL_VALUE) {
            return null;
        }
        if (AvroNames.isUnion(schema)) {
            return union(schema, avro, json);
        }
        return LogicalValues.toConnect(schema, plain(schema, ToConnectValue.withoutNull(avro), json));
    }

    private Object plain(Schema schema, org.apache.avro.Schema avro, Object json) {
        return switch (schema.type()) {
            case INT8 -> ((Number) json).byteValue();
            case INT16 -> ((Number) json).shortValue();
            case INT32 -> ((Number) json).intValue();
            case INT64 -> ((Number) json).longValue();
            case FLOAT32 -> ((Number) json).floatValue();
            case FLOAT64 -> ((Number) json).doubleValue();
            case BOOLEAN -> (Boolean) json;
            case STRING -> json.toString();
            case BYTES ->
                ByteBuffer.wrap(
                        json instanceof String text
                                ? text.getBytes(StandardCharsets.ISO_8859_1)
                                : ByteValues.copyOf(json));
            case ARRAY -> list(schema.valueSchema(), avro.getElementType(), (Collection<?>) json);
            case MAP -> map(schema, avro, json);
            case STRUCT -> struct(schema, avro, (Map<?, ?>) json);
        };
    }

    private List<@Nullable Object> list(Schema schema, org.apache.avro.Schema avro, Collection<?> elements) {
        List<@Nullable Object> list = new ArrayList<>();
        elements.forEach(element -> list.add(of(schema, avro, element)));
        return list;
    }

    /** Entries are the fields of an object, or pairs if the keys are not strings. */
    private Map<@Nullable Object, @Nullable Object> map(Schema schema, org.apache.avro.Schema avro, Object json) {
        Map<@Nullable Object, @Nullable Object> map = new HashMap<>();
        if (json instanceof Map<?, ?> entries) {
            entries.forEach(
                    (key, value) -> map.put(key.toString(), of(schema.valueSchema(), avro.getValueType(), value)));
            return map;
        }
        org.apache.avro.Schema pair = avro.getElementType();
        for (Object element : (Collection<?>) json) {
            List<?> entry = (List<?>) element;
            map.put(
                    of(schema.keySchema(), pair.getField(AvroNames.KEY).schema(), entry.get(0)),
                    of(schema.valueSchema(), pair.getField(AvroNames.VALUE).schema(), entry.get(1)));
        }
        return map;
    }

    private Struct struct(Schema schema, org.apache.avro.Schema avro, Map<?, ?> fields) {
        Struct struct = new Struct(schema);
        for (Field field : schema.fields()) {
            String name = names.field(field.name());
            Object value = of(field.schema(), avro.getField(name).schema(), fields.get(name));
            struct.put(field, value == null ? field.schema().defaultValue() : value);
        }
        return struct;
    }

    /** The default of a union is one of its first member. */
    private @Nullable Struct union(Schema schema, org.apache.avro.Schema avro, Object json) {
        org.apache.avro.Schema first = avro.getTypes().get(0);
        if (first.getType() == org.apache.avro.Schema.Type.NULL) {
            return null;
        }
        Field field = schema.fields().get(0);
        return new Struct(schema).put(field, of(field.schema(), first, json));
    }
}
