// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleEvents.customer;
import static dev.tributary.transforms.SampleOutbox.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

abstract class OutboxRouterSuite extends TransformSuite {

    private static final String ID = "406c07f3-26f0-4eea-a50c-109940064b8f";
    private static final String ORDER = "{\"order\": 4711, \"items\": [{\"sku\": \"tea\", \"count\": 2}]}";

    /** Events of the outbox; {@code events} are those of a table that is none. */
    protected final SampleEvents outbox;

    OutboxRouterSuite(SampleEvents events) {
        super(events);
        outbox = SampleOutbox.of(events);
    }

    @Override
    protected Transformation<SourceRecord> create() {
        return new OutboxRouter<>();
    }

    @Override
    protected Map<String, String> needed() {
        return Map.of("table", "shop.outbox");
    }

    @Test
    void aRowBecomesAMessage() {
        // Given
        SourceRecord event = outbox.create(entry());

        // When
        SourceRecord message = message(with(), event);

        // Then
        assertThat(message.topic()).isEqualTo("outbox.event.order");
        assertThat(message.key()).isEqualTo("4711");
        assertThat(message.value()).isEqualTo(ORDER);
        assertThat(headers(message)).isEqualTo(Map.of("id", ID));
        assertThat(message.kafkaPartition()).isNull();
        assertThat(message.timestamp()).isEqualTo(SampleEvents.COMMITTED);
        assertThat(message.sourceOffset()).isEqualTo(event.sourceOffset());
        assertThat(message.sourcePartition()).isEqualTo(event.sourcePartition());
    }

    @Test
    void aRowThatASnapshotReadsBecomesAMessageToo() {
        assertThat(message(with(), outbox.read(entry())).topic()).isEqualTo("outbox.event.order");
    }

    @Test
    void theRecordThatCameInStaysAsItIs() {
        // Given
        SourceRecord event = outbox.create(entry());
        event.headers().addString("trace", "1");

        // When
        SourceRecord message = message(with("table.fields.additional.placement", "type:header"), event);

        // Then
        assertThat(headers(event)).isEqualTo(Map.of("trace", "1"));
        assertThat(headers(message)).isEqualTo(Map.of("trace", "1", "id", ID, "type", "OrderPlaced"));
    }

    @Test
    void recordsOfOtherTablesGoThrough() {
        for (SourceRecord record : List.of(
                events.create(customer()),
                events.update(customer(), customer("visits", 4)),
                events.delete(customer()),
                events.tombstone(customer()),
                events.truncate())) {
            assertThat(with().apply(record)).isSameAs(record);
        }
    }

    @Test
    void deletesTheirTombstonesAndTruncatesAreDropped() {
        Transformation<SourceRecord> transform = with();
        assertThat(transform.apply(outbox.delete(entry()))).isNull();
        assertThat(transform.apply(outbox.tombstone(entry()))).isNull();
        assertThat(transform.apply(outbox.truncate())).isNull();
    }

    @Test
    void aTombstoneThatComesWithoutItsDeleteIsToldByItsTopic() {
        assertThat(with().apply(outbox.tombstone(entry()))).isNull();
        assertThat(with("table", "shop.o*, other.outbox").apply(outbox.tombstone(entry())))
                .isNull();
    }

    @Test
    void aTombstoneOfATopicWithAnotherNameIsToldByTheDeleteBeforeIt() {
        // Given
        Transformation<SourceRecord> transform = with();
        SourceRecord ofAnother = renamed(outbox.tombstone(entry("id", "1b2d8e6c-0000-0000-0000-000000000000")));

        // When
        transform.apply(renamed(outbox.delete(entry())));

        // Then
        assertThat(transform.apply(ofAnother)).isSameAs(ofAnother);
        assertThat(transform.apply(renamed(outbox.tombstone(entry())))).isNull();
        assertThat(transform.apply(renamed(outbox.tombstone(entry())))).isNotNull();
    }

