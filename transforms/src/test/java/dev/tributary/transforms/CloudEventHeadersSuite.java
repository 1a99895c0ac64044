// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleEvents.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

abstract class CloudEventHeadersSuite extends TransformSuite implements PassesOtherRecords {

    CloudEventHeadersSuite(SampleEvents events) {
        super(events);
    }

    @Override
    protected Transformation<SourceRecord> create() {
        return new CloudEventHeaders<>();
    }

    @Test
    void theAttributesAreAddedAsHeadersAndTheRestIsUnchanged() {
        // Given
        SourceRecord record = events.update(customer(), customer("visits", 4));

        // When
        SourceRecord event =
                Objects.requireNonNull(with("type.prefix", "com.example").apply(record));

        // Then
        assertThat(headers(event))
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_id", "0/2AF4950-u-1")
                .containsEntry("ce_source", "/postgresql/shop/shop")
                .containsEntry("ce_type", "com.example.shop.customers.updated")
                .containsEntry(
                        "ce_time", Instant.ofEpochMilli(SampleEvents.COMMITTED).toString())
                .containsEntry("ce_subject", "1")
                .containsEntry("content-type", "application/json")
                .hasSize(7);
        assertThat(event.value()).isSameAs(record.value());
        assertThat(event.key()).isSameAs(record.key());
        assertThat(event.topic()).isEqualTo(record.topic());
        assertThat(event.timestamp()).isEqualTo(record.timestamp());
        assertThat(record.headers()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "c, shop.customers.created",
        "r, shop.customers.read",
        "d, shop.customers.deleted",
        "t, shop.customers.truncated"
    })
    void theTypeSaysWhatHappenedToWhichTable(String op, String type) {
        SourceRecord record = events.event(
                op, op.equals("d") ? customer() : null, op.equals("c") || op.equals("r") ? customer() : null);
        assertThat(headers(with().apply(record))).containsEntry("ce_type", type);
    }

    @Test
    void aLogicalMessageIsAnEventAsWell() {
        assertThat(headers(with().apply(events.message())))
                .containsEntry("ce_type", "message")
                .containsEntry("ce_source", "/postgresql/shop/shop");
    }

    @Test
    void configuredValuesOverrideDerivedOnes() {
        // Given
        Transformation<SourceRecord> transform = with(
                "source",
                "urn:example:shop",
                "subject",
                "after.email",
                "content.type",
                "application/vnd.shop+json; charset=utf-8");

        // When
        Map<String, Object> headers = headers(transform.apply(events.create(customer())));

        // Then
        assertThat(headers)
                .containsEntry("ce_source", "urn:example:shop")
                .containsEntry("ce_subject", "ann@example.org")
                .containsEntry("content-type", "application/vnd.shop+json; charset=utf-8");
    }

    @Test
    void emptyAttributesAreLeftOut() {
        assertThat(headers(with("subject", "", "content.type", "").apply(events.create(customer()))))
                .doesNotContainKeys("ce_subject", "content-type");
        assertThat(headers(with("subject", "after.nothing").apply(events.create(customer()))))
                .doesNotContainKey("ce_subject");
    }

    @Test
    void applyingItTwiceHasTheSameResultAsOnce() {
        Transformation<SourceRecord> transform = with();
        SourceRecord once = Objects.requireNonNull(transform.apply(events.create(customer())));
        assertThat(headers(transform.apply(once))).isEqualTo(headers(once));
    }

    @Test
    void rowsWithOneLsnAreDistinguishedByTheirNumberInTheTransaction() {
        // Given
        Transformation<SourceRecord> transform = with();
        Set<Object> ids = new HashSet<>();

        // When
        for (long ordinal = 1; ordinal <= 100; ordinal++) {
            ids.add(id(transform, at(withoutTransaction(events.create(customer())), Map.of("tx_ordinal", ordinal))));
        }

        // Then
        assertThat(ids).hasSize(100).contains("0/2AF4950-c-7");
    }

