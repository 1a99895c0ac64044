// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleEvents.customer;
import static dev.tributary.transforms.SampleOutbox.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

/** The messages that differ from those of Debezium's EventRouter on purpose, as the page lists them. */
class OutboxRouterDifferencesTest extends OutboxComparison {

    @Test
    void theHeadersOfTheIncomingRecordStayAsTheyAre() {
        // Given
        SourceRecord one = outbox.create(entry());
        SourceRecord other = outbox.create(entry());

        // When
        ours.apply(one);
        theirs.apply(other);

        // Then
        assertThat(one.headers()).isEmpty();
        assertThat(other.headers()).hasSize(1);
    }

    @Test
    void theTimestampOfTheRecordStays() {
        SourceRecord record = outbox.create(entry());
        assertThat(message(ours, record).timestamp()).isEqualTo(record.timestamp());
        assertThat(message(theirs, record).timestamp()).isEqualTo(SampleEvents.COMMITTED + 5);
    }

    @Test
    void aTimestampCanBeOfTypeTimestamptz() {
        configure("table.field.event.timestamp", "created");
        SourceRecord record = outbox.create(entry("created", "2024-09-01T10:00:00Z"));
        assertThat(message(ours, record).timestamp()).isEqualTo(1_725_184_800_000L);
        assertThatThrownBy(() -> theirs.apply(record)).isInstanceOf(DataException.class);
    }

    @Test
    void aTimestampBefore1970IsAnErrorInTheTransformAndNotOnlyInTheProducer() {
        configure("table.field.event.timestamp", "at");
        SourceRecord record = withColumn(
                        "at",
                        SchemaBuilder.int64().name("io.debezium.time.Timestamp").build())
                .create(entry("at", -1L));
        assertThatThrownBy(() -> ours.apply(record)).isInstanceOf(DataException.class);
        assertThat(message(theirs, record).timestamp()).isEqualTo(-1);
    }

    @Test
    void aTimeThatIsStillToComeBecomesTheTimeOfSendingAndNotAnErrorOfTheProducer() {
        // Given
        long future = 32_472_144_000_000L;
        configure("table.field.event.timestamp", "at");
        SourceRecord record = withColumn(
                        "at",
                        SchemaBuilder.int64().name("io.debezium.time.Timestamp").build())
                .create(entry("at", future));

        // Then
        assertThat(message(ours, record).timestamp()).isLessThanOrEqualTo(System.currentTimeMillis());
        assertThat(message(theirs, record).timestamp()).isEqualTo(future);
    }

    @Test
    void aPartitionCanBeOfAnyIntegerTypeButNotNegative() {
        configure("table.fields.additional.placement", "part:partition");
        SourceRecord small = withColumn("part", Schema.INT16_SCHEMA).create(entry("part", (short) 3));
        SourceRecord negative = withColumn("part", Schema.INT32_SCHEMA).create(entry("part", -1));
        assertThat(message(ours, small).kafkaPartition()).isEqualTo(3);
        assertThatThrownBy(() -> theirs.apply(small)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> ours.apply(negative)).isInstanceOf(DataException.class);
        assertThat(message(theirs, negative).kafkaPartition()).isEqualTo(-1);
    }

    @Test
    void aNullStaysNullIfTheColumnHasADefault() {
        configure("table.field.event.payload", "note", "route.tombstone.on.empty.payload", "true");
        SourceRecord record = outbox.create(entry("note", null));
        assertThat(message(ours, record).value()).isNull();
        assertThat(message(theirs, record).value()).isEqualTo("none");
    }

    @Test
    void emptyBytesAreAnEmptyPayload() {
        configure("table.field.event.payload", "body", "route.tombstone.on.empty.payload", "true");
        SourceRecord record = outbox.create(entry("body", new byte[0]));
        assertThat(message(ours, record).value()).isNull();
        assertThat(message(theirs, record).value()).isEqualTo(new byte[0]);
    }

