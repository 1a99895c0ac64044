// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleEvents.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where records go, and what is rejected. */
abstract class RouteTopicSuite extends RouteSuite implements PassesOtherRecords {

    RouteTopicSuite(SampleEvents events) {
        super(events);
    }

    @Test
    void everyRecordAboutATableGoesToItsTopic() {
        Transformation<SourceRecord> transform = by("${schema}-${table}");
        for (SourceRecord record : List.of(
                events.create(customer()),
                events.update(null, customer()),
                events.delete(customer()),
                events.read(customer()),
                events.truncate(),
                events.tombstone(customer("id", 9L)),
                events.flat(customer()))) {
            assertThat(topic(transform, record)).isEqualTo("shop-customers");
        }
    }

    @Test
    void onlyTheTopicChanges() {
        // Given
        SourceRecord record = events.create(customer());
        record.headers().addString("h", "x");

        // When
        SourceRecord routed = by("all").apply(record);

        // Then
        assertThat(routed).isNotNull();
        assertThat(routed.topic()).isEqualTo("all");
        assertThat(routed.value()).isSameAs(record.value());
        assertThat(routed.valueSchema()).isSameAs(record.valueSchema());
        assertThat(routed.key()).isSameAs(record.key());
        assertThat(routed.keySchema()).isSameAs(record.keySchema());
        assertThat(routed.headers()).isEqualTo(record.headers());
        assertThat(routed.timestamp()).isEqualTo(record.timestamp());
        assertThat(routed.sourceOffset()).isEqualTo(record.sourceOffset());
        assertThat(record.topic()).isEqualTo(SampleEvents.TOPIC);
    }

    @Test
    void aRecordWhoseTopicStaysTheSameIsPassedOnUnchanged() {
        SourceRecord record = events.create(customer());
        assertThat(by("${topic}").apply(record)).isSameAs(record);
    }

    @ParameterizedTest
    @CsvSource({
        "${topic}-v2, shop.shop.customers-v2",
        "${op}, u",
        "${source.db}.${source.lsn}, shop.45042000",
        "${source.db}.${source.snapshot}, shop.false",
        "${before.region}, north",
        "${after.region}, south",
        "${row.region}, south",
        "${after.visits}, 4",
        "${after.balance}, 0.00000001",
        "${after.address.city}, Hull",
        "${key.id}, 1",
        "${value.op}, u",
        "${value.after.region}, south",
        "${header.tenant}, acme",
        "${header.a.b}, dotted",
        "${header.vip}, true",
        "a${op}b${op}${op}c, aubuuc",
    })
    void variablesAreTakenFromTheRecord(String template, String topic) {
        // Given
        SourceRecord record = events.update(
                customer(), customer("region", "south", "visits", 4, "balance", new BigDecimal("0.00000001")));
        record.headers()
                .addString("tenant", "other")
                .addString("tenant", "acme")
                .addString("a.b", "dotted");
        record.headers().addBoolean("vip", true);

        // Then
        assertThat(topic(by(template), record)).isEqualTo(topic);
    }

    @Test
    void theRowOfADeleteIsTheOneBeforeIt() {
        assertThat(topic(by("${row.region}"), events.delete(customer("region", "west"))))
                .isEqualTo("west");
    }

    @Test
    void aFlatRowIsBothValueAndRow() {
        assertThat(topic(by("${value.region}.${row.id}"), events.flat(customer())))
                .isEqualTo("north.1");
    }

    @Test
    void eachRecordIsRoutedByItsOwnValues() {
        // Given
        Transformation<SourceRecord> transform = with("topic", "${table}.${after.region}", "missing", "keep");
        SampleEvents orders = events.about("shop", "orders");

        // Then
        for (int i = 0; i < 2; i++) {
            assertThat(topic(transform, events.create(customer()))).isEqualTo("customers.north");
            assertThat(topic(transform, events.create(customer("region", "south"))))
                    .isEqualTo("customers.south");
            assertThat(topic(transform, orders.create(customer("region", "south"))))
                    .isEqualTo("orders.south");
            assertThat(topic(transform, orders.create(customer("region", null))))
                    .isEqualTo("shop.shop.orders");
            assertThat(topic(transform, orders.create(customer("region", "south"))))
                    .isEqualTo("orders.south");
        }
    }

    @Test
    void logicalMessagesKeepTheirTopic() {
        SourceRecord message = events.message();
        assertThat(by("all").apply(message)).isSameAs(message);
    }

    @Test
    void aFlatRowOfAnUnknownTableKeepsItsTopic() {
        // Given
        SourceRecord flat = new SourceRecord(
                Map.of(), Map.of(), "customers", null, null, null, null, Map.of("region", "north"), null);

        // Then
        assertThat(by("${value.region}").apply(flat)).isSameAs(flat);
    }

