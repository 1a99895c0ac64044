// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleEvents.customer;
import static dev.tributary.transforms.SampleOutbox.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.debezium.transforms.outbox.EventRouter;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.ConnectSchema;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The messages that differ from those of Debezium's EventRouter on purpose, as the page lists them. */
class OutboxRouterDifferencesTest {

    static {
        // It logs a stack trace for each payload that it cannot expand.
        System.setProperty("org.slf4j.simpleLogger.log.io.debezium.transforms.outbox", "off");
        System.setProperty("org.slf4j.simpleLogger.log.dev.tributary.transforms.outbox", "off");
    }

    private final SampleEvents outbox = SampleOutbox.of(SampleEvents.withSchemas());
    private Transformation<SourceRecord> ours = new OutboxRouter<>();
    private Transformation<SourceRecord> theirs = new EventRouter<>();

    @BeforeEach
    void byDefault() {
        configure();
    }

    private void configure(String... namesAndValues) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            options.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        ours = new OutboxRouter<>();
        ours.configure(options);
        theirs = new EventRouter<>();
        theirs.configure(options);
    }

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
        SourceRecord record = outbox.create(entry("created", "2026-09-01T10:00:00Z"));
        assertThat(message(ours, record).timestamp()).isEqualTo(1_788_256_800_000L);
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

    @Test
    void theObjectsOfAnArrayAreOptionalWhetherTheyDifferOrNot() {
        configure("table.expand.json.payload", "true");
        SourceRecord same = outbox.create(entry("payload", "{\"a\":[{\"b\":1},{\"b\":2}]}"));
        SourceRecord different = outbox.create(entry("payload", "{\"a\":[{\"b\":1},{\"c\":2}]}"));
        assertThat(element(message(ours, same)).isOptional()).isTrue();
        assertThat(element(message(ours, different)).isOptional()).isTrue();
        assertThat(element(message(theirs, same)).isOptional()).isTrue();
        assertThat(element(message(theirs, different)).isOptional()).isFalse();
    }

    private static Schema element(SourceRecord message) {
        return message.valueSchema().field("a").schema().valueSchema();
    }

    /** Debezium's result is {@code text} if the payload is not expanded, {@code broken} if no converter accepts it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // integers beyond 64 bits
                "ignore | {\"a\":90000000000000000000} | {a=90000000000000000000} | broken",
                // numbers of several types
                "ignore | {\"a\":[1,2.5]} | {a=[1.0, 2.5]} | text",
                "ignore | {\"a\":[1,5000000000]} | {a=[1, 5000000000]} | text",
                "ignore | {\"a\":[1,90000000000000000000]} | {a=[1, 90000000000000000000]} | text",
                "ignore | {\"a\":[{\"b\":1},{\"b\":2.5}]} | {a=[{b=1.0}, {b=2.5}]} | broken",
                // nulls among objects that differ
                "ignore | {\"a\":[{\"b\":1},null,{\"c\":2}]} | {a=[{b=1, c=null}, null, {b=null, c=2}]} | broken",
                // objects within objects of an array
                "ignore | {\"a\":[{\"b\":{\"c\":1,\"d\":2}},{\"b\":{\"d\":3,\"e\":4}}]}"
                        + " | {a=[{b={c=1, d=2, e=null}}, {b={c=null, d=3, e=4}}]} | lost",
                // arrays whose element type is unknown
                "ignore | {\"a\":[null],\"b\":1} | {b=1} | text",
                "ignore | {\"a\":[[],[1]]} | {a=[[], [1]]} | text",
                "optional_bytes | {\"a\":[],\"b\":1} | {a=[], b=1} | {b=1}",
                // arrays of arrays of several types
                "ignore | {\"a\":[[1],[2.5]]} | {a=[[1.0], [2.5]]} | broken",
                "ignore | {\"a\":[[1],[\"b\"]]} | text | broken",
                "ignore | {\"a\":[{\"b\":1},{\"b\":\"c\"}]} | text | broken",
                // arrays that are the whole payload
                "ignore | [1,2] | [1, 2] | broken",
                "ignore | [{\"a\":1}] | [{a=1}] | broken",
                // white space before the payload, and text after it
                "ignore | ` {\"a\":1}` | {a=1} | text",
                "ignore | {\"a\":1} {\"b\":2} | text | {a=1}",
                // numbers beyond float64
                "ignore | {\"a\":1e999} | text | {a=Infinity}"
            })
    void jsonThatIsExpandedDifferently(String nulls, String payload, String here, String there) {
        configure("table.expand.json.payload", "true", "table.json.payload.null.behavior", nulls);
        SourceRecord record = outbox.create(entry("payload", payload));
        assertThat(shown(message(ours, record), payload)).isEqualTo(here);
        if (there.equals("lost")) {
            // Which one is lost is random.
            assertThat(shown(message(theirs, record), payload)).contains("d=2").doesNotContainPattern("c=1.*e=4");
        } else {
            assertThat(shown(message(theirs, record), payload)).isEqualTo(there);
        }
    }

    private static String shown(SourceRecord message, String payload) {
        try {
            ConnectSchema.validateValue(message.valueSchema(), message.value());
        } catch (DataException e) {
            return "broken";
        }
        return payload.equals(message.value()) ? "text" : String.valueOf(SampleEvents.plain(message.value()));
    }

    private static SourceRecord message(Transformation<SourceRecord> transform, SourceRecord record) {
        @Nullable
        SourceRecord message = transform.apply(record.newRecord(
                record.topic(),
                null,
                record.keySchema(),
                record.key(),
                record.valueSchema(),
                record.value(),
                record.timestamp()));
        return Objects.requireNonNull(message, "the record was dropped");
    }

    private SampleEvents withColumn(String name, Schema schema) {
        SchemaBuilder row =
                SchemaBuilder.struct().name("shop.shop.outbox.Value").optional();
        SampleOutbox.ROW.fields().forEach(field -> row.field(field.name(), field.schema()));
        return outbox.of(row.field(name, schema).build());
    }
}