    @Test
    void withoutTablesEachEventIsOneOfTheOutboxAndEachTombstoneIsDropped() {
        // Given
        Transformation<SourceRecord> transform = with("table", "");

        // Then
        assertThat(message(transform, outbox.create(entry())).topic()).isEqualTo("outbox.event.order");
        assertThat(transform.apply(events.delete(customer()))).isNull();
        assertThat(transform.apply(events.tombstone(customer()))).isNull();
        assertThat(transform.apply(events.heartbeat())).isNotNull();
        assertThatThrownBy(() -> transform.apply(events.create(customer())))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("table shop.customers")
                .hasMessageContaining("the option table");
    }

    @ParameterizedTest
    @CsvSource({
        "shop.outbox, true",
        "*.outbox, true",
        "*, true",
        "shop.out?ox, true",
        "'other.events, shop.outbox', true",
        "shop.outbo, false",
        "shop.outbox?, false",
        "SHOP.OUTBOX, false",
        "shopxoutbox.*, false",
        "shop.out.ox, false",
        "shop.[o]utbox, false",
        "shop.outbox.*, false"
    })
    void tablesAreGlobs(String globs, boolean isOutbox) {
        SourceRecord sent = Objects.requireNonNull(with("table", globs).apply(outbox.create(entry())));
        assertThat(sent.topic()).isEqualTo(isOutbox ? "outbox.event.order" : "shop.shop.outbox");
    }

    @Test
    void tablesInOneStreamAreToldApartEachTime() {
        // Given
        Transformation<SourceRecord> transform = with("table", "shop.outbox,shop.orders_outbox");
        SampleEvents second = events.of("orders_outbox", SampleOutbox.ROW);

        // Then
        for (int i = 0; i < 3; i++) {
            SourceRecord other = events.create(customer());
            assertThat(message(transform, outbox.create(entry())).topic()).isEqualTo("outbox.event.order");
            assertThat(transform.apply(other)).isSameAs(other);
            assertThat(message(transform, second.create(entry("aggregatetype", "bill")))
                            .topic())
                    .isEqualTo("outbox.event.bill");
        }
    }

    @Test
    void anEventThatDoesNotSayItsTableIsAnErrorWhereTablesAreChosen() {
        // Given
        SourceRecord event = withoutSource(outbox.create(entry()));

        // Then
        assertThatThrownBy(() -> with().apply(event))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("topic shop.shop.outbox")
                .hasMessageContaining("source.schema");
        assertThat(message(with("table", ""), event).topic()).isEqualTo("outbox.event.order");
    }

    @Test
    void anUpdateSendsNothing() {
        assertThat(with().apply(outbox.update(null, entry()))).isNull();
        assertThat(with("table.op.invalid.behavior", "error").apply(outbox.update(null, entry())))
                .isNull();
    }