    @Test
    void anAddedColumnCountsFromThenOn() {
        // Given
        Transformation<SourceRecord> transform = with("topic", "${after.tier}", "missing", "keep");
        SampleEvents altered = events.of(SampleSchemas.rowWith("tier", Schema.OPTIONAL_STRING_SCHEMA));

        // Then
        assertThat(topic(transform, events.create(customer()))).isEqualTo(SampleEvents.TOPIC);
        assertThat(topic(transform, altered.create(customer("tier", "gold")))).isEqualTo("gold");
        assertThat(topic(transform, events.create(customer()))).isEqualTo(SampleEvents.TOPIC);
    }

    @Test
    void aRegularExpressionRoutesTopicsThatItMatchesCompletely() {
        // Given
        Transformation<SourceRecord> transform =
                with("topic", "", "regex", "(?:__)?(.*)\\.(?<table>c[^.]*)", "replacement", "${table}-of-$1");

        // Then
        for (int i = 0; i < 2; i++) {
            assertThat(topic(transform, events.create(customer()))).isEqualTo("customers-of-shop.shop");
            assertThat(topic(transform, events.tombstone(customer()))).isEqualTo("customers-of-shop.shop");
            assertThat(topic(transform, events.about("shop", "orders").create(customer())))
                    .isEqualTo("shop.shop.orders");
        }
        assertThat(topic(transform, events.heartbeat())).isEqualTo("__debezium-heartbeat.shop");
    }

    @Test
    void aRegularExpressionRoutesHeartbeatsAsWell() {
        assertThat(topic(
                        with("topic", "", "regex", "__debezium-heartbeat\\.(.*)", "replacement", "$1.alive"),
                        events.heartbeat()))
                .isEqualTo("shop.alive");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "a-${tabel}-b | at position 3, ${tabel} is unknown; known are ${schema}, ${table}, ${topic}, ${op}",
                "${} | at position 1, ${} is unknown",
                "${after} | at position 1, ${after} is unknown",
                "${after.} | at position 1, ${after.} is unknown",
                "${after..x} | at position 1, ${after..x} is unknown",
                "${header.} | at position 1, ${header.} is unknown",
                "${Table} | at position 1, ${Table} is unknown",
                "${ table } | at position 1, ${ table } is unknown",
                "a.${table | the ${ at position 3 has no closing }",
                "$table | '$table', from position 1, has a symbol at position 1",
                "${table}$$ | '$$', from position 9, has a symbol at position 1",
                "${table} v2 | ' v2', from position 9, has a space at position 1",
                "a/${table} | 'a/', from position 1, has a symbol at position 2",
                "größe | 'größe', from position 1, has a non-ASCII letter at position 3",
                ". | the name consists only of dots",
                ".. | the name consists only of dots",
            })
    void anInvalidTemplateIsRejected(String template, String problem) {
        assertThatThrownBy(() -> by(template))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("for configuration topic")
                .hasMessageContaining(problem);
    }

    @Test
    void aTemplateThatIsTooLongForAnyValuesIsRejected() {
        assertThatThrownBy(() -> with("topic", "x".repeat(250) + "${table}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("the name has 250 characters, the maximum is 249");
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', '', topic: set either topic",
        "x, (.*), $1, 'topic: set either topic, or regex and replacement, but not both'",
        "'', (.*), '', replacement: regex and replacement belong together",
        "x, '', $1, replacement: regex and replacement belong together",
        "'', (.*, $1, 'Unclosed group near position'",
        "'', (.*), $2, 'replacement: it does not match regex: No group 2'",
        "'', (.*), ${x}, 'replacement: it does not match regex: No group with name {x}'",
        "'', (.*), $, 'replacement: it does not match regex: '",
    })
    void invalidCombinationsAreRejected(String topic, String regex, String replacement, String problem) {
        assertThatThrownBy(() -> with("topic", topic, "regex", regex, "replacement", replacement))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void aWorkerShowsTheProblemAtTheOption() {
        assertThat(RouteTopic.CONFIG_DEF.validate(Map.of("replacement", "$1")))
                .filteredOn(option -> !option.errorMessages().isEmpty())
                .extracting(ConfigValue::name)
                .containsExactlyInAnyOrder("topic", "replacement");
    }

    @ParameterizedTest
    @CsvSource({"missing, drop, 'one of fail, keep'", "illegal, cut, 'one of fail, replace'"})
    void unknownChoicesAreRejected(String option, String choice, String problem) {
        assertThatThrownBy(() -> with(option, choice))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(option)
                .hasMessageContaining(problem);
    }
}