    @Test
    void anEventThatIsSentAgainHasTheSameIdAndOtherEventsHaveOthers() {
        // Given
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println(getClass().getSimpleName() + " seed " + seed);
        Random random = new Random(seed);
        Transformation<SourceRecord> first = with();
        Transformation<SourceRecord> second = create();
        second.configure(Map.of());
        Map<Object, Long> ids = new HashMap<>();

        // When
        for (int round = 0; round < 1_000; round++) {
            long key = random.nextInt(200);
            SourceRecord record =
                    at(withoutTransaction(events.create(customer("id", key, "visits", random.nextInt()))), Map.of());
            Object id = id(first, record);

            // Then
            assertThat(id(second, record)).isEqualTo(id);
            assertThat(ids.computeIfAbsent(id, unknown -> key)).isEqualTo(key);
        }
        assertThat(ids.values()).doesNotHaveDuplicates();
    }

    @Test
    void rowsOfASnapshotAreDistinguishedByTheirKeys() {
        Transformation<SourceRecord> transform = with();
        assertThat(id(transform, events.read(customer("id", 1L))))
                .isEqualTo(id(transform, at(events.read(customer("id", 1L)), Map.of("tx_ordinal", 9L))))
                .isNotEqualTo(id(transform, events.read(customer("id", 2L))));
    }

    @Test
    void rowsWithoutAKeyAreDistinguishedByTheirColumns() {
        Transformation<SourceRecord> transform = with();
        assertThat(id(transform, withoutKey(events.read(customer("photo", new byte[] {1, 2})))))
                .isEqualTo(id(transform, withoutKey(events.read(customer("photo", new byte[] {1, 2})))))
                .isNotEqualTo(id(transform, withoutKey(events.read(customer("photo", new byte[] {1, 3})))))
                .isNotEqualTo(id(transform, withoutKey(events.read(customer("photo", null, "name", "Ann")))));
        // The column's default.
        assertThat(id(transform, withoutKey(events.read(customer("photo", null)))))
                .isNotEqualTo(id(transform, withoutKey(events.read(customer("photo", new byte[] {0})))));
    }

    @Test
    void aRecordFromKafkaWithoutAnLsnIsIdentifiedByTopicPartitionAndOffset() {
        // Given
        SourceRecord record = events.create(customer());
        Map<String, ?> value =
                Map.of("op", "c", "after", customer(), "source", Map.of("connector", "postgresql", "table", "t"));
        try (CloudEventHeaders<SinkRecord> transform = new CloudEventHeaders<>()) {
            transform.configure(Map.of());

            // When
            SinkRecord event = transform.apply(
                    new SinkRecord(record.topic(), 3, null, null, null, value, 42, 0L, TimestampType.CREATE_TIME));

            // Then
            assertThat(event.headers().lastWithName("ce_id").value()).isEqualTo(SampleEvents.TOPIC + "-3-42");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "source, 'http://a b', must be a URI reference",
        "type.prefix, 'com example', must not contain spaces",
        "subject, after..x, a path consists of names",
        "content.type, json, must be a media type"
    })
    void invalidOptionsAreRejected(String option, String value, String reason) {
        assertThatThrownBy(() -> with(option, value))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(option)
                .hasMessageContaining(reason);
    }

    private static Object id(Transformation<SourceRecord> transform, SourceRecord record) {
        return Objects.requireNonNull(headers(transform.apply(record)).get("ce_id"));
    }

    private static Map<String, Object> headers(@Nullable SourceRecord record) {
        Map<String, Object> headers = new HashMap<>();
        for (Header header : Objects.requireNonNull(record).headers()) {
            assertThat(headers.put(header.key(), header.value())).isNull();
        }
        return headers;
    }

    private static SourceRecord at(SourceRecord record, Map<String, ?> offset) {
        return new SourceRecord(
                record.sourcePartition(),
                offset,
                record.topic(),
                null,
                record.keySchema(),
                record.key(),
                record.valueSchema(),
                record.value(),
                record.timestamp());
    }

    private static SourceRecord withoutKey(SourceRecord record) {
        return record.newRecord(
                record.topic(), null, null, null, record.valueSchema(), record.value(), record.timestamp());
    }

