// SPDX-License-Identifier: Apache-2.0
package dev.tributary.avro;

import dev.tributary.row.AvroBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiles writers from a Connect schema and the Avro schema to write in, so that decisions are made once per schema
 * and not once per value. The Avro schema need not be the translation of the other one: its fields can have another
 * order, more of them if they have defaults, and wider numbers.
 *
 * @param options the options of the translation
 * @param names names in Avro
 */
record Writers(SchemaOptions options, AvroNames names) {

    private static final Logger LOG = LoggerFactory.getLogger(Writers.class);

    Writers(SchemaOptions options) {
        this(options, new AvroNames(options.scrubbed()));
    }

    /**
     * Writes whole messages. One that consists of bytes has no length, as Confluent's serializer writes it.
     *
     * @throws DataException if values of the one schema cannot be written in the other one
     */
    NullableWriter ofMessages(org.apache.kafka.connect.data.Schema schema, Schema avro) {
        if (avro.getType() != Schema.Type.BYTES) {
            return of(schema, avro);
        }
        of(schema, avro);
        return NullableWriter.required(
                (value, out) -> out.raw(ByteValues.copyOf(LogicalValues.toAvro(schema, value))), false);
    }

    /** @throws DataException if values of the one schema cannot be written in the other one */
    NullableWriter of(org.apache.kafka.connect.data.Schema schema, Schema avro) {
        if (avro.getType() != Schema.Type.UNION) {
            return NullableWriter.required(values(schema, avro), isNatural(schema, avro));
        }
        Integer ofNull = avro.getIndexNamed(Schema.Type.NULL.getName());
        int none = ofNull == null ? -1 : ofNull;
        if (AvroNames.isUnion(schema)) {
            return NullableWriter.union(union(schema, avro, none), none);
        }
        int member = memberFor(schema, avro);
        Schema type = avro.getTypes().get(member);
        return NullableWriter.ofUnion(values(schema, type), isNatural(schema, type), member, none);
    }

    /** The member that values of a schema are written in: the one that is not null, or the one that fits best. */
    private int memberFor(org.apache.kafka.connect.data.Schema schema, Schema union) {
        List<Integer> fitting = new ArrayList<>();
        String name = nameFor(schema);
        for (int i = 0; i < union.getTypes().size(); i++) {
            Schema member = union.getTypes().get(i);
            if (member.getType() != Schema.Type.NULL) {
                if (names.memberOf(member, true).equals(name)) {
                    return i;
                }
                fitting.add(i);
            }
        }
        if (fitting.size() != 1) {
            throw new DataException("No member of the union " + union + " is of type " + name);
        }
        return fitting.get(0);
    }

    private String nameFor(org.apache.kafka.connect.data.Schema schema) {
        return schema.type() == org.apache.kafka.connect.data.Schema.Type.STRUCT && schema.name() == null
                ? AvroNames.NAMESPACE + '.' + AvroNames.UNNAMED
                : names.memberOf(schema, true);
    }

    /** Whether the encoding is the one of {@link dev.tributary.row.LazyStruct#writeAvro}. */
    private static boolean isNatural(org.apache.kafka.connect.data.Schema schema, Schema avro) {
        return switch (schema.type()) {
            case INT8, INT16, INT32, INT64 -> avro.getType() == Schema.Type.INT || avro.getType() == Schema.Type.LONG;
            case FLOAT32 -> avro.getType() == Schema.Type.FLOAT;
            case FLOAT64 -> avro.getType() == Schema.Type.DOUBLE;
            case BOOLEAN -> avro.getType() == Schema.Type.BOOLEAN;
            case STRING -> avro.getType() == Schema.Type.STRING;
            case BYTES -> avro.getType() == Schema.Type.BYTES;
            case ARRAY, MAP, STRUCT -> true;
        };
    }

    private AvroWriter values(org.apache.kafka.connect.data.Schema schema, Schema avro) {
        AvroWriter logical = schema.name() == null ? null : logical(schema, schema.name(), avro);
        return logical != null ? logical : plain(schema, avro);
    }

    private static @Nullable AvroWriter logical(org.apache.kafka.connect.data.Schema schema, String name, Schema avro) {
        return switch (name) {
            case Decimal.LOGICAL_NAME -> {
                expect(schema, avro, Schema.Type.BYTES, Schema.Type.FIXED);
                expectScale(schema, avro);
                yield (value, out) -> decimal(Decimal.fromLogical(schema, (BigDecimal) value), avro, out);
            }
            case Date.LOGICAL_NAME -> {
                expect(schema, avro, Schema.Type.INT, Schema.Type.LONG);
                yield (value, out) -> out.number(Date.fromLogical(schema, (java.util.Date) value));
            }
            case Time.LOGICAL_NAME -> {
                expect(schema, avro, Schema.Type.INT, Schema.Type.LONG);
                yield (value, out) -> out.number(Time.fromLogical(schema, (java.util.Date) value));
            }
            case Timestamp.LOGICAL_NAME -> {
                expect(schema, avro, Schema.Type.LONG);
                expectMillis(avro);
                yield (value, out) -> out.number(Timestamp.fromLogical(schema, (java.util.Date) value));
            }
            default -> null;
        };
    }