    @Test
    void anUpdateCanBeFatal() {
        assertThatThrownBy(() -> with("table.op.invalid.behavior", "fatal").apply(outbox.update(null, entry())))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("table shop.outbox")
                .hasMessageContaining("table.op.invalid.behavior")
                .satisfies(OutboxRouterSuite::holdsNoValue);
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
    void columnsGoAlongInHeadersInTheEnvelopeAndAsPartition() {
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
    void aNullStaysANullWhateverTheDefaultOfTheColumn() {
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
    void aColumnThatIsMissingIsAnError() {
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
    void anAdditionalColumnThatIsMissingIsAnErrorUnlessItIsIgnored(String place) {
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
    void aColumnThatIsAddedInMidStreamIsSeen() {
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
    void aRowWithoutPayloadBecomesATombstoneIfThatIsWanted() {
        for (String payload : new String[] {null, "", " \t\n"}) {
            // When
            SourceRecord message = message(
                    with(
                            "route.tombstone.on.empty.payload",
                            "true",
                            "table.fields.additional.placement",
                            "type:envelope"),
                    outbox.create(entry("payload", payload)));

            // Then
            assertThat(message.value()).isNull();
            assertThat(message.valueSchema()).isNull();
            assertThat(message.key()).isEqualTo("4711");
            assertThat(message(with(), outbox.create(entry("payload", payload))).value())
                    .isEqualTo(payload);
        }
    }

    @Test
    void emptyBytesAreNoPayloadEither() {
        // Given
        Transformation<SourceRecord> transform =
                with("table.field.event.payload", "body", "route.tombstone.on.empty.payload", "true");

        // Then
        assertThat(message(transform, outbox.create(entry("body", new byte[0]))).value())
                .isNull();
        assertThat(message(transform, outbox.create(entry("body", new byte[] {0})))
                        .value())
                .isEqualTo(new byte[] {0});
    }

    @Test
    void theTimestampCanBeAColumn() {
        // Given
        Transformation<SourceRecord> transform = with("table.field.event.timestamp", "created");

        // Then
        assertThat(message(transform, outbox.create(entry("created", "2026-09-01T10:00:00.123456Z")))
                        .timestamp())
                .isEqualTo(1_788_256_800_123L);
        assertThat(message(transform, outbox.create(entry("created", "2026-09-01T12:00:00+02:00")))
                        .timestamp())
                .isEqualTo(1_788_256_800_000L);
        assertThat(message(transform, outbox.create(entry())).timestamp()).isEqualTo(SampleEvents.COMMITTED);
    }

    @Test
    void withoutATimestampOfItsOwnTheRecordGetsThatOfTheEvent() {
        assertThat(message(with(), timeless(outbox.create(entry()))).timestamp())
                .isEqualTo(SampleEvents.COMMITTED + 5);
    }

    @ParameterizedTest
    @CsvSource({
        "created, infinity, is text",
        "tenant, yesterday, is text",
        "created, 1969-12-31T23:59:59Z, lies before 1970",
        "shard, 17, is"
    })
    void aColumnThatIsNoTimestampIsAnError(String column, String value, String why) {
        Object held = column.equals("shard") ? Integer.valueOf(value) : value;
        assertThatThrownBy(() -> with("table.field.event.timestamp", column).apply(outbox.create(entry(column, held))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("column " + column + ", which table.field.event.timestamp names, " + why)
                .hasMessageNotContaining(value);
    }

    @Test
    void theTopicIsMadeByARegularExpression() {
        // Given
        Transformation<SourceRecord> transform = with(
                "route.topic.regex", "(?<area>[a-z]+)-(\\d+)",
                "route.topic.replacement", "events.${area}.v$2");

        // Then
        assertThat(message(transform, outbox.create(entry("aggregatetype", "order-2")))
                        .topic())
                .isEqualTo("events.order.v2");
        assertThat(message(transform, outbox.create(entry("aggregatetype", "bill")))
                        .topic())
                .isEqualTo("bill");
        assertThat(message(transform, outbox.create(entry("aggregatetype", "order-2")))
                        .topic())
                .isEqualTo("events.order.v2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "my order | a space as character 3 of 8",
                "order/eu | a punctuation mark as character 6 of 8",
                "bücher | a letter or digit that is not ASCII as character 2 of 6",
                "a→b | a sign that is not ASCII as character 2 of 3",
                ". | dots only",
                ".. | dots only",
                "'' | 0 characters"
            })
    void aTopicThatKafkaDoesNotAllowIsAnError(String value, String why) {
        Transformation<SourceRecord> transform = with("route.topic.replacement", "${routedByValue}");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> transform.apply(outbox.create(entry("aggregatetype", value))))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("table shop.outbox")
                    .hasMessageContaining("column aggregatetype")
                    .hasMessageContaining(why)
                    .message()
                    .doesNotContain(value.length() > 2 ? value : "\0");
        }
    }

    @Test
    void aTopicThatIsTooLongOrHasAControlCharacterIsAnError() {
        Transformation<SourceRecord> transform = with();
        assertThat(message(transform, outbox.create(entry("aggregatetype", "x".repeat(236))))
                        .topic())
                .hasSize(249);
        assertThatThrownBy(() -> transform.apply(outbox.create(entry("aggregatetype", "x".repeat(237)))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("250 characters, and Kafka allows 1 to 249");
        assertThatThrownBy(() -> transform.apply(outbox.create(entry("aggregatetype", "a\u0007b"))))
                .hasMessageContaining("a control character as character 15 of 16");
    }

    @Test
    void moreTopicsThanAreRememberedAreFine() {
        Transformation<SourceRecord> transform = with();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 1_500; i++) {
                assertThat(message(transform, outbox.create(entry("aggregatetype", "tenant-" + i)))
                                .topic())
                        .isEqualTo("outbox.event.tenant-" + i);
            }
        }
    }

    @Test
    void aRowThatSaysNoTopicIsAnError() {
        assertThatThrownBy(() -> with().apply(outbox.create(entry("aggregatetype", null))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("column aggregatetype, which route.by.field names, is null")
                .satisfies(OutboxRouterSuite::holdsNoValue);
        assertThatThrownBy(() -> with("route.by.field", "shard").apply(outbox.create(entry("shard", 1))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("column shard, which route.by.field names, is no text");
    }

    @Test
    void aKeyThatIsNullIsNone() {
        assertThat(message(with(), outbox.create(entry("aggregateid", null))).key())
                .isNull();
    }

    @Test
    void aPartitionThatIsNoneIsAnError() {
        assertThatThrownBy(() -> with("table.fields.additional.placement", "shard:partition")
                        .apply(outbox.create(entry("shard", -1))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("column shard")
                .hasMessageContaining("less than 0");
        assertThatThrownBy(() -> with("table.fields.additional.placement", "tenant:partition")
                        .apply(outbox.create(entry("tenant", "hidden"))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("column tenant")
                .hasMessageContaining("no whole number")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void jsonBecomesAStruct() {
        assertThat(SampleEvents.plain(message(with("table.expand.json.payload", "true"), outbox.create(entry()))
                        .value()))
                .isEqualTo(Map.of("order", 4711, "items", List.of(Map.of("sku", "tea", "count", 2))));
    }

    @Test
    void jsonBecomesAStructBesideOtherColumns() {
        // Given
        Transformation<SourceRecord> transform =
                with("table.expand.json.payload", "true", "table.fields.additional.placement", "type:envelope");

        // Then
        assertThat(SampleEvents.plain(message(transform, outbox.create(entry("payload", "{\"a\":[1]}")))
                        .value()))
                .isEqualTo(Map.of("payload", Map.of("a", List.of(1)), "type", "OrderPlaced"));
        assertThat(SampleEvents.plain(message(transform, outbox.create(entry("payload", "{\"a\":\"b\"}")))
                        .value()))
                .isEqualTo(Map.of("payload", Map.of("a", "b"), "type", "OrderPlaced"));
    }

    @Test
    void jsonBecomesMapsAndListsInWhichNothingIsLost() {
        // Given
        Transformation<SourceRecord> transform =
                with("table.expand.json.payload", "true", "table.json.payload.schema", "none");

        // When
        SourceRecord message = message(
                transform,
                outbox.create(entry("payload", "{\"a\": [], \"b\": null, \"c\": [1, \"x\", null, {\"d\": 2.5}]}")));

        // Then
        Map<String, @Nullable Object> expected = new LinkedHashMap<>();
        expected.put("a", List.of());
        expected.put("b", null);
        List<@Nullable Object> mixed = new ArrayList<>(List.of(1, "x"));
        mixed.add(null);
        mixed.add(Map.of("d", 2.5));
        expected.put("c", mixed);
        assertThat(message.value()).isEqualTo(expected);
        assertThat(message.valueSchema()).isNull();
    }

    @Test
    void mapsAndListsCanBeInTheEnvelope() {
        // Given
        Transformation<SourceRecord> transform = with(
                "table.expand.json.payload", "true",
                "table.json.payload.schema", "none",
                "table.fields.additional.placement", "type:envelope");

        // When
        SourceRecord message = message(transform, outbox.create(entry("payload", "{\"a\": []}")));

        // Then
        assertThat(message.value()).isEqualTo(Map.of("payload", Map.of("a", List.of()), "type", "OrderPlaced"));
        assertThat(message.valueSchema()).isNull();
        assertThat(message(transform, outbox.create(entry("payload", "no JSON")))
                        .value())
                .isEqualTo(Map.of("payload", "no JSON", "type", "OrderPlaced"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "word",
                "\"word\"",
                "17",
                "{\"a\":",
                "{\"a\":1} {\"b\":2}",
                "{\"a\":1e999}",
                "[1,2",
                "{\"a\":+1}",
                "{a:1}"
            })
    void whatCannotBeExpandedStaysText(String payload) {
        assertThat(message(with("table.expand.json.payload", "true"), outbox.create(entry("payload", payload)))
                        .value())
                .isEqualTo(payload);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[90000000000000000000]",
                "{\"a\":90000000000000000000}",
                "{\"a\":[{\"b\":-90000000000000000000}]}"
            })
    void wholeNumbersBeyond64BitsAreTextWhereThereIsNoSchema(String payload) {
        assertThat(message(
                                with("table.expand.json.payload", "true", "table.json.payload.schema", "none"),
                                outbox.create(entry("payload", payload)))
                        .value())
                .isEqualTo(payload);
    }

    @Test
    void bytesAreNotExpanded() {
        assertThat(message(
                                with("table.expand.json.payload", "true", "table.field.event.payload", "body"),
                                outbox.create(entry("body", new byte[] {'{', '}'})))
                        .value())
                .isEqualTo(new byte[] {'{', '}'});
    }

    @Test
    void logicalMessagesGoThrough() {
        SourceRecord message = events.message();
        assertThat(with("table", "").apply(message)).isSameAs(message);
    }

    @Test
    void aRowThatIsFlatAlreadyGoesThrough() {
        SourceRecord flat = outbox.flat(entry());
        assertThat(with().apply(flat)).isSameAs(flat);
    }

    @Test
    void anInsertWithoutARowIsAnError() {
        assertThatThrownBy(() -> with().apply(outbox.event("c", null, null)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("table shop.outbox")
                .hasMessageContaining("no row in after");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "table | outbox | 'outbox' is no table with its schema",
                "table | shop.outbox,,a.b | '' is no table with its schema",
                "table.field.event.id | \"\" | must be the name of a column",
                "table.field.event.key | \" \" | must be the name of a column",
                "table.field.event.payload | \"\" | must be the name of a column",
                "route.by.field | \"\" | must be the name of a column",
                "route.topic.regex | ( | Unclosed group",
                "route.topic.replacement | ${nobody} | No group with name {nobody}",
                "route.topic.replacement | events.$2 | No group 2",
                "route.topic.replacement | events.$ | Illegal group reference",
                "route.topic.replacement | my events.$1 | a space as character 3",
                "table.fields.additional.placement | type | is neither a column and its place",
                "table.fields.additional.placement | type:header: | is neither a column and its place",
                "table.fields.additional.placement | a:header:b:c | is neither a column and its place",
                "table.fields.additional.placement | type:Header | it is one of header, envelope, partition",
                "table.fields.additional.placement | a:header:x,b:header:x | there is a header x already",
                "table.fields.additional.placement | a:header:id | there is a header id already",
                "table.fields.additional.placement | a:envelope:x,b:envelope:x | there is a field x already",
                "table.fields.additional.placement | a:envelope:payload | there is a field payload already",
                "table.fields.additional.placement | a:partition,b:partition | only one column",
                "table.fields.additional.placement | a:partition:b | a partition has no name",
                "table.field.additional.missing | drop | one of error, ignore",
                "table.op.invalid.behavior | ignore | one of warn, error, fatal",
                "table.json.payload.null.behavior | optional-bytes | one of ignore, optional_bytes",
                "table.json.payload.schema | some | one of inferred, none",
                "table.json.payload.schema | none | set table.expand.json.payload=true, too",
                "table.expand.json.payload | maybe | either true or false",
                "table.field.event.schema.version | version | places no column in the envelope"
            })
    void anOptionThatIsNotValidIsRefused(String option, String value, String why) {
        assertThatThrownBy(() -> with(option, value))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(option)
                .hasMessageContaining(why);
    }

    @Test
    void aVersionWithoutASchemaIsRefused() {
        assertThatThrownBy(() -> with(
                        "table.field.event.schema.version", "version",
                        "table.fields.additional.placement", "type:envelope",
                        "table.expand.json.payload", "true",
                        "table.json.payload.schema", "none"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("table.field.event.schema.version")
                .hasMessageContaining("table.json.payload.schema=none");
    }

    @Test
    void aTopicThatIsTooLongWhateverTheValueIsRefused() {
        assertThatThrownBy(() -> with("route.topic.replacement", "x".repeat(250)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("250 characters at least");
    }

    @Test
    void aWorkerThatChecksInvalidOptionsShowsEachProblemAtItsOption() {
        // When
        Map<String, List<String>> problems = new LinkedHashMap<>();
        OutboxRouter.CONFIG_DEF
                .validate(Map.of(
                        "route.topic.regex", "(",
                        "route.topic.replacement", "$7",
                        "table.fields.additional.placement", "type",
                        "table.field.event.schema.version", "version"))
                .forEach(value -> {
                    if (!value.errorMessages().isEmpty()) {
                        problems.put(value.name(), value.errorMessages());
                    }
                });

        // Then
        assertThat(problems).containsOnlyKeys("route.topic.regex", "table.fields.additional.placement");
    }

    protected static SourceRecord message(Transformation<SourceRecord> transform, SourceRecord record) {
        SourceRecord message = Objects.requireNonNull(transform.apply(record), "the record was dropped");
        assertThat(message).isNotSameAs(record);
        return message;
    }

    private static Map<String, @Nullable Object> headers(SourceRecord record) {
        Map<String, @Nullable Object> headers = new LinkedHashMap<>();
        StreamSupport.stream(record.headers().spliterator(), false)
                .forEach((Header header) -> assertThat(headers.put(header.key(), header.value()))
                        .as(header.key())
                        .isNull());
        return headers;
    }

    private static void holdsNoValue(Throwable thrown) {
        assertThat(thrown.getMessage()).doesNotContain(ID, "4711", "OrderPlaced", "tea");
    }

    private static SourceRecord renamed(SourceRecord record) {
        return record.newRecord(
                "renamed",
                null,
                record.keySchema(),
                record.key(),
                record.valueSchema(),
                record.value(),
                record.timestamp());
    }

    private static SourceRecord timeless(SourceRecord record) {
        return record.newRecord(
                record.topic(), null, record.keySchema(), record.key(), record.valueSchema(), record.value(), null);
    }

    /** The event as a transform leaves it that drops {@code source}. */
    private static SourceRecord withoutSource(SourceRecord record) {
        if (!(record.value() instanceof Struct event)) {
            Map<Object, @Nullable Object> map = new LinkedHashMap<>((Map<?, ?>) record.value());
            map.remove("source");
            return record.newRecord(record.topic(), null, null, record.key(), null, map, record.timestamp());
        }
        SchemaBuilder schema = SchemaBuilder.struct().name(event.schema().name());
        List<String> kept = event.schema().fields().stream()
                .map(field -> field.name())
                .filter(name -> !name.equals("source"))
                .toList();
        kept.forEach(name -> schema.field(name, event.schema().field(name).schema()));
        Struct value = new Struct(schema.build());
        kept.forEach(name -> value.put(name, event.get(name)));
        return record.newRecord(
                record.topic(), null, record.keySchema(), record.key(), value.schema(), value, record.timestamp());
    }
}