    @SuppressWarnings("unchecked")
    private static SourceRecord withoutTransaction(SourceRecord record) {
        if (record.value() instanceof org.apache.kafka.connect.data.Struct struct) {
            struct.put("transaction", null);
        } else {
            ((Map<String, Object>) record.value()).remove("transaction");
        }
        return record;
    }

    static Stream<Arguments> keys() {
        return Stream.of(
                arguments(Schema.BYTES_SCHEMA, new byte[] {0, 1, -1}, "0001ff"),
                arguments(Schema.BYTES_SCHEMA, ByteBuffer.wrap(new byte[] {16}), "10"),
                arguments(Decimal.schema(2), new BigDecimal("12.50"), "12.5"),
                arguments(Schema.FLOAT64_SCHEMA, 1e21, "1000000000000000000000"),
                arguments(Schema.OPTIONAL_STRING_SCHEMA, null, "null"),
                arguments(
                        Timestamp.SCHEMA,
                        java.util.Date.from(Instant.ofEpochMilli(1_790_000_000_123L)),
                        "1790000000123"),
                arguments(Date.SCHEMA, java.util.Date.from(Instant.ofEpochMilli(86_400_000L)), "1"));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void theSubjectIsATextThatSaysTheValue(Schema type, @Nullable Object value, String text) {
        SourceRecord event = events.create(customer());
        Schema schema = SchemaBuilder.struct().field("id", type).build();
        Map<String, @Nullable Object> map = new HashMap<>();
        map.put("id", value);
        SourceRecord record = event.newRecord(
                event.topic(),
                null,
                events.hasSchemas() ? schema : null,
                events.hasSchemas() ? new Struct(schema).put("id", value) : map,
                event.valueSchema(),
                event.value(),
                event.timestamp());
        boolean isDay = !events.hasSchemas() && Date.LOGICAL_NAME.equals(type.name());

        assertThat(headers(with().apply(record))).containsEntry("ce_subject", isDay ? "86400000" : text);
    }

    @Test
    void aNumberWithItsScaleIsANumber() {
        Schema scaled = SchemaBuilder.struct()
                .name("io.debezium.data.VariableScaleDecimal")
                .field("scale", Schema.INT32_SCHEMA)
                .field("value", Schema.BYTES_SCHEMA)
                .build();
        Struct number = new Struct(scaled).put("scale", 1).put("value", new byte[] {125});
        Schema schema = SchemaBuilder.struct().field("id", scaled).build();
        SourceRecord event = events.create(customer());
        SourceRecord record = event.newRecord(
                event.topic(),
                null,
                schema,
                new Struct(schema).put("id", number),
                event.valueSchema(),
                event.value(),
                event.timestamp());

        assertThat(headers(with().apply(record))).containsEntry("ce_subject", "12.5");
    }

    @Test
    void theSourceIsAUriReferenceWhateverTheNames() {
        SourceRecord record = MaskSuite.withSource("db", "my shop/ä?", events.create(customer()));

        String source = String.valueOf(headers(with().apply(record)).get("ce_source"));

        assertThat(source).isEqualTo("/postgresql/shop/my%20shop%2F%C3%A4%3F");
        assertThat(URI.create(source).getPath()).isEqualTo("/postgresql/shop/my shop/ä?");
    }

    @Test
    void theIdentityDoesNotDependOnTheTimeZone() {
        Schema schema = SchemaBuilder.struct().field("id", Timestamp.SCHEMA).build();
        SourceRecord event = events.read(customer());
        SourceRecord record = event.newRecord(
                event.topic(),
                null,
                schema,
                new Struct(schema).put("id", java.util.Date.from(Instant.ofEpochMilli(1_790_000_000_123L))),
                event.valueSchema(),
                event.value(),
                event.timestamp());
        TimeZone zone = TimeZone.getDefault();
        Object here = headers(with().apply(record)).get("ce_id");
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
            assertThat(headers(with().apply(record))).containsEntry("ce_id", here);
        } finally {
            TimeZone.setDefault(zone);
        }
    }
}