    /** Avro's own comparison of schemas does not look at scales and units. */
    private static void expectScale(org.apache.kafka.connect.data.Schema schema, Schema avro) {
        int scale = SchemaProperties.scale(schema);
        if ("decimal".equals(avro.getProp("logicalType"))
                && avro.getObjectProp("scale") instanceof Number other
                && other.intValue() != scale) {
            throw new DataException("Decimals with scale " + scale + " cannot be written with scale " + other);
        }
    }

    private static void expectMillis(Schema avro) {
        String unit = avro.getProp("logicalType");
        if (unit != null && !unit.endsWith("millis")) {
            throw new DataException("Milliseconds cannot be written as " + unit);
        }
    }

    /** In a fixed, the sign fills what is left. */
    private static void decimal(byte[] unscaled, Schema avro, AvroBytes out) {
        if (avro.getType() == Schema.Type.FIXED) {
            byte sign = (byte) (unscaled[0] < 0 ? -1 : 0);
            for (int i = unscaled.length; i < avro.getFixedSize(); i++) {
                out.raw(sign);
            }
            if (unscaled.length > avro.getFixedSize()) {
                throw new DataException("A decimal does not fit into " + avro.getFullName());
            }
            out.raw(unscaled);
        } else {
            bytes(unscaled, avro, out);
        }
    }

    private AvroWriter plain(org.apache.kafka.connect.data.Schema schema, Schema avro) {
        return switch (schema.type()) {
            case INT8, INT16, INT32, INT64 -> whole(schema, avro);
            case FLOAT32 -> {
                expect(schema, avro, Schema.Type.FLOAT, Schema.Type.DOUBLE);
                yield avro.getType() == Schema.Type.FLOAT
                        ? (value, out) -> out.floating((Float) value)
                        : (value, out) -> out.floating(((Float) value).doubleValue());
            }
            case FLOAT64 -> {
                expect(schema, avro, Schema.Type.DOUBLE);
                yield (value, out) -> out.floating((Double) value);
            }
            case BOOLEAN -> {
                expect(schema, avro, Schema.Type.BOOLEAN);
                yield (value, out) -> out.bool((Boolean) value);
            }
            case STRING -> text(schema, avro);
            case BYTES -> {
                expect(schema, avro, Schema.Type.BYTES, Schema.Type.FIXED);
                yield (value, out) -> bytes(ByteValues.copyOf(value), avro, out);
            }
            case ARRAY -> {
                expect(schema, avro, Schema.Type.ARRAY);
                yield array(of(schema.valueSchema(), avro.getElementType()));
            }
            case MAP -> map(schema, avro);
            case STRUCT -> {
                expect(schema, avro, Schema.Type.RECORD);
                yield struct(schema, avro);
            }
        };
    }

    private static AvroWriter whole(org.apache.kafka.connect.data.Schema schema, Schema avro) {
        if (schema.type() == org.apache.kafka.connect.data.Schema.Type.INT64) {
            expect(schema, avro, Schema.Type.LONG, Schema.Type.FLOAT, Schema.Type.DOUBLE);
        } else {
            expect(schema, avro, Schema.Type.INT, Schema.Type.LONG, Schema.Type.FLOAT, Schema.Type.DOUBLE);
        }
        return switch (avro.getType()) {
            case FLOAT -> (value, out) -> out.floating(((Number) value).floatValue());
            case DOUBLE -> (value, out) -> out.floating(((Number) value).doubleValue());
            default -> (value, out) -> out.number(((Number) value).longValue());
        };
    }

    private static void expect(
            org.apache.kafka.connect.data.Schema schema, Schema avro, Schema.Type first, Schema.Type... others) {
        if (avro.getType() != first && !List.of(others).contains(avro.getType())) {
            throw new DataException("Values of type " + schema.type() + " cannot be written as "
                    + avro.getType().getName());
        }
    }

    private static AvroWriter text(org.apache.kafka.connect.data.Schema schema, Schema avro) {
        expect(schema, avro, Schema.Type.STRING, Schema.Type.ENUM);
        if (avro.getType() == Schema.Type.STRING) {
            return (value, out) -> out.string((String) value);
        }
        return (value, out) -> {
            if (!avro.hasEnumSymbol((String) value)) {
                throw new DataException("The enum " + avro.getFullName() + " has no such symbol");
            }
            out.number(avro.getEnumOrdinal((String) value));
        };
    }

