// SPDX-License-Identifier: Apache-2.0
package dev.tributary.avro;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.JsonProperties;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Default values as an Avro schema contains them: JSON, in the Java types that Avro's API takes.
 *
 * @param names names of fields
 */
record ToAvroDefault(AvroNames names) {

    /** The default of a field, and the value of the property {@code connect.default}. */
    Object json(Schema schema, @Nullable Object value) {
        if (value == null) {
            return JsonProperties.NULL_VALUE;
        }
        try {
            Object plain = LogicalValues.toAvro(schema, value);
            return switch (schema.type()) {
                case INT8 -> ((Byte) plain).intValue();
                case INT16 -> ((Short) plain).intValue();
                case INT32 -> (Integer) plain;
                case INT64 -> (Long) plain;
                case FLOAT32 -> (Float) plain;
                case FLOAT64 -> (Double) plain;
                case BOOLEAN -> (Boolean) plain;
                case STRING -> (String) plain;
                case BYTES -> new String(ByteValues.copyOf(plain), StandardCharsets.ISO_8859_1);
                case ARRAY -> list(schema.valueSchema(), (Collection<?>) plain);
                case MAP -> map(schema, (Map<?, ?>) plain);
                case STRUCT -> struct(schema, (Struct) plain);
            };
        } catch (ClassCastException e) {
            throw new DataException(
                    "The default of a schema of type " + schema.type() + " is a "
                            + value.getClass().getName(),
                    e);
        }
    }

    private List<Object> list(Schema schema, Collection<?> elements) {
        List<Object> list = new ArrayList<>();
        elements.forEach(element -> list.add(json(schema, element)));
        return list;
    }

    private Object map(Schema schema, Map<?, ?> entries) {
        if (AvroNames.hasStringKeys(schema)) {
            Map<String, Object> map = new LinkedHashMap<>();
            entries.forEach((key, value) -> map.put((String) key, json(schema.valueSchema(), value)));
            return map;
        }
        List<Object> pairs = new ArrayList<>();
        entries.forEach(
                (key, value) -> pairs.add(List.of(json(schema.keySchema(), key), json(schema.valueSchema(), value))));
        return pairs;
    }

    /** The default of a union is one of its first member. */
    private Object struct(Schema schema, Struct struct) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Field field : schema.fields()) {
            Object value = json(field.schema(), struct.get(field));
            if (AvroNames.isUnion(schema)) {
                return value;
            }
            fields.put(names.field(field.name()), value);
        }
        return fields;
    }
}
