// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleEvents.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("JavaUtilDate") // what Connect's logical types hold
class MaskFieldsSchemaTest extends MaskFieldsSuite {

    private static final byte[] PLACEHOLDER = "__debezium_unavailable_value".getBytes(StandardCharsets.UTF_8);

    MaskFieldsSchemaTest() {
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
    void anUnchangedSchemaIsTheSameObject() {
        // Given
        SourceRecord record = events.create(customer());

        // When
        SourceRecord masked = applied(
                with(
                        "rules",
                        "*.*.email=redact, *.*.extras=hash, *.*.labels=hash,"
                                + " *.*.address.city=encrypt, *.*.profile:/phone=null"),
                record);

        // Then
        assertThat(masked.valueSchema()).isSameAs(record.valueSchema());
        assertThat(masked.keySchema()).isSameAs(record.keySchema());
        assertThat(masked.key()).isSameAs(record.key());
    }

    @Test
    void aChangedSchemaIsCreatedOnce() {
        // Given
        Transformation<SourceRecord> transform = with("rules", "*.customers.id=hash");

        // When
        SourceRecord first = applied(transform, events.create(customer()));
        SourceRecord second = applied(transform, events.update(customer(), customer()));

        // Then
        assertThat(second.valueSchema()).isSameAs(first.valueSchema());
        assertThat(second.keySchema()).isSameAs(first.keySchema());
        assertThat(first.valueSchema().name()).isEqualTo("shop.shop.customers.Envelope");
        assertThat(first.valueSchema().version()).isEqualTo(2);
        assertThat(first.valueSchema().field("before").schema())
                .isSameAs(first.valueSchema().field("after").schema());
        assertThat(first.valueSchema().field("after").schema().name()).isEqualTo("shop.shop.customers.Value");
        assertThat(first.keySchema().field("id").schema()).isEqualTo(Schema.STRING_SCHEMA);
        ((Struct) first.value()).validate();
        ((Struct) first.key()).validate();
    }

    @Test
    void aTruncateHasTheSchemaOfTheMaskedRows() {
        Transformation<SourceRecord> transform = with("rules", "*.customers.visits=hash");
        assertThat(applied(transform, events.truncate()).valueSchema())
                .isSameAs(applied(transform, events.create(customer())).valueSchema());
    }

    @Test
    void partsThatAreNotMaskedAreShared() {
        // Given
        SourceRecord record = events.create(customer());
        Struct after = ((Struct) record.value()).getStruct("after");

        // When
        Struct masked = (Struct) applied(with(), record).value();

        // Then
        assertThat(masked.getStruct("source")).isSameAs(((Struct) record.value()).getStruct("source"));
        assertThat(masked.getStruct("after").getStruct("address")).isSameAs(after.getStruct("address"));
        assertThat(masked.getStruct("after").getArray("labels")).isSameAs(after.getArray("labels"));
    }

    @Test
    void aRowThatIsNotMaskedIsNotRead() {
        // Given
        Schema envelope = SchemaBuilder.struct()
                .field("after", SampleEvents.ROW)
                .field("op", Schema.STRING_SCHEMA)
                .field("source", SampleEvents.SOURCE)
                .build();
        List<String> read = new ArrayList<>();
        Struct row = new Struct(SampleEvents.ROW) {
            @Override
            public Object get(Field field) {
                read.add(field.name());
                return super.get(field);
            }

            @Override
            public Object getWithoutDefault(String name) {
                read.add(name);
                return super.getWithoutDefault(name);
            }
        };
        row.put("id", 1L).put("name", "Ann");
        Struct value = new Struct(envelope)
                .put("op", "c")
                .put("after", row)
                .put("source", ((Struct) events.create(customer()).value()).getStruct("source"));
        SourceRecord record = new SourceRecord(Map.of(), Map.of(), SampleEvents.TOPIC, envelope, value);

        // When
        SourceRecord handedOn = applied(with("rules", "*.customers.nowhere=redact"), record);

        // Then
        assertThat(handedOn).isSameAs(record);
        assertThat(read).isEmpty();
        applied(with(), record);
        assertThat(read).contains("email");
    }

    @Test
    void aMaskedColumnHasNoDefault() {
        // Given
        Schema needed = SchemaBuilder.string().defaultValue("Ann").doc("who").build();
        Schema optional = SchemaBuilder.string().optional().defaultValue("Ann").build();

        // When
        Struct redacted = flat(needed, null, "*.t.c=redact");
        Struct hashed = flat(optional, null, "*.t.c=hash");
        Struct kept = flat(optional, null, "*.t.d=hash");

        // Then
        assertThat(redacted.schema().field("c").schema())
                .isEqualTo(SchemaBuilder.string().doc("who").build());
        assertThat(redacted.get("c")).isEqualTo("****");
        assertThat(hashed.schema().field("c").schema()).isEqualTo(Schema.OPTIONAL_STRING_SCHEMA);
        assertThat(hashed.get("c")).isNull();
        assertThat(kept.schema().field("c").schema()).isSameAs(optional);
        assertThat(kept.getWithoutDefault("c")).isNull();
    }

    @Test
    void bytesAndNumbersThatWereNotSentBecomeThePlaceholderText() {
        List<Object> integers = new ArrayList<>();
        for (byte b : PLACEHOLDER) {
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
        assertThat(flat(Schema.BYTES_SCHEMA, PLACEHOLDER, "*.t.c=encrypt").get("c"))
                .isEqualTo("__debezium_unavailable_value");
        assertThat(flat(Schema.BYTES_SCHEMA, ByteBuffer.wrap(PLACEHOLDER), "*.t.c=truncate:1")
                        .get("c"))
                .isEqualTo(ByteBuffer.wrap(PLACEHOLDER));
        Schema map = SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.OPTIONAL_STRING_SCHEMA)
                .build();
        Map<String, String> notSent = Map.of("__debezium_unavailable_value", "__debezium_unavailable_value");
        assertThat(flat(map, notSent, "*.t.c=hash").get("c")).isEqualTo(notSent);
    }

    @Test
    void structsInArraysAndMapsAreMasked() {
        // Given
        Schema person = SchemaBuilder.struct()
                .name("person")
                .field("name", Schema.STRING_SCHEMA)
                .field("age", Schema.INT32_SCHEMA)
                .build();
        Struct ann = new Struct(person).put("name", "Ann").put("age", 7);
        Schema array = SchemaBuilder.array(person).optional().doc("people").build();
        Schema map = SchemaBuilder.map(Schema.STRING_SCHEMA, person).name("m").build();

        // When
        Struct listed = flat(array, List.of(ann), "*.t.c.age=hash");
        Struct mapped = flat(map, Map.of("a", ann), "*.t.c.*.age=hash");

        // Then
        assertThat(SampleEvents.plain(listed.get("c"))).isEqualTo(List.of(Map.of("name", "Ann", "age", hash("7"))));
        assertThat(listed.schema().field("c").schema().doc()).isEqualTo("people");
        assertThat(SampleEvents.plain(mapped.<String, Struct>getMap("c").get("a")))
                .isEqualTo(Map.of("name", "Ann", "age", hash("7")));
        assertThat(mapped.schema().field("c").schema().name()).isEqualTo("m");
        mapped.validate();
        listed.validate();
    }

    @Test
    void aStructIsNulledAsAWholeUnlessAnEarlierRuleIsForAPart() {
        // Given
        Schema point = SchemaBuilder.struct()
                .field("x", Schema.FLOAT64_SCHEMA)
                .field("names", SchemaBuilder.array(Schema.STRING_SCHEMA).build())
                .field("text", Schema.STRING_SCHEMA)
                .build();
        Struct value =
                new Struct(point).put("x", 1.5).put("names", List.of("a")).put("text", "t");

        // When
        Struct emptied = flat(point, value, "**.phone=hash, *.t.c=null");
        Struct kept = flat(point, value, "**.x=keep, *.t.c=null");

        // Then
        assertThat(emptied.get("c")).isNull();
        assertThat(emptied.schema().field("c").schema().isOptional()).isTrue();
        assertThat(kept.getStruct("c").get("x")).isEqualTo(1.5);
        assertThat(kept.getStruct("c").get("names")).isNull();
        assertThat(kept.getStruct("c").get("text")).isNull();
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

    @Test
    void aMapInANulledStructKeepsItsExceptions() {
        // Given
        Schema map = SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.OPTIONAL_STRING_SCHEMA)
                .build();
        Schema struct = SchemaBuilder.struct().field("m", map).build();
        Struct value = new Struct(struct).put("m", Map.of("phone", "555-0101"));

        // When
        Struct masked = flat(struct, value, "**.phone=keep, *.t.c=null");

        // Then
        assertThat(masked.getStruct("c").getMap("m")).isEqualTo(Map.of("phone", "555-0101"));
    }

    @Test
    void valuesOfAMapHaveOneTypeForAllKeys() {
        // Given
        Schema map =
                SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.INT32_SCHEMA).build();
        Map<String, Integer> value = Map.of("secret-key", 12345, "other", 1);

        // When / Then
        assertThatThrownBy(() -> flat(map, value, "*.t.c.secret*=hash"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("map c of table s.t")
                .hasMessageNotContaining("secret-key")
                .hasMessageNotContaining("12345");
        assertThat(flat(map, value, "*.t.c.none=hash").get("c")).isEqualTo(value);
        assertThat(flat(map, value, "*.t.c.secret*=redact").get("c")).isEqualTo(Map.of("secret-key", 0, "other", 1));
        assertThat(flat(map, value, "*.t.c.other=truncate:1, *.t.c.*=redact").get("c"))
                .isEqualTo(Map.of("secret-key", 0, "other", 0));
        assertThat(flat(map, value, "*.t.c=hash").get("c"))
                .isEqualTo(Map.of("secret-key", hash("12345"), "other", hash("1")));
    }

    @Test
    void aMapWithASchemaIsMaskedAsARow() {
        // Given
        Schema schema = SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA)
                .name("p.s.t.Value")
                .build();
        SourceRecord record = new SourceRecord(Map.of(), Map.of(), "x", schema, Map.of("a", "Ann", "b", "Bob"));

        // When
        SourceRecord masked = applied(with("rules", "s.t.a=redact"), record);

        // Then
        assertThat(masked.value()).isEqualTo(Map.of("a", "****", "b", "Bob"));
        assertThat(masked.valueSchema()).isSameAs(schema);
    }

    @Test
    void tablesWithoutASchemaBelongToTheirDatabase() {
        // Given: the source of a connector for MySQL
        Schema source = SchemaBuilder.struct()
                .field("db", Schema.STRING_SCHEMA)
                .field("table", Schema.STRING_SCHEMA)
                .build();
        Schema envelope = SchemaBuilder.struct()
                .field("after", SampleEvents.ROW)
                .field("op", Schema.STRING_SCHEMA)
                .field("source", source)
                .build();
        Struct value = new Struct(envelope)
                .put("op", "c")
                .put("source", new Struct(source).put("db", "shop").put("table", "customers"))
                .put("after", SampleEvents.struct(SampleEvents.ROW, customer()));

        // When
        SourceRecord masked = applied(
                with("rules", "shop.customers.email=redact"),
                new SourceRecord(Map.of(), Map.of(), "any", envelope, value));

        // Then
        assertThat(((Struct) masked.value()).getStruct("after").get("email")).isEqualTo("****");
    }

    @Test
    void tombstonesOfOneTopicAreDistinguishedByTheSchemasOfTheirKeys() {
        // Given: two tables on one topic, and no names that distinguish them
        Transformation<SourceRecord> transform = with("rules", "shop.customers.id=hash");
        SourceRecord customers = keyed("a", events.delete(customer()));
        SourceRecord staff = keyed("b", events.delete(customer()));
        ((Struct) staff.value()).getStruct("source").put("table", "staff");

        // When
        Object hashed = applied(transform, customers).key();
        SourceRecord handedOn = applied(transform, staff);

        // Then
        assertThat(handedOn).isSameAs(staff);
        assertThat(applied(transform, tombstone(customers)).key()).isEqualTo(hashed);
        assertThat(applied(transform, tombstone(staff)).key()).isEqualTo(staff.key());
    }

    private static SourceRecord keyed(String schemaName, SourceRecord record) {
        Schema schema = SchemaBuilder.struct()
                .name(schemaName)
                .field("id", Schema.INT64_SCHEMA)
                .build();
        return record.newRecord(
                "all", null, schema, new Struct(schema).put("id", 1L), record.valueSchema(), record.value(), null);
    }

    @Test
    void theConnectorsOwnRecordsAreNotRowsWhateverTheirTopic() {
        // Given: a prefix with a dot makes these topics look like those of tables
        SourceRecord boundary = events.transactionBoundary();
        SourceRecord record = boundary.newRecord(
                "my.shop.transaction", null, null, null, boundary.valueSchema(), boundary.value(), null);

        // When / Then
        assertThat(with("rules", "**=redact").apply(record)).isSameAs(record);
    }

    /** A masked flat row of the table s.t with one column. */
    private Struct flat(Schema column, @Nullable Object value, String rules) {
        Schema schema = SchemaBuilder.struct()
                .name("p.s.t.Value")
                .field("c", column)
                .field("d", Schema.OPTIONAL_STRING_SCHEMA)
                .build();
        Struct row = new Struct(schema).put("d", "d");
        if (value != null) {
            row.put("c", value);
        }
        Struct masked = (Struct) Objects.requireNonNull(
                applied(with("rules", rules), new SourceRecord(Map.of(), Map.of(), "x", schema, row))
                        .value());
        masked.validate();
        return masked;
    }
}