    private static void bytes(byte[] value, Schema avro, AvroBytes out) {
        if (avro.getType() == Schema.Type.BYTES) {
            out.sized(value, 0, value.length);
        } else if (value.length == avro.getFixedSize()) {
            out.raw(value);
        } else {
            throw new DataException(avro.getFullName() + " has " + avro.getFixedSize() + " bytes, not " + value.length);
        }
    }

    /** A block with all elements, and the end. */
    private static AvroWriter array(NullableWriter elements) {
        return (value, out) -> {
            Collection<?> all = (Collection<?>) value;
            if (!all.isEmpty()) {
                out.number(all.size());
                for (Object element : all) {
                    elements.write(element, out);
                }
            }
            out.number(0);
        };
    }

    private AvroWriter map(org.apache.kafka.connect.data.Schema schema, Schema avro) {
        if (AvroNames.hasStringKeys(schema)) {
            expect(schema, avro, Schema.Type.MAP);
            NullableWriter values = of(schema.valueSchema(), avro.getValueType());
            return entries((entry, out) -> {
                out.string((String) entry.getKey());
                values.write(entry.getValue(), out);
            });
        }
        expect(schema, avro, Schema.Type.ARRAY);
        Schema pair = avro.getElementType();
        NullableWriter keys =
                of(schema.keySchema(), pair.getField(AvroNames.KEY).schema());
        NullableWriter values =
                of(schema.valueSchema(), pair.getField(AvroNames.VALUE).schema());
        return entries((entry, out) -> {
            keys.write(entry.getKey(), out);
            values.write(entry.getValue(), out);
        });
    }

    private static AvroWriter entries(EntryWriter entries) {
        return (value, out) -> {
            Map<?, ?> map = (Map<?, ?>) value;
            if (!map.isEmpty()) {
                out.number(map.size());
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    entries.write(entry, out);
                }
            }
            out.number(0);
        };
    }

    /** Writes one entry of a map. */
    @FunctionalInterface
    private interface EntryWriter {
        void write(Map.Entry<?, ?> entry, AvroBytes out);
    }

    private AvroWriter struct(org.apache.kafka.connect.data.Schema schema, Schema avro) {
        List<String> left = schema.fields().stream()
                .map(Field::name)
                .filter(name -> avro.getField(names.field(name)) == null)
                .toList();
        if (!left.isEmpty()) {
            LOG.warn("Record {} has no fields {}, so they are left out", avro.getFullName(), left);
        }
        List<StructWriter.Source> sources = new ArrayList<>();
        for (Schema.Field target : avro.getFields()) {
            sources.add(schema.fields().stream()
                    .filter(field -> names.field(field.name()).equals(target.name()))
                    .findFirst()
                    .map(field -> StructWriter.Source.field(field, field(field, target)))
                    .orElseGet(() -> StructWriter.Source.constant(defaultOf(avro, target))));
        }
        return new StructWriter(schema, sources);
    }

    private NullableWriter field(Field field, Schema.Field target) {
        try {
            NullableWriter writer = of(field.schema(), target.schema());
            Object byDefault = field.schema().defaultValue();
            return byDefault == null || options.nullsWithoutDefault() ? writer : writer.withDefault(byDefault);
        } catch (DataException e) {
            throw new DataException("Field " + field.name() + ": " + e.getMessage(), e);
        }
    }

    private static byte[] defaultOf(Schema record, Schema.Field field) {
        try {
            Object value = GenericData.get().getDefaultValue(field);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            new GenericDatumWriter<>(field.schema()).write(value, encoder);
            encoder.flush();
            return bytes.toByteArray();
        } catch (AvroRuntimeException e) {
            throw new DataException(
                    "The records have no field " + field.name() + ", which " + record.getFullName()
                            + " has without a default",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A struct that stands for a union: its only field with a value is what is written. */
    private AvroWriter union(org.apache.kafka.connect.data.Schema schema, Schema avro, int ofNull) {
        List<NullableWriter> members = new ArrayList<>();
        for (Field field : schema.fields()) {
            int index = memberNamed(names.memberOf(field.schema(), options.enhanced()), avro);
            Schema member = avro.getTypes().get(index);
            members.add(NullableWriter.ofUnion(values(field.schema(), member), false, index, ofNull));
        }
        return (value, out) -> {
            Struct struct = (Struct) value;
            for (Field field : schema.fields()) {
                Object member =
                        options.nullsWithoutDefault() ? struct.getWithoutDefault(field.name()) : struct.get(field);
                if (member != null) {
                    members.get(field.index()).write(member, out);
                    return;
                }
            }
            if (ofNull < 0) {
                throw new DataException("No member of the union has a value");
            }
            out.number(ofNull);
        };
    }

    private int memberNamed(String name, Schema union) {
        for (int i = 0; i < union.getTypes().size(); i++) {
            Schema member = union.getTypes().get(i);
            if (names.memberOf(member, options.enhanced()).equals(name)) {
                return i;
            }
        }
        throw new DataException("The union " + union + " has no member " + name);
    }
}
