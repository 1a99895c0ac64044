// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleEvents.customer;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the actions of {@link MaskFields} do to values of each type that a schema can have. */
@SuppressWarnings("JavaUtilDate") // what Connect's logical types hold
class MaskTypesTest extends MaskSuite {

    private static final byte[] PLACEHOLDER_BYTES = "__debezium_unavailable_value".getBytes(StandardCharsets.UTF_8);

    MaskTypesTest() {
        super(SampleEvents.withSchemas());
    }

    /** A schema, a value, its canonical text, and the result of redact. */
    static List<Arguments> types() {
        Schema scaled = SchemaBuilder.struct()
                .name("io.debezium.data.VariableScaleDecimal")
                .field("scale", Schema.INT32_SCHEMA)
                .field("value", Schema.BYTES_SCHEMA)
                .build();
        return List.of(
                Arguments.of(Schema.INT8_SCHEMA, (byte) 5, "5", (byte) 0),
                Arguments.of(Schema.INT16_SCHEMA, (short) -5, "-5", (short) 0),
                Arguments.of(Schema.INT32_SCHEMA, 5, "5", 0),
                Arguments.of(Schema.INT64_SCHEMA, 1L << 40, "1099511627776", 0L),
                Arguments.of(Schema.FLOAT32_SCHEMA, 0.1f, "0.1", 0f),
                Arguments.of(Schema.FLOAT64_SCHEMA, 5.0, "5", 0d),
                Arguments.of(Schema.FLOAT64_SCHEMA, Double.NaN, "NaN", 0d),
                Arguments.of(Schema.BOOLEAN_SCHEMA, true, "true", false),
                Arguments.of(Schema.STRING_SCHEMA, "Ann", "Ann", "****"),
                Arguments.of(
                        Schema.BYTES_SCHEMA,
                        ByteBuffer.wrap("Ann".getBytes(StandardCharsets.UTF_8)),
                        "Ann",
                        new byte[0]),
                Arguments.of(Decimal.schema(2), new BigDecimal("500.00"), "500", new BigDecimal("0.00")),
                Arguments.of(
                        scaled,
                        new Struct(scaled).put("scale", 1).put("value", new byte[] {55}),
                        "5.5",
                        new Struct(scaled).put("scale", 0).put("value", new byte[1])),
                Arguments.of(org.apache.kafka.connect.data.Date.SCHEMA, new Date(-86_400_000L), "-1", new Date(0)),
                Arguments.of(Time.SCHEMA, new Date(7), "7", new Date(0)),
                Arguments.of(Timestamp.SCHEMA, new Date(-7), "-7", new Date(0)),
                Arguments.of(named("io.debezium.time.MicroTimestamp", SchemaBuilder.int64()), 9L, "9", 0L),
                Arguments.of(named("io.debezium.time.Date", SchemaBuilder.int32()), 9, "9", 0),
                text("io.debezium.time.ZonedTimestamp", "2026-01-02T03:04:05Z", "1970-01-01T00:00:00Z"),
                text("io.debezium.time.ZonedTime", "03:04:05Z", "00:00:00Z"),
                text("io.debezium.time.Interval", "P1Y", "P0Y0M0DT0H0M0S"),
                text(
                        "io.debezium.data.Uuid",
                        "1b4e28ba-2fa1-11d2-883f-0016d3cca427",
                        "00000000-0000-0000-0000-000000000000"),
                text("io.debezium.data.Json", "{}", "\"****\""),
                text("io.debezium.data.Enum", "red", "****"));
    }

    private static Arguments text(String name, String value, String redacted) {
        return Arguments.of(named(name, SchemaBuilder.string().parameter("p", "q")), value, value, redacted);
    }

    private static Schema named(String name, SchemaBuilder builder) {
        return builder.name(name).version(1).build();
    }

    @ParameterizedTest
    @MethodSource("types")
    void redactionKeepsTypeAndName(Schema schema, Object value, String text, Object redacted) {
        Struct row = flat(schema, value, "*.t.c=redact");
        assertThat(row.schema().field("c").schema()).isSameAs(schema);
        assertThat(row.get("c")).isEqualTo(redacted);
    }

    @ParameterizedTest
    @MethodSource("types")
    void theHashOfTheCanonicalTextIsAPlainString(Schema schema, Object value, String text) {
        Struct row = flat(schema, value, "*.t.c=hash");
        assertThat(row.schema().field("c").schema()).isEqualTo(Schema.STRING_SCHEMA);
        assertThat(row.get("c")).isEqualTo(hash(text));
    }

