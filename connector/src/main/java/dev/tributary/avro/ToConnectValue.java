// SPDX-License-Identifier: Apache-2.0
package dev.tributary.avro;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Makes Connect values of what Avro's generic reader returns.
 *
 * @param options the options of the translation of schemas
 * @param names names in Avro
 */
record ToConnectValue(SchemaOptions options, AvroNames names) {

    ToConnectValue(SchemaOptions options) {
        this(options, new AvroNames(options.scrubbed()));
    }

    /**
     * The value.
     *
     * @param schema the Connect schema that was made of {@code avro}
     * @param avro the Avro schema that the value was read with
     */
    @Nullable
    Object of(Schema schema, org.apache.avro.Schema avro, @Nullable Object value) {
        if (value == null) {
            if (!schema.isOptional()) {
                throw new DataException("It is null, but its schema is not optional");
            }
            return null;
        }
        if (AvroNames.isUnion(schema)) {
            return union(schema, avro, value);
        }
        org.apache.avro.Schema type = withoutNull(avro);
        try {
            return LogicalValues.toConnect(schema, plain(schema, type, value));
        } catch (ClassCastException e) {
            throw new DataException(
                    "A value of type " + schema.type() + " is a "
                            + value.getClass().getName(),
                    e);
        }
    }

    static org.apache.avro.Schema withoutNull(org.apache.avro.Schema avro) {
        if (avro.getType() != org.apache.avro.Schema.Type.UNION) {
            return avro;
        }
        return avro.getTypes().stream()
                .filter(member -> member.getType() != org.apache.avro.Schema.Type.NULL)
                .findFirst()
                .orElse(avro);
    }

    private Object plain(Schema schema, org.apache.avro.Schema avro, Object value) {
        return switch (schema.type()) {
            case INT8 -> ((Integer) value).byteValue();
            case INT16 -> ((Integer) value).shortValue();
            case INT32 -> (Integer) value;
            case INT64 -> (Long) value;
            case FLOAT32 -> (Float) value;
            case FLOAT64 -> (Double) value;
            case BOOLEAN -> (Boolean) value;
            case STRING -> value.toString();
            case BYTES -> ByteBuffer.wrap(ByteValues.copyOf(value));
            case ARRAY -> list(schema.valueSchema(), avro.getElementType(), (Collection<?>) value);
            case MAP -> map(schema, avro, value);
            case STRUCT -> struct(schema, (IndexedRecord) value);
        };
    }

    private List<@Nullable Object> list(Schema schema, org.apache.avro.Schema avro, Collection<?> elements) {
        List<@Nullable Object> list = new ArrayList<>(elements.size());
        elements.forEach(element -> list.add(of(schema, avro, element)));
        return list;
    }

    private Map<@Nullable Object, @Nullable Object> map(Schema schema, org.apache.avro.Schema avro, Object value) {
        Map<@Nullable Object, @Nullable Object> map = new HashMap<>();
        if (avro.getType() == org.apache.avro.Schema.Type.MAP) {
            ((Map<?, ?>) value)
                    .forEach((key, entry) ->
                            map.put(key.toString(), of(schema.valueSchema(), avro.getValueType(), entry)));
            return map;
        }
        org.apache.avro.Schema pair = avro.getElementType();
        int key = pair.getField(AvroNames.KEY).pos();
        int entry = pair.getField(AvroNames.VALUE).pos();
        for (Object element : (Collection<?>) value) {
            IndexedRecord record = (IndexedRecord) element;
            map.put(
                    of(schema.keySchema(), pair.getFields().get(key).schema(), record.get(key)),
                    of(schema.valueSchema(), pair.getFields().get(entry).schema(), record.get(entry)));
        }
        return map;
    }

    private Struct struct(Schema schema, IndexedRecord record) {
        Struct struct = new Struct(schema);
        for (Field field : schema.fields()) {
            org.apache.avro.Schema.Field source = record.getSchema().getField(names.field(field.name()));
            struct.put(field, of(field.schema(), source.schema(), record.get(source.pos())));
        }
        return struct;
    }

    /** The struct that stands for a union, with the value in the field of its member. */
    private Struct union(Schema schema, org.apache.avro.Schema avro, Object value) {
        int index = GenericData.get().resolveUnion(avro, value);
        org.apache.avro.Schema member = avro.getTypes().get(index);
        Field field = schema.field(names.memberOf(member, options.enhanced()));
        return new Struct(schema).put(field, of(field.schema(), member, value));
    }
}
