// SPDX-License-Identifier: Apache-2.0
package dev.tributary.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.jspecify.annotations.Nullable;

/** Random schemas, and random values of them. */
@SuppressWarnings("JavaUtilDate") // the type of Connect's logical types
public class RandomData {

    private static final long DAY_MILLIS = 86_400_000;
    private static final Schema.Type[] TYPES = Schema.Type.values();
    private static final double[] CORNERS = {
        0.0, -0.0, 1.0, Double.NaN, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, Double.MAX_VALUE, 1e21, 1.0E-5
    };

    /** The source of all decisions. */
    protected final SplittableRandom random;

    public RandomData(SplittableRandom random) {
        this.random = random;
    }

    /** A schema with up to this many levels below it. */
    public Schema schema(int depth) {
        SchemaBuilder builder = random.nextInt(6) == 0 ? logical() : plain(depth);
        if (random.nextBoolean()) {
            builder.optional();
        }
        if (builder.type().isPrimitive() && random.nextInt(4) == 0) {
            builder.defaultValue(value(builder));
        }
        if (builder.version() == null && random.nextInt(5) == 0) {
            builder.doc("a \"doc\"").version(random.nextInt(5)).parameter("p", text());
        }
        return builder.build();
    }

    private SchemaBuilder logical() {
        return switch (random.nextInt(4)) {
            case 0 -> Decimal.builder(random.nextInt(-2, 9));
            case 1 -> Date.builder();
            case 2 -> Time.builder();
            default -> Timestamp.builder();
        };
    }

    /** A schema that is no logical type. */
    protected SchemaBuilder plain(int depth) {
        Schema.Type type = TYPES[random.nextInt(TYPES.length)];
        if (depth == 0 && !type.isPrimitive()) {
            return SchemaBuilder.string();
        }
        return switch (type) {
            case ARRAY -> SchemaBuilder.array(schema(depth - 1));
            case MAP -> SchemaBuilder.map(random.nextBoolean() ? Schema.STRING_SCHEMA : schema(0), schema(depth - 1));
            case STRUCT -> struct(depth);
            default -> new SchemaBuilder(type);
        };
    }

    /** A schema of structs. */
    protected SchemaBuilder struct(int depth) {
        SchemaBuilder struct = SchemaBuilder.struct().name(structName());
        int fields = random.nextInt(6);
        for (int i = 0; i < fields; i++) {
            struct.field(fieldName(i), schema(depth - 1));
        }
        return struct;
    }

    /** A name for a struct. */
    protected String structName() {
        return "s" + random.nextInt(1000);
    }

    /** A name for a field that no other field of its struct has. */
    protected String fieldName(int index) {
        return index + text();
    }

    /** A value of a schema, or null if the schema is optional. */
    public @Nullable Object nullable(Schema schema) {
        return schema.isOptional() && random.nextInt(4) == 0 ? null : value(schema);
    }

    /** A value of a schema. */
    protected Object value(Schema schema) {
        String name = schema.name() == null ? "" : schema.name();
        return switch (name) {
            case Decimal.LOGICAL_NAME ->
                new BigDecimal(
                        new BigInteger(random.nextInt(100), new java.util.Random(random.nextLong())).negate(),
                        Integer.parseInt(schema.parameters().get(Decimal.SCALE_FIELD)));
            case Date.LOGICAL_NAME -> new java.util.Date(random.nextLong(-100_000, 100_000) * DAY_MILLIS);
            case Time.LOGICAL_NAME -> new java.util.Date(random.nextLong(DAY_MILLIS));
            case Timestamp.LOGICAL_NAME -> new java.util.Date(random.nextLong() >> 16);
            default -> plainValue(schema);
        };
    }

    /** A value of a schema that is no logical type. */
    protected Object plainValue(Schema schema) {
        return switch (schema.type()) {
            case INT8 -> (byte) random.nextInt();
            case INT16 -> (short) random.nextInt();
            case INT32 -> random.nextInt();
            case INT64 -> random.nextLong() >> random.nextInt(64);
            case FLOAT32 -> (float) number();
            case FLOAT64 -> number();
            case BOOLEAN -> random.nextBoolean();
            case STRING -> text();
            case BYTES -> random.nextBoolean() ? bytes() : ByteBuffer.wrap(bytes());
            case ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(nullable(schema.valueSchema()));
                }
                yield list;
            }
            case MAP -> {
                Map<Object, @Nullable Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put(value(schema.keySchema()), nullable(schema.valueSchema()));
                }
                yield map;
            }
            case STRUCT -> {
                Struct struct = new Struct(schema);
                for (Field field : schema.fields()) {
                    struct.put(field, nullable(field.schema()));
                }
                yield struct;
            }
        };
    }

    private double number() {
        return random.nextBoolean()
                ? CORNERS[random.nextInt(CORNERS.length)]
                : Double.longBitsToDouble(random.nextLong());
    }

    protected byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(9)];
        random.nextBytes(bytes);
        return bytes;
    }

    protected String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.appendCodePoint(
                    switch (random.nextInt(4)) {
                        case 0 -> random.nextInt(1, 0x80);
                        case 1 -> random.nextInt(0x80, 0xD800);
                        case 2 -> random.nextInt(0x10000, 0x110000);
                        default -> random.nextInt('a', 'z');
                    });
        }
        return text.toString();
    }
}