    @ParameterizedTest
    @MethodSource("types")
    void encryptedValuesAreDecrypted(Schema schema, Object value, String text) {
        for (String action : List.of("encrypt", "encrypt:deterministic")) {
            Struct row = flat(schema, value, "*.t.c=" + action);
            assertThat(row.schema().field("c").schema()).isEqualTo(Schema.STRING_SCHEMA);
            String encrypted = row.getString("c");
            assertThat(
                            schema.equals(Schema.BYTES_SCHEMA)
                                    ? new String(DECRYPTOR.decryptBytes(encrypted), StandardCharsets.UTF_8)
                                    : DECRYPTOR.decryptText(encrypted))
                    .isEqualTo(text);
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void nullMakesAColumnOptional(Schema schema, Object value) {
        Struct row = flat(schema, value, "*.t.c=null");
        Schema masked = row.schema().field("c").schema();
        assertThat(masked.isOptional()).isTrue();
        assertThat(masked.type()).isEqualTo(schema.type());
        assertThat(masked.name()).isEqualTo(schema.name());
        assertThat(row.get("c")).isNull();
    }

    @Test
    void aTruncatedTextPromisesNoFormat() {
        Struct row = flat(named("io.debezium.data.Uuid", SchemaBuilder.string()), "1b4e28ba-2fa1", "*.t.c=truncate:3");
        assertThat(row.schema().field("c").schema()).isEqualTo(Schema.STRING_SCHEMA);
        assertThat(row.get("c")).isEqualTo("1b4");
    }

    @Test
    void aBufferIsTruncatedWithoutChangingIt() {
        ByteBuffer value = ByteBuffer.wrap(new byte[] {1, 2, 3, 4}, 1, 3);
        assertThat(flat(Schema.BYTES_SCHEMA, value, "*.t.c=truncate:2").get("c"))
                .isEqualTo(ByteBuffer.wrap(new byte[] {2, 3}));
        assertThat(value.remaining()).isEqualTo(3);
    }

    @Test
    void bytesAndNumbersThatWereNotSentBecomeThePlaceholderText() {
        List<Object> integers = new ArrayList<>();
        for (byte b : PLACEHOLDER_BYTES) {
            integers.add((int) b);
        }
        Schema array = SchemaBuilder.array(Schema.OPTIONAL_INT32_SCHEMA).build();
        assertThat(flat(array, integers, "*.t.c=hash").get("c")).isEqualTo(List.of("__debezium_unavailable_value"));
        assertThat(flat(array, List.of(1, 2), "*.t.c=hash").get("c")).isEqualTo(List.of(hash("1"), hash("2")));
        List<Object> ones = Collections.nCopies(integers.size(), 1);
        assertThat(flat(array, ones, "*.t.c=hash").getArray("c")).containsOnly(hash("1"));
        assertThat(flat(array, integers, "*.t.c=redact").getArray("c"))
                .hasSize(integers.size())
                .containsOnly(0);
        assertThat(flat(Schema.BYTES_SCHEMA, PLACEHOLDER_BYTES, "*.t.c=encrypt").get("c"))
                .isEqualTo("__debezium_unavailable_value");
        assertThat(flat(Schema.BYTES_SCHEMA, ByteBuffer.wrap(PLACEHOLDER_BYTES), "*.t.c=truncate:1")
                        .get("c"))
                .isEqualTo(ByteBuffer.wrap(PLACEHOLDER_BYTES));
        Schema map = SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.OPTIONAL_STRING_SCHEMA)
                .build();
        Map<String, String> notSent = Map.of("__debezium_unavailable_value", "__debezium_unavailable_value");
        assertThat(flat(map, notSent, "*.t.c=hash").get("c")).isEqualTo(notSent);
    }

    @Test
    void bytesThatChangedInPlaceAreHashedAgain() {
        // Given
        Transformation<SourceRecord> transform = with("rules", "*.customers.photo=hash");
        byte[] photo = "one".getBytes(StandardCharsets.UTF_8);
        applied(transform, events.create(customer("photo", photo)));

        // When
        System.arraycopy("two".getBytes(StandardCharsets.UTF_8), 0, photo, 0, 3);

        // Then
        assertThat(part(row(transform, events.create(customer("photo", photo))), "after"))
                .containsEntry("photo", hash("two"));
    }
}
