// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.flatten;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WiderStructTest {

    private static final Schema INNER =
            SchemaBuilder.struct().field("a", Schema.INT32_SCHEMA).optional().build();

    private static final Schema ROW = SchemaBuilder.struct()
            .field("int8", Schema.INT8_SCHEMA)
            .field("int16", Schema.INT16_SCHEMA)
            .field("int32", SchemaBuilder.int32().defaultValue(5).build())
            .field("int64", Schema.INT64_SCHEMA)
            .field("float32", Schema.FLOAT32_SCHEMA)
            .field("float64", Schema.FLOAT64_SCHEMA)
            .field("boolean", Schema.BOOLEAN_SCHEMA)
            .field(
                    "string",
                    SchemaBuilder.string().optional().defaultValue("none").build())
            .field("bytes", Schema.BYTES_SCHEMA)
            .field("decimal", Decimal.schema(2))
            .field("array", SchemaBuilder.array(Schema.STRING_SCHEMA).build())
            .field(
                    "map",
                    SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA)
                            .build())
            .field("struct", INNER)
            .build();

    private static final Schema WIDER = wider();

    private final Struct row = new Struct(ROW)
            .put("int8", (byte) 1)
            .put("int16", (short) 2)
            .put("int64", 4L)
            .put("float32", 1.5f)
            .put("float64", 2.5)
            .put("boolean", true)
            .put("bytes", new byte[] {1})
            .put("decimal", new BigDecimal("1.50"))
            .put("array", List.of("x"))
            .put("map", Map.of("k", "v"))
            .put("struct", new Struct(INNER).put("a", 1));

    @Test
    void readsLikeACopy() {
        Struct wider = wider(row);
        Struct copy = copy();
        for (Field field : WIDER.fields()) {
            assertThat(wider.get(field)).as(field.name()).isEqualTo(copy.get(field));
            assertThat(wider.get(field.name())).isEqualTo(copy.get(field.name()));
            assertThat(wider.getWithoutDefault(field.name())).isEqualTo(copy.getWithoutDefault(field.name()));
        }
        assertThat(wider.getInt8("int8")).isEqualTo((byte) 1);
        assertThat(wider.getInt16("int16")).isEqualTo((short) 2);
        assertThat(wider.getInt64("int64")).isEqualTo(4L);
        assertThat(wider.getFloat32("float32")).isEqualTo(1.5f);
        assertThat(wider.getFloat64("float64")).isEqualTo(2.5);
        assertThat(wider.getBoolean("boolean")).isTrue();
        assertThat(wider.getString("__op")).isEqualTo("c");
        assertThat(wider.getBytes("bytes")).containsExactly(1);
        assertThat(wider.<String>getArray("array")).containsExactly("x");
        assertThat(wider.<String, String>getMap("map")).containsEntry("k", "v");
        assertThat(wider.getStruct("struct").getInt32("a")).isEqualTo(1);
        assertThat(wider.toString()).isEqualTo(copy.toString());
        wider.validate();
    }

    @Test
    void setFieldsAreNotSetInTheRow() {
        // Given
        Struct wider = wider(row);

        // When
        wider.put("int64", 40L).put("__op", null).put("string", "set");

        // Then
        assertThat(wider.getInt64("int64")).isEqualTo(40L);
        assertThat(wider.get("__op")).isNull();
        assertThat(wider.getString("string")).isEqualTo("set");
        assertThat(wider.getInt16("int16")).isEqualTo((short) 2);
        assertThat(row.getInt64("int64")).isEqualTo(4L);
    }

    @Test
    void isEqualToAnotherWithTheSameValues() {
        assertThat(wider(row)).isEqualTo(wider(row)).hasSameHashCodeAs(wider(row));
        assertThat(wider(row)).isNotEqualTo(wider(row).put("int64", 5L));
    }

    @Test
    void rejectsWhatAStructRejects() {
        Struct wider = wider(row);
        assertThatThrownBy(() -> wider.get("nothing")).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> wider.getInt32("int64")).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> wider.put("int64", "text")).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> wider(new Struct(ROW)).validate()).isInstanceOf(DataException.class);
    }

    @Test
    void overridesEveryPublicMethodOfStruct() {
        List<String> own = Arrays.stream(WiderStruct.class.getDeclaredMethods())
                .map(WiderStructTest::signature)
                .toList();
        assertThat(Arrays.stream(Struct.class.getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .map(WiderStructTest::signature)
                        .filter(signature -> !signature.startsWith("schema[")))
                .isSubsetOf(own);
    }

    private static String signature(Method method) {
        return method.getName() + Arrays.toString(method.getParameterTypes());
    }

    private static Schema wider() {
        SchemaBuilder builder = SchemaBuilder.struct();
        ROW.fields().forEach(field -> builder.field(field.name(), field.schema()));
        return builder.field("__op", Schema.OPTIONAL_STRING_SCHEMA).build();
    }

    private static WiderStruct wider(Struct row) {
        return new WiderStruct(WIDER, row, ROW.fields(), new @Nullable Object[] {"c"});
    }

    private Struct copy() {
        Struct copy = new Struct(WIDER);
        for (Field field : ROW.fields()) {
            Object value = row.getWithoutDefault(field.name());
            if (value != null) {
                copy.put(field.name(), value);
            }
        }
        return copy.put("__op", "c");
    }
}
