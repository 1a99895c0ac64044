// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleEvents.customer;
import static dev.tributary.transforms.SampleOutbox.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which records become messages, and what is rejected. */
abstract class OutboxRouterSuite extends OutboxSuite implements PassesOtherRecords {

    OutboxRouterSuite(SampleEvents events) {
        super(events);
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
    void aRowOfASnapshotBecomesAMessageAsWell() {
        assertThat(message(with(), outbox.read(entry())).topic()).isEqualTo("outbox.event.order");
    }

    @Test
    void theIncomingRecordStaysAsItIs() {
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
    void recordsOfOtherTablesPassThrough() {
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
    void aTombstoneWithoutItsDeleteIsRecognizedByItsTopic() {
        assertThat(with().apply(outbox.tombstone(entry()))).isNull();
        assertThat(with("table", "shop.o*, other.outbox").apply(outbox.tombstone(entry())))
                .isNull();
    }

    @Test
    void aTombstoneOfARenamedTopicIsRecognizedByTheDeleteBeforeIt() {
        // Given
        Transformation<SourceRecord> transform = with();
        SourceRecord ofAnother = renamed(outbox.tombstone(entry("id", "1b2d8e6c-0000-0000-0000-000000000000")));

        // When
        transform.apply(renamed(outbox.delete(entry())));

        // Then
        assertThat(transform.apply(ofAnother)).isSameAs(ofAnother);
        assertThat(transform.apply(renamed(outbox.tombstone(entry())))).isNull();
        assertPassesOn(transform, renamed(outbox.tombstone(entry())));
    }

    @Test
    void withoutTablesEveryEventIsOfTheOutboxAndEveryTombstoneIsDropped() {
        // Given
        Transformation<SourceRecord> transform = with("table", "");

        // Then
        assertThat(message(transform, outbox.create(entry())).topic()).isEqualTo("outbox.event.order");
        assertThat(transform.apply(events.delete(customer()))).isNull();
        assertThat(transform.apply(events.tombstone(customer()))).isNull();
        assertPassesOn(transform, events.heartbeat());
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
    void tablesInOneStreamAreDistinguishedEachTime() {
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
    void anEventThatDoesNotNameItsTableIsAnErrorIfTablesAreConfigured() {
        // Given
        SourceRecord event = withoutTable(outbox.create(entry()));

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
    void logicalMessagesPassThrough() {
        SourceRecord message = events.message();
        assertThat(with("table", "").apply(message)).isSameAs(message);
    }

    @Test
    void aFlatRowPassesThrough() {
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
                "table | outbox | 'outbox' is not a table with its schema",
                "table | shop.outbox,,a.b | '' is not a table with its schema",
                "table.field.event.id | \"\" | must be the name of a column",
                "table.field.event.key | \" \" | must be the name of a column",
                "table.field.event.payload | \"\" | must be the name of a column",
                "route.by.field | \"\" | must be the name of a column",
                "route.topic.regex | ( | Unclosed group",
                "route.topic.replacement | ${nobody} | No group with name {nobody}",
                "route.topic.replacement | events.$2 | No group 2",
                "route.topic.replacement | events.$ | Illegal group reference",
                "route.topic.replacement | my events.$1 | a space as character 3",
                "table.fields.additional.placement | type | is neither column:placement",
                "table.fields.additional.placement | type:header: | is neither column:placement",
                "table.fields.additional.placement | a:header:b:c | is neither column:placement",
                "table.fields.additional.placement | type:Header | it must be one of header, envelope, partition",
                "table.fields.additional.placement | a:header:x,b:header:x | there is already a header x",
                "table.fields.additional.placement | a:header:id | there is already a header id",
                "table.fields.additional.placement | a:envelope:x,b:envelope:x | there is already a field x",
                "table.fields.additional.placement | a:envelope:payload | there is already a field payload",
                "table.fields.additional.placement | a:partition,b:partition | only one column",
                "table.fields.additional.placement | a:partition:b | a partition has no name",
                "table.field.additional.missing | drop | one of error, ignore",
                "table.op.invalid.behavior | ignore | one of warn, error, fatal",
                "table.json.payload.null.behavior | optional-bytes | one of ignore, optional_bytes",
                "table.json.payload.schema | some | one of inferred, none",
                "table.json.payload.schema | none | also set table.expand.json.payload=true",
                "table.expand.json.payload | maybe | either true or false",
                "table.field.event.schema.version | version | places no column in the envelope"
            })
    void anInvalidOptionIsRejected(String option, String value, String why) {
        assertThatThrownBy(() -> with(option, value))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(option)
                .hasMessageContaining(why);
    }

    @Test
    void aVersionWithoutASchemaIsRejected() {
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
    void aWorkerShowsEachProblemAtItsOption() {
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
}
