// SPDX-License-Identifier: Apache-2.0
package dev.tributary.avro;

import dev.tributary.row.AvroBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Values without a schema: a record of which one field at most has a value, as Confluent's converter writes them. */
final class Anything {

    static final Schema SCHEMA = schema();

    private static final String ARRAY = "array";
    private static final String MAP = "map";
    private static final Schema ENTRY =
            SCHEMA.getField(MAP).schema().getTypes().get(1).getElementType();

    private Anything() {}

    /** It refers to itself, so it cannot be a union. */
    private static Schema schema() {
        return SchemaBuilder.record("Anything")
                .namespace(AvroNames.NAMESPACE)
                .fields()
                .optionalBoolean("boolean")
                .optionalBytes("bytes")
                .optionalDouble("double")
                .optionalFloat("float")
                .optionalInt("int")
                .optionalLong("long")
                .optionalString("string")
                .name("array")
                .type()
                .optional()
                .array()
                .items()
                .type(AvroNames.NAMESPACE + ".Anything")
                .name("map")
                .type()
                .optional()
                .array()
                .items()
                .record(AvroNames.MAP_ENTRY)
                .namespace(AvroNames.NAMESPACE)
                .fields()
                .name(AvroNames.KEY)
                .type(AvroNames.NAMESPACE + ".Anything")
                .noDefault()
                .name(AvroNames.VALUE)
                .type(AvroNames.NAMESPACE + ".Anything")
                .noDefault()
                .endRecord()
                .endRecord();
    }

    /** Writes a value; such values are rare, so Avro's own writer does it. */
    static void write(Object value, AvroBytes avro) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            new GenericDatumWriter<IndexedRecord>(SCHEMA).write(record(value), encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        avro.raw(bytes.toByteArray());
    }

    private static GenericRecord record(@Nullable Object value) {
        GenericRecord record = new GenericData.Record(SCHEMA);
        if (value != null) {
            Object converted = converted(value);
            record.put(field(value), converted);
        }
        return record;
    }

    private static String field(Object value) {
        if (value instanceof Byte || value instanceof Short || value instanceof Integer) {
            return "int";
        } else if (value instanceof Long) {
            return "long";
        } else if (value instanceof Float) {
            return "float";
        } else if (value instanceof Double) {
            return "double";
        } else if (value instanceof Boolean) {
            return "boolean";
        } else if (value instanceof String) {
            return "string";
        } else if (value instanceof byte[] || value instanceof ByteBuffer) {
            return "bytes";
        } else if (value instanceof Collection) {
            return ARRAY;
        } else if (value instanceof Map) {
            return MAP;
        }
        throw new DataException(
                "A value without a schema cannot be a " + value.getClass().getName());
    }

    private static Object converted(Object value) {
        if (value instanceof Byte || value instanceof Short) {
            return ((Number) value).intValue();
        }
        if (value instanceof byte[] bytes) {
            return ByteBuffer.wrap(bytes);
        }
        if (value instanceof Collection<?> elements) {
            List<Object> list = new ArrayList<>();
            elements.forEach(element -> list.add(record(element)));
            return list;
        }
        if (value instanceof Map<?, ?> map) {
            List<Object> list = new ArrayList<>();
            map.forEach((key, entry) -> {
                GenericRecord pair = new GenericData.Record(ENTRY);
                pair.put(AvroNames.KEY, record(key));
                pair.put(AvroNames.VALUE, record(entry));
                list.add(pair);
            });
            return list;
        }
        return value;
    }

    /** The value of a record; null if no field has one. */
    static @Nullable Object value(IndexedRecord record) {
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = record.get(field.pos());
            if (value != null) {
                return switch (field.name()) {
                    case "string" -> value.toString();
                    case ARRAY -> elements((Collection<?>) value);
                    case MAP -> map((Collection<?>) value);
                    default -> value;
                };
            }
        }
        return null;
    }

    private static List<@Nullable Object> elements(Collection<?> records) {
        List<@Nullable Object> list = new ArrayList<>();
        records.forEach(record -> list.add(value((IndexedRecord) record)));
        return list;
    }

    private static Map<@Nullable Object, @Nullable Object> map(Collection<?> records) {
        Map<@Nullable Object, @Nullable Object> map = new HashMap<>();
        for (Object entry : records) {
            GenericRecord pair = (GenericRecord) entry;
            map.put(value((IndexedRecord) pair.get(AvroNames.KEY)), value((IndexedRecord) pair.get(AvroNames.VALUE)));
        }
        return map;
    }
}
