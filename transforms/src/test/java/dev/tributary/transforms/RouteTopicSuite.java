// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleEvents.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

abstract class RouteTopicSuite extends TransformSuite {

    RouteTopicSuite(SampleEvents events) {
        super(events);
    }

    @Override
    protected Transformation<SourceRecord> create() {
        return new RouteTopic<>();
    }

    /** What a tombstone cannot tell: the suite wants it to go through. */
    @Override
    protected Map<String, String> needed() {
        return Map.of("topic", "by.${op}", "missing", "keep");
    }

    /** By a template and with the defaults else. */
    private static Transformation<SourceRecord> by(String template) {
        RouteTopic<SourceRecord> transform = new RouteTopic<>();
        transform.configure(Map.of("topic", template));
        return transform;
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
    void onlyTheTopicIsAnother() {
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
    void aRecordWhoseTopicStaysTheSameIsHandedOnAsItIs() {
        SourceRecord record = events.create(customer());
        assertThat(by("${topic}").apply(record)).isSameAs(record);
    }

    @ParameterizedTest
    @CsvSource({
        "${topic}-v2, shop.shop.customers-v2",
        "${op}, u",
        "${source.db}.${source.lsn}, shop.45042000",
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
    void variablesAreTakenOfTheRecord(String template, String topic) {
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
    void aFlatRowIsItsValueAndItsRow() {
        assertThat(topic(by("${value.region}.${row.id}"), events.flat(customer())))
                .isEqualTo("north.1");
    }

    @Test
    void eachRecordGoesByItsOwnValues() {
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
    void aTombstoneFollowsTheDeleteBeforeIt() {
        // Given
        Transformation<SourceRecord> transform = by("${row.region}.${header.tenant}");
        SourceRecord delete = events.delete(customer());
        delete.headers().addString("tenant", "acme");

        // When
        transform.apply(delete);
        transform.apply(events.heartbeat());

        // Then
        assertThat(topic(transform, events.tombstone(customer()))).isEqualTo("north.acme");
    }

    @Test
    void aTombstoneStaysWhereItsDeleteStayed() {
        // Given
        Transformation<SourceRecord> transform = with("topic", "${table}.${row.region}.${key.id}", "missing", "keep");

        // When
        transform.apply(events.delete(customer("region", null)));

        // Then
        assertThat(topic(transform, events.tombstone(customer()))).isEqualTo(SampleEvents.TOPIC);
    }

    @Test
    void aTombstoneThatFollowsNoDeleteOfItsKeyIsToldByItself() {
        // Given
        Transformation<SourceRecord> byRow = with("topic", "${row.region}", "missing", "keep");
        Transformation<SourceRecord> byTable = by("${schema}.${table}.${key.id}");

        // When
        byRow.apply(events.delete(customer("id", 7L)));
        byTable.apply(events.delete(customer("id", 7L)));

        // Then
        assertThat(topic(byRow, events.tombstone(customer("id", 8L)))).isEqualTo(SampleEvents.TOPIC);
        assertThat(topic(byRow, events.tombstone(customer("id", 7L)))).isEqualTo(SampleEvents.TOPIC);
        assertThat(topic(byTable, events.tombstone(customer("id", 8L)))).isEqualTo("shop.customers.8");
    }

    @Test
    void aTombstoneBehindAnotherEventFollowsNoDelete() {
        // Given
        Transformation<SourceRecord> transform = with("topic", "${row.region}", "missing", "keep");

        // When
        transform.apply(events.delete(customer()));
        transform.apply(events.create(customer()));

        // Then
        assertThat(topic(transform, events.tombstone(customer()))).isEqualTo(SampleEvents.TOPIC);
    }

    @Test
    void aTombstoneOfAnotherTableFollowsNoDelete() {
        // Given
        Transformation<SourceRecord> transform = with("topic", "${row.region}", "missing", "keep");

        // When
        transform.apply(events.delete(customer()));

        // Then
        assertThat(topic(transform, events.about("shop", "orders").tombstone(customer())))
                .isEqualTo("shop.shop.orders");
    }

    @Test
    void aDeleteThatFailedIsFollowedByNoTombstone() {
        // Given
        Transformation<SourceRecord> transform = by("${row.region}");
        transform.apply(events.delete(customer()));

        // When
        assertThatThrownBy(() -> transform.apply(events.delete(customer("region", null))))
                .isInstanceOf(DataException.class);

        // Then
        assertThatThrownBy(() -> transform.apply(events.tombstone(customer())))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("${row.region} has no value in the tombstone of table shop.customers");
    }

    @Test
    void aValueThatIsMissingIsAnError() {
        Transformation<SourceRecord> transform = by("${table}.${after.region}");
        for (SourceRecord record :
                List.of(events.create(customer("region", null)), events.delete(customer()), events.truncate())) {
            assertThatThrownBy(() -> transform.apply(record))
                    .isInstanceOf(DataException.class)
                    .hasMessageMatching("\\$\\{after.region} has no value in the (create|delete|truncate) of table"
                            + " shop\\.customers in topic shop\\.shop\\.customers; missing=keep .*");
        }
    }

    @Test
    void aRecordKeepsItsTopicIfThatIsWanted() {
        // Given
        Transformation<SourceRecord> transform =
                with("topic", "${after.region}.${after.nowhere}", "missing", "keep", "key.field", "from");
        SourceRecord record = events.create(customer());

        // Then
        assertThat(transform.apply(record)).isSameAs(record);
    }

    @Test
    void aDefaultIsNoValue() {
        assertThat(topic(with("topic", "${after.visits}", "missing", "keep"), events.create(customer("visits", null))))
                .isEqualTo(SampleEvents.TOPIC);
    }

    @ParameterizedTest
    @CsvSource({
        "nor th, a space at position 4",
        "nörth, a letter beyond ASCII at position 2",
        "north/, a sign at position 6",
        "\uD83D\uDE00, a character beyond ASCII at position 1",
    })
    void aNameThatNoTopicCanHaveIsAnErrorThatTellsNoValue(String region, String fault) {
        Transformation<SourceRecord> transform = by("${table}.${after.region}");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> transform.apply(events.create(customer("region", region))))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("${after.region} has " + fault)
                    .hasMessageContaining("[a-zA-Z0-9._-]")
                    .hasMessageContaining("the create of table shop.customers in topic shop.shop.customers")
                    .hasMessageContaining("illegal=replace")
                    .hasMessageNotContaining(region);
        }
        assertThat(topic(transform, events.create(customer()))).isEqualTo("customers.north");
    }

    @ParameterizedTest
    @CsvSource({"'', is empty", "., is nothing but dots", ".., is nothing but dots"})
    void aNameIsWhollyIllegalIfItIsNothingOrDots(String region, String fault) {
        assertThatThrownBy(() -> by("${after.region}").apply(events.create(customer("region", region))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("the topic's name " + fault);
    }

    @Test
    void aNameThatIsTooLongIsIllegal() {
        // Given
        SourceRecord longest = events.create(customer("region", "x".repeat(249)));
        SourceRecord longer = events.create(customer("region", "x".repeat(250)));

        // Then
        assertThat(topic(by("${after.region}"), longest)).isEqualTo("x".repeat(249));
        assertThatThrownBy(() -> by("${after.region}").apply(longer))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("has 250 characters, 249 are the most")
                .hasMessageNotContaining("xxx");
        assertThat(topic(with("topic", "${after.region}", "illegal", "replace"), longer))
                .isEqualTo("x".repeat(249));
    }

    @ParameterizedTest
    @CsvSource({"nor th/é, nor_th__", "'', _", "., _", ".., __", "..., ..."})
    void illegalCharactersAreReplacedIfThatIsWanted(String region, String topic) {
        assertThat(topic(
                        with("topic", "${after.region}", "illegal", "replace"),
                        events.create(customer("region", region))))
                .isEqualTo(topic);
    }

    @ParameterizedTest
    @ValueSource(strings = {"labels", "extras", "address", "photo"})
    void whatIsNoTextCannotBePartOfAName(String column) {
        assertThatThrownBy(() -> with("topic", "${after." + column + "}", "illegal", "replace")
                        .apply(events.create(customer("photo", new byte[] {1, 2}))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("${after." + column + "} is neither a text nor a number nor a boolean")
                .hasMessageContaining("shop.customers")
                .hasMessageNotContainingAny("Elm", "vip", "size");
    }

    @Test
    void logicalMessagesStay() {
        SourceRecord message = events.message();
        assertThat(by("all").apply(message)).isSameAs(message);
    }

    @Test
    void aFlatRowOfAnUnknownTableStays() {
        // Given
        SourceRecord flat = new SourceRecord(
                Map.of(), Map.of(), "customers", null, null, null, null, Map.of("region", "north"), null);

        // Then
        assertThat(by("${value.region}").apply(flat)).isSameAs(flat);
    }

    @Test
    void aTombstoneOfAnUnknownTableIsToldByItsTopicAndKey() {
        // Given
        SourceRecord tombstone =
                new SourceRecord(Map.of(), Map.of(), "customers", null, null, Map.of("id", 5), null, null, null);

        // Then
        assertThat(topic(by("${topic}.${key.id}"), tombstone)).isEqualTo("customers.5");
        assertThatThrownBy(() -> by("${table}").apply(tombstone))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("${table} has no value in the tombstone of an unknown table in topic customers");
    }

    @Test
    void aColumnThatIsAddedCountsFromThenOn() {
        // Given
        Transformation<SourceRecord> transform = with("topic", "${after.tier}", "missing", "keep");
        SampleEvents altered = events.of(SampleEvents.rowWith("tier", Schema.OPTIONAL_STRING_SCHEMA));

        // Then
        assertThat(topic(transform, events.create(customer()))).isEqualTo(SampleEvents.TOPIC);
        assertThat(topic(transform, altered.create(customer("tier", "gold")))).isEqualTo("gold");
        assertThat(topic(transform, events.create(customer()))).isEqualTo(SampleEvents.TOPIC);
    }

    @Test
    void aRegularExpressionRoutesWhatItMatchesAsAWhole() {
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
    void aRegularExpressionRoutesHeartbeatsToo() {
        assertThat(topic(
                        with("topic", "", "regex", "__debezium-heartbeat\\.(.*)", "replacement", "$1.alive"),
                        events.heartbeat()))
                .isEqualTo("shop.alive");
    }

    @Test
    void aReplacementThatIsNoNameIsAnErrorOrReplaced() {
        assertThatThrownBy(() -> with("topic", "", "regex", "(.*)", "replacement", "$1 too")
                        .apply(events.create(customer())))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("topic shop.shop.customers has a space at position 20")
                .hasMessageContaining("illegal=replace");
        assertThatThrownBy(() -> with("topic", "", "regex", "(.*)()", "replacement", "$2")
                        .apply(events.create(customer())))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is empty");
        assertThat(topic(
                        with("topic", "", "regex", "(.*)", "replacement", "$1 too", "illegal", "replace"),
                        events.create(customer())))
                .isEqualTo("shop.shop.customers_too");
    }

    @Test
    void theKeyTellsWhereItCameFrom() {
        // Given
        Transformation<SourceRecord> transform = with("topic", "all", "key.field", "from");
        SourceRecord record = events.create(customer());
        Object key = SampleEvents.plain(record.key());

        // When
        SourceRecord routed = Objects.requireNonNull(transform.apply(record));
        SourceRecord order = Objects.requireNonNull(
                transform.apply(events.about("shop", "orders").create(customer())));

        // Then
        assertThat(SampleEvents.plain(routed.key()))
                .isEqualTo(new LinkedHashMap<>(Map.of("id", 1L, "from", SampleEvents.TOPIC)));
        assertThat(SampleEvents.plain(order.key()))
                .isEqualTo(new LinkedHashMap<>(Map.of("id", 1L, "from", "shop.shop.orders")));
        assertThat(routed.keySchema() != null).isEqualTo(events.haveSchemas());
        assertThat(routed.value()).isSameAs(record.value());
        assertThat(SampleEvents.plain(record.key())).isEqualTo(key);
    }

    @Test
    void aTombstoneHasTheSameKeyAsItsRow() {
        // Given
        Transformation<SourceRecord> transform = with("topic", "all", "key.field", "from");

        // When
        SourceRecord row = Objects.requireNonNull(transform.apply(events.create(customer())));
        SourceRecord tombstone = Objects.requireNonNull(transform.apply(events.tombstone(customer())));

        // Then
        assertThat(tombstone.key()).isEqualTo(row.key());
        assertThat(tombstone.keySchema()).isEqualTo(row.keySchema());
        assertThat(tombstone.topic()).isEqualTo("all");
    }

    @Test
    void theKeyOfARecordWhoseTopicStaysTheSameGetsTheFieldToo() {
        // Given
        Transformation<SourceRecord> transform =
                with("topic", "", "regex", "(.*customers)(?:_.*)?", "replacement", "$1", "key.field", "from");

        // When
        SourceRecord routed = Objects.requireNonNull(transform.apply(events.create(customer())));

        // Then
        assertThat(routed.topic()).isEqualTo(SampleEvents.TOPIC);
        assertThat(SampleEvents.plain(routed.key()))
                .isEqualTo(new LinkedHashMap<>(Map.of("id", 1L, "from", SampleEvents.TOPIC)));
    }

    @Test
    void aRecordWithoutAKeyGetsNone() {
        // When
        SourceRecord routed =
                Objects.requireNonNull(with("topic", "all", "key.field", "from").apply(events.truncate()));

        // Then
        assertThat(routed.topic()).isEqualTo("all");
        assertThat(routed.key()).isNull();
        assertThat(routed.keySchema()).isNull();
    }

    @Test
    void aKeyThatCannotHaveTheFieldIsAnError() {
        assertThatThrownBy(() -> with("topic", "all", "key.field", "id").apply(events.create(customer("id", 4711L))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("topic shop.shop.customers has a field id already")
                .hasMessageNotContaining("4711");
        SourceRecord plain = events.create(customer());
        SourceRecord textual = plain.newRecord(
                plain.topic(), null, Schema.STRING_SCHEMA, "secret", plain.valueSchema(), plain.value(), null);
        assertThatThrownBy(() -> with("topic", "all", "key.field", "from").apply(textual))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("topic shop.shop.customers has no fields")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "a-${tabel}-b | at position 3, ${tabel} is not known; these are: ${schema}, ${table}, ${topic}, ${op}",
                "${} | at position 1, ${} is not known",
                "${after} | at position 1, ${after} is not known",
                "${after.} | at position 1, ${after.} is not known",
                "${after..x} | at position 1, ${after..x} is not known",
                "${header.} | at position 1, ${header.} is not known",
                "${Table} | at position 1, ${Table} is not known",
                "${ table } | at position 1, ${ table } is not known",
                "a.${table | the ${ at position 3 has no } behind it",
                "$table | '$table', from position 1 on, has a sign at position 1",
                "${table}$$ | '$$', from position 9 on, has a sign at position 1",
                "${table} v2 | ' v2', from position 9 on, has a space at position 1",
                "a/${table} | 'a/', from position 1 on, has a sign at position 2",
                "größe | 'größe', from position 1 on, has a letter beyond ASCII at position 3",
                ". | the name is nothing but dots",
                ".. | the name is nothing but dots",
            })
    void aTemplateThatIsNoneIsRefused(String template, String problem) {
        assertThatThrownBy(() -> by(template))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("for configuration topic")
                .hasMessageContaining(problem);
    }

    @Test
    void aTemplateThatIsTooLongWhateverTheValuesIsRefused() {
        assertThatThrownBy(() -> with("topic", "x".repeat(250) + "${table}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("the name has 250 characters, 249 are the most");
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', '', topic: give either topic",
        "x, (.*), $1, 'topic: give either topic, or regex and replacement, but not both'",
        "'', (.*), '', replacement: regex and replacement go together",
        "x, '', $1, replacement: regex and replacement go together",
        "'', (.*, $1, 'Unclosed group near position'",
        "'', (.*), $2, 'replacement: it does not go with regex: No group 2'",
        "'', (.*), ${x}, 'replacement: it does not go with regex: No group with name {x}'",
        "'', (.*), $, 'replacement: it does not go with regex: '",
    })
    void waysThatAreNoneAreRefused(String topic, String regex, String replacement, String problem) {
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
    void choicesThatAreNoneAreRefused(String option, String choice, String problem) {
        assertThatThrownBy(() -> with(option, choice))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(option)
                .hasMessageContaining(problem);
    }

    private static String topic(Transformation<SourceRecord> transform, SourceRecord record) {
        return Objects.requireNonNull(transform.apply(record)).topic();
    }
}
