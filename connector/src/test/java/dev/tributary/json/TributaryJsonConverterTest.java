// SPDX-License-Identifier: Apache-2.0
package dev.tributary.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tributary.row.SampleRows;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.HeaderConverter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the output with that of Connect's own converter. */
class TributaryJsonConverterTest {

    private static final int SCHEMAS = 1_500;
    private static final int VALUES = 4;

    static Stream<Map<String, String>> configurations() {
        return Stream.of("true", "false")
                .flatMap(schemas -> Stream.of("BASE64", "NUMERIC")
                        .flatMap(decimals -> Stream.of("true", "false")
                                .map(nulls -> Map.of(
                                        "schemas.enable",
                                        schemas,
                                        "decimal.format",
                                        decimals,
                                        "replace.null.with.default",
                                        nulls))));
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void anyValueOfAnySchemaIsWrittenAsConnectWritesIt(Map<String, String> configuration) {
        // Given
        SplittableRandom random = seeded();
        RandomData data = new RandomData(random);
        TributaryJsonConverter ours = configured(new TributaryJsonConverter(), configuration);
        Converter connect = configured(new JsonConverter(), configuration);

        for (int i = 0; i < SCHEMAS; i++) {
            Schema schema =
                    random.nextBoolean() ? data.schema(3) : data.struct(3).build();
            for (int j = 0; j < VALUES; j++) {
                // When
                Object value = data.nullable(schema);

                // Then
                assertThat(outcome(ours, schema, value)).isEqualTo(outcome(connect, schema, value));
                assertThat(ours.isTrusted(schema))
                        .as(outcome(connect, schema, value))
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void readAndUnreadRowsAreWrittenTheSame(Map<String, String> configuration) {
        // Given
        TributaryJsonConverter ours = configured(new TributaryJsonConverter(), configuration);
        Converter connect = configured(new JsonConverter(), configuration);

        for (int i = 0; i < VALUES; i++) {
            for (List<@Nullable String> row : SampleRows.ROWS) {
                Schema schema = SampleRows.CODEC.schema();
                byte[] expected = connect.fromConnectData("t", schema, SampleRows.plain(row));

                // Then
                assertThat(ours.fromConnectData("t", schema, SampleRows.lazy(row)))
                        .isEqualTo(expected);
                Struct read = SampleRows.lazy(row);
                read.validate();
                assertThat(ours.fromConnectData("t", schema, read)).isEqualTo(expected);
            }
        }
    }

    @Test
    void aFieldSetByATransformationIsWrittenAsSet() {
        // Given
        Converter ours = configured(new TributaryJsonConverter(), Map.of("schemas.enable", "false"));
        Struct row = SampleRows.lazy(SampleRows.ROWS.get(0));

        // When
        row.put("name", "\"masked\"");
        byte[] json = Objects.requireNonNull(ours.fromConnectData("t", row.schema(), row));

        // Then
        assertThat(new String(json, StandardCharsets.UTF_8)).contains("\"name\":\"\\\"masked\\\"\"");
    }

    @Test
    void valuesThatConnectRefusesAreRefusedWithItsMessage() {
        // Given
        Converter ours = configured(new TributaryJsonConverter(), Map.of());
        Converter connect = configured(new JsonConverter(), Map.of());
        Schema decimal = Decimal.schema(2);
        Struct other = new Struct(SchemaBuilder.struct().name("other").build());
        Schema expected = SchemaBuilder.struct().name("expected").build();

        // Then
        assertRefusedAlike(ours, connect, Schema.INT32_SCHEMA, "text");
        assertRefusedAlike(ours, connect, Schema.INT32_SCHEMA, null);
        assertRefusedAlike(ours, connect, decimal, new BigDecimal("1.234"));
        assertRefusedAlike(ours, connect, expected, other);
        assertThat(ours.fromConnectData("t", Schema.INT32_SCHEMA, 7))
                .isEqualTo(connect.fromConnectData("t", Schema.INT32_SCHEMA, 7));
    }

    @Test
    void unusualValuesAreWrittenByConnectsOwnConverter() {
        // Given
        Schema schema = SchemaBuilder.map(Schema.OPTIONAL_STRING_SCHEMA, Schema.INT32_SCHEMA)
                .build();
        Map<@Nullable String, Integer> nullKey = new HashMap<>();
        nullKey.put(null, 7);
        Map<String, String> configuration = Map.of();

        // Then
        assertThat(configured(new TributaryJsonConverter(), configuration).fromConnectData("t", schema, nullKey))
                .isEqualTo(configured(new JsonConverter(), configuration).fromConnectData("t", schema, nullKey));
    }

    @Test
    void valuesWithoutSchemaHeadersAndReadingAreLeftToConnectsOwnConverter() {
        // Given
        TributaryJsonConverter ours = new TributaryJsonConverter();
        JsonConverter connect = new JsonConverter();
        ours.configure(Map.of("schemas.enable", "false"), false);
        connect.configure(Map.of("schemas.enable", "false"), false);
        Map<String, Object> value = Map.of("a", List.of(1, "b"));
        byte[] json = connect.fromConnectData("t", null, value);

        // Then
        assertThat(ours.fromConnectData("t", null, value)).isEqualTo(json);
        assertThat(ours.fromConnectData("t", null, null)).isNull();
        assertThat(ours.fromConnectHeader("t", "h", Schema.STRING_SCHEMA, "v"))
                .isEqualTo(connect.fromConnectHeader("t", "h", Schema.STRING_SCHEMA, "v"));
        assertThat(ours.toConnectData("t", json)).isEqualTo(connect.toConnectData("t", json));
        assertThat(ours.toConnectData("t", null)).isEqualTo(connect.toConnectData("t", null));
        assertThat(ours.toConnectHeader("t", "h", json)).isEqualTo(connect.toConnectHeader("t", "h", json));
        assertThat(ours.config().names()).isEqualTo(connect.config().names());
        ours.close();
        connect.close();
    }

    @Test
    void schemasBeyondTheCacheAreWrittenTheSame() {
        // Given
        Map<String, String> tiny = Map.of("schemas.cache.size", "2");
        Converter ours = configured(new TributaryJsonConverter(), tiny);
        Converter connect = configured(new JsonConverter(), tiny);

        for (int i = 0; i < 50; i++) {
            Schema schema = SchemaBuilder.struct()
                    .name("s" + i % 7)
                    .field("f", Schema.STRING_SCHEMA)
                    .build();
            Struct value = new Struct(schema).put("f", "v" + i);
            assertThat(ours.fromConnectData("t", schema, value)).isEqualTo(connect.fromConnectData("t", schema, value));
        }
    }

    @Test
    void connectFindsIt() {
        assertThat(ServiceLoader.load(Converter.class)).hasAtLeastOneElementOfType(TributaryJsonConverter.class);
        assertThat(ServiceLoader.load(HeaderConverter.class)).hasAtLeastOneElementOfType(TributaryJsonConverter.class);
    }

    private static void assertRefusedAlike(Converter ours, Converter connect, Schema schema, @Nullable Object value) {
        Throwable expected = catchThrowable(() -> connect.fromConnectData("t", schema, value));
        assertThat(expected).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> ours.fromConnectData("t", schema, value))
                .isInstanceOf(DataException.class)
                .hasMessage(expected.getMessage());
    }

    /** The output as text, or the exception. */
    private static @Nullable String outcome(Converter converter, Schema schema, @Nullable Object value) {
        try {
            byte[] json = converter.fromConnectData("t", schema, value);
            return json == null ? null : new String(json, StandardCharsets.UTF_8);
        } catch (DataException e) {
            return e.toString();
        }
    }

    private static <T extends Converter> T configured(T converter, Map<String, String> configuration) {
        converter.configure(configuration, false);
        return converter;
    }

    private static SplittableRandom seeded() {
        long seed = System.nanoTime();
        System.out.println("TributaryJsonConverterTest seed " + seed);
        return new SplittableRandom(seed);
    }
}