    @Test
    void aTopicThatKafkaDoesNotAllowIsAnErrorInTheTransformAndNotOnlyInTheProducer() {
        SourceRecord record = outbox.create(entry("aggregatetype", "my order"));
        assertThatThrownBy(() -> ours.apply(record)).isInstanceOf(DataException.class);
        assertThat(message(theirs, record).topic()).isEqualTo("outbox.event.my order");
    }

    @Test
    void aNullRouteIsAnErrorThatSaysSo() {
        SourceRecord record = outbox.create(entry("aggregatetype", null));
        assertThatThrownBy(() -> ours.apply(record)).hasMessageContaining("column aggregatetype");
        assertThatThrownBy(() -> theirs.apply(record)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void aTruncateIsDropped() {
        SourceRecord record = outbox.truncate();
        assertThat(ours.apply(record)).isNull();
        assertThatThrownBy(() -> theirs.apply(record)).isInstanceOf(DataException.class);
    }

    @Test
    void theErrorForAFatalUpdateContainsNoKey() {
        configure("table.op.invalid.behavior", "fatal");
        SourceRecord record = outbox.update(null, entry());
        assertThatThrownBy(() -> ours.apply(record)).hasMessageNotContaining("406c07f3");
        assertThatThrownBy(() -> theirs.apply(record)).hasMessageContaining("406c07f3");
    }

    @Test
    void tombstonesAndEventsOfOtherTablesPassThroughIfTheOutboxIsNamed() {
        configure("table", "shop.outbox");
        SourceRecord tombstone = SampleEvents.withSchemas().tombstone(customer());
        SourceRecord event = SampleEvents.withSchemas().create(customer());
        assertThat(ours.apply(tombstone)).isSameAs(tombstone);
        assertThat(ours.apply(event)).isSameAs(event);
        assertThat(theirs.apply(tombstone)).isNull();
        assertThatThrownBy(() -> theirs.apply(event)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void anEventNeedsNoSchemaName() {
        SourceRecord record = SampleOutbox.of(SampleEvents.schemaless()).create(entry());
        assertThat(message(ours, record).topic()).isEqualTo("outbox.event.order");
        assertThat(theirs.apply(record)).isSameAs(record);
    }

    @Test
    void theSchemaOfAnEnvelopeIsNamedByTheRouteOfThisMessageAndNotOfTheFirst() {
        // Given
        configure("table.fields.additional.placement", "type:envelope");
        SourceRecord bill = outbox.create(entry("aggregatetype", "bill"));

        // When
        message(ours, outbox.create(entry()));
        message(theirs, outbox.create(entry()));

        // Then
        assertThat(message(ours, bill).valueSchema().name()).isEqualTo("shop.shop.outbox.bill.Value");
        assertThat(message(theirs, bill).valueSchema().name()).isEqualTo("shop.shop.outbox.order.Value");
    }

    @Test
    void severalSchemasCanHaveTheSameVersion() {
        // Given
        configure(
                "table.fields.additional.placement", "type:envelope",
                "table.field.event.schema.version", "version",
                "table.expand.json.payload", "true");
        SourceRecord second = outbox.create(entry("version", 1, "payload", "{\"b\":1}"));

        // When
        message(ours, outbox.create(entry("version", 1, "payload", "{\"a\":1}")));
        message(theirs, outbox.create(entry("version", 1, "payload", "{\"a\":1}")));

        // Then
        assertThat(SampleEvents.plain(message(ours, second).value()))
                .isEqualTo(Map.of("payload", Map.of("b", 1), "type", "OrderPlaced"));
        assertThatThrownBy(() -> theirs.apply(second)).isInstanceOf(DataException.class);
    }

    private SampleEvents withColumn(String name, Schema schema) {
        SchemaBuilder row =
                SchemaBuilder.struct().name("shop.shop.outbox.Value").optional();
        SampleOutbox.ROW.fields().forEach(field -> row.field(field.name(), field.schema()));
        return outbox.of(row.field(name, schema).build());
    }
}
