// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleEvents.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
