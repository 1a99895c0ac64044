// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.data.Enum;
import io.debezium.data.VariableScaleDecimal;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.ConnectSchema;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlaceholdersTest {

    private static final byte[] BYTES = "\u0001A".getBytes(StandardCharsets.US_ASCII);
    private static final String TEXT = new String(BYTES, StandardCharsets.US_ASCII);

    private final Placeholders placeholders = new Placeholders(BYTES, false);
    private final Placeholders reselected = new Placeholders(BYTES, true);

    private static List<Schema> schemas() {
        List<Schema> scalars = List.of(
                Schema.STRING_SCHEMA,
                Schema.BYTES_SCHEMA,
                Schema.BOOLEAN_SCHEMA,
                Schema.INT16_SCHEMA,
                Schema.INT32_SCHEMA,
                Schema.INT64_SCHEMA,
                Schema.FLOAT32_SCHEMA,
                Schema.FLOAT64_SCHEMA,
                Date.SCHEMA,
                Time.SCHEMA,
                Timestamp.SCHEMA,
                Decimal.schema(2),
                VariableScaleDecimal.schema(),
                io.debezium.data.geometry.Geometry.schema(),
                Enum.schema("a,b"),
                SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.OPTIONAL_STRING_SCHEMA)
                        .build());
        return java.util.stream.Stream.concat(
                        scalars.stream(),
                        scalars.stream()
                                .map(scalar -> SchemaBuilder.array(scalar).build()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void everySchemaHasAPlaceholderThatFitsIt(Schema schema) {
        // When
        Object value = placeholders.of(schema);

        // Then
        ConnectSchema.validateValue("a", schema, value);
        if (value instanceof Struct struct) {
            struct.validate();
        }
    }

    @Test
    void anArrayOfNumbersConsistsOfTheBytes() {
        assertThat(placeholders.of(array(Schema.INT16_SCHEMA))).isEqualTo(List.of((short) 1, (short) 65));
        assertThat(placeholders.of(array(Schema.FLOAT64_SCHEMA))).isEqualTo(List.of(1.0, 65.0));
        assertThat(placeholders.of(array(Decimal.schema(1))))
                .isEqualTo(List.of(new BigDecimal("0.1"), new BigDecimal("6.5")));
    }

    @Test
    void anArrayOfBooleansConsistsOfTheBits() {
        assertThat(placeholders.of(array(Schema.BOOLEAN_SCHEMA)).toString())
                .isEqualTo("[false, false, false, false, false, false, false, true,"
                        + " false, true, false, false, false, false, false, true]");
    }

    @Test
    void anArrayOfAnythingElseHasOneElement() {
        assertThat(placeholders.of(array(Enum.schema("a,b")))).isEqualTo(List.of(TEXT));
        assertThat(placeholders.of(array(SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA)
                        .build())))
                .isEqualTo(List.of(Map.of(TEXT, TEXT)));
    }

    @Test
    void debeziumsPlaceholderIsUsedIfItFits() {
        assertThat(placeholders.of(true, field(Schema.STRING_SCHEMA), () -> "theirs"))
                .isEqualTo("theirs");
        assertThat(placeholders.of(true, field(Schema.STRING_SCHEMA), () -> 7)).isEqualTo(TEXT);
        assertThat(placeholders.of(true, field(Schema.STRING_SCHEMA), () -> {
                    throw new IllegalArgumentException();
                }))
                .isEqualTo(TEXT);
    }

    @Test
    void aPlaceholderThatDebeziumsReselectionDoesNotRecognizeIsNull() {
        assertThat(reselected.of(true, field(array(Schema.FLOAT64_SCHEMA)), () -> null))
                .isNull();
        assertThat(reselected.of(false, field(array(Schema.FLOAT64_SCHEMA)), () -> null))
                .isNotNull();
        assertThat(reselected.of(true, field(array(Enum.schema("a,b"))), () -> null))
                .isEqualTo(List.of(TEXT));
    }

    private static Schema array(Schema element) {
        return SchemaBuilder.array(element).build();
    }

    private static Field field(Schema schema) {
        return new Field("a", 0, schema);
    }
}
