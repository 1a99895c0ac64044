// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleOutbox.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the columns of an outbox become: key, headers, partition, timestamp. */
abstract class OutboxColumnsSuite extends OutboxSuite implements PassesOtherRecords {

    OutboxColumnsSuite(SampleEvents events) {
        super(events);
    }

    @Test
    void columnsCanBeChosen() {
        // Given
        Transformation<SourceRecord> transform = with(
                "table.field.event.id", "type",
                "table.field.event.key", "tenant",
                "table.field.event.payload", "body",
                "route.by.field", "aggregateid");

        // When
        SourceRecord message = message(transform, outbox.create(entry("tenant", "north", "body", new byte[] {1, 2})));

        // Then
        assertThat(message.topic()).isEqualTo("outbox.event.4711");
        assertThat(message.key()).isEqualTo("north");
        assertThat(message.value()).isEqualTo(new byte[] {1, 2});
        assertThat(headers(message)).isEqualTo(Map.of("id", "OrderPlaced"));
    }

    @Test
    void columnsAreSentAsHeadersInTheEnvelopeAndAsPartition() {
        // Given
        Transformation<SourceRecord> transform = with(
                "table.fields.additional.placement",
                " type:header , tenant:header:who, type:envelope:eventType,tenant:envelope, shard : partition");

        // When
        SourceRecord message = message(transform, outbox.create(entry("shard", 3)));

        // Then
        Map<String, @Nullable Object> value = new LinkedHashMap<>();
        value.put("payload", ORDER);
        value.put("eventType", "OrderPlaced");
        value.put("tenant", null);
        assertThat(SampleEvents.plain(message.value())).isEqualTo(value);
        assertThat(headers(message)).containsEntry("type", "OrderPlaced").containsEntry("who", null);
        assertThat(message.kafkaPartition()).isEqualTo(3);
        assertThat(message(transform, outbox.create(entry())).kafkaPartition()).isNull();
    }

    @Test
    void aNullStaysNullWhateverTheColumnsDefault() {
        // Given
        SourceRecord event = outbox.create(entry("note", null));

        // When
        SourceRecord message = message(with("table.fields.additional.placement", "note:header,note:envelope"), event);

        // Then
        assertThat(headers(message)).containsEntry("note", null);
        assertThat(((Map<?, ?>) Objects.requireNonNull(SampleEvents.plain(message.value()))).get("note"))
                .isNull();
        assertThat(message(with("table.field.event.payload", "note"), event).value())
                .isNull();
    }

    @Test
    void aMissingColumnIsAnError() {
        for (String option : List.of(
                "table.field.event.id",
                "table.field.event.key",
                "table.field.event.payload",
                "table.field.event.timestamp",
                "route.by.field")) {
            assertThatThrownBy(() -> with(option, "pay_load").apply(outbox.create(entry())))
                    .as(option)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("table shop.outbox")
                    .hasMessageContaining("no column pay_load, which " + option + " names")
                    .hasMessageContaining("id, aggregatetype, aggregateid, type, payload, tenant")
                    .satisfies(OutboxRouterSuite::holdsNoValue);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"header", "envelope", "partition"})
    void aMissingAdditionalColumnIsAnErrorUnlessIgnored(String place) {
        // Given
        String placement = "nowhere:" + place + ",type:header,type:envelope";

        // Then
        assertThatThrownBy(() ->
                        with("table.fields.additional.placement", placement).apply(outbox.create(entry())))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no column nowhere, which table.fields.additional.placement names");
        SourceRecord message = message(
                with("table.fields.additional.placement", placement, "table.field.additional.missing", "ignore"),
                outbox.create(entry()));
        assertThat(headers(message)).isEqualTo(Map.of("id", ID, "type", "OrderPlaced"));
        assertThat(SampleEvents.plain(message.value())).isEqualTo(Map.of("payload", ORDER, "type", "OrderPlaced"));
        assertThat(message.kafkaPartition()).isNull();
    }

    @Test
    void aColumnAddedInMidStreamIsUsed() {
        // Given
        Transformation<SourceRecord> transform = with(
                "table.fields.additional.placement", "weight:header,weight:envelope",
                "table.field.additional.missing", "ignore");
        SchemaBuilder altered =
                SchemaBuilder.struct().name("shop.shop.outbox.Value").optional();
        SampleOutbox.ROW.fields().forEach(field -> altered.field(field.name(), field.schema()));
        altered.field("weight", Schema.OPTIONAL_INT32_SCHEMA);

        // When
        SourceRecord before = message(transform, outbox.create(entry()));
        SourceRecord after = message(transform, outbox.of(altered.build()).create(entry("weight", 7)));
        SourceRecord again = message(transform, outbox.create(entry()));

        // Then
        assertThat(headers(before)).doesNotContainKey("weight");
        assertThat(headers(after)).containsEntry("weight", 7);
        assertThat(SampleEvents.plain(after.value())).isEqualTo(Map.of("payload", ORDER, "weight", 7));
        assertThat(headers(again)).doesNotContainKey("weight");
        assertThat(again.valueSchema()).isEqualTo(before.valueSchema());
    }

    @Test
    void theTimestampCanBeAColumn() {
        // Given
        Transformation<SourceRecord> transform = with("table.field.event.timestamp", "created");

        // Then
        assertThat(message(transform, outbox.create(entry("created", "2024-09-01T10:00:00.123456Z")))
                        .timestamp())
                .isEqualTo(1_725_184_800_123L);
        assertThat(message(transform, outbox.create(entry("created", "2024-09-01T12:00:00+02:00")))
                        .timestamp())
                .isEqualTo(1_725_184_800_000L);
        assertThat(message(transform, outbox.create(entry())).timestamp()).isEqualTo(SampleEvents.COMMITTED);
    }

    /** Brokers refuse timestamps from the future. */
    @Test
    void aTimeThatIsStillToComeBecomesTheTimeOfSending() {
        // Given
        SourceRecord record = outbox.create(entry("created", "2999-01-01T00:00:00Z"));
        long before = System.currentTimeMillis();

        // When
        SourceRecord message = message(with("table.field.event.timestamp", "created"), record);

        // Then
        assertThat(message.timestamp()).isBetween(before, System.currentTimeMillis());
    }

    @Test
    void aRecordWithoutATimestampGetsThatOfTheEvent() {
        assertThat(message(with(), timeless(outbox.create(entry()))).timestamp())
                .isEqualTo(SampleEvents.COMMITTED + 5);
    }

    @ParameterizedTest
    @CsvSource({
        "created, infinity, is text",
        "tenant, yesterday, is text",
        "created, 1969-12-31T23:59:59Z, is before 1970",
        "shard, 17, is"
    })
    void aColumnThatIsNotATimestampIsAnError(String column, String value, String why) {
        Object held = column.equals("shard") ? Integer.valueOf(value) : value;
        assertThatThrownBy(() -> with("table.field.event.timestamp", column).apply(outbox.create(entry(column, held))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("column " + column + ", which table.field.event.timestamp names, " + why)
                .hasMessageNotContaining(value);
    }

    @Test
    void aNullKeyStaysNull() {
        assertThat(message(with(), outbox.create(entry("aggregateid", null))).key())
                .isNull();
    }

    @Test
    void anInvalidPartitionIsAnError() {
        assertThatThrownBy(() -> with("table.fields.additional.placement", "shard:partition")
                        .apply(outbox.create(entry("shard", -1))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("column shard")
                .hasMessageContaining("less than 0");
        assertThatThrownBy(() -> with("table.fields.additional.placement", "tenant:partition")
                        .apply(outbox.create(entry("tenant", "hidden"))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("column tenant")
                .hasMessageContaining("not a 32-bit integer")
                .hasMessageNotContaining("hidden");
    }
}
