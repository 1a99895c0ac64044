// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleEvents.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Missing values, and names that are not legal for a topic. */
abstract class RouteNamesSuite extends RouteSuite implements PassesOtherRecords {

    RouteNamesSuite(SampleEvents events) {
        super(events);
    }

    @Test
    void aMissingValueIsAnError() {
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
    void aRecordKeepsItsTopicIfConfigured() {
        // Given
        Transformation<SourceRecord> transform =
                with("topic", "${after.region}.${after.nowhere}", "missing", "keep", "key.field", "from");
        SourceRecord record = events.create(customer());

        // Then
        assertThat(transform.apply(record)).isSameAs(record);
    }

    @Test
    void aDefaultIsNotAValue() {
        assertThat(topic(with("topic", "${after.visits}", "missing", "keep"), events.create(customer("visits", null))))
                .isEqualTo(SampleEvents.TOPIC);
    }

    @ParameterizedTest
    @CsvSource({
        "nor th, a space at position 4",
        "nörth, a non-ASCII letter at position 2",
        "north/, a symbol at position 6",
        "\uD83D\uDE00, a non-ASCII character at position 1",
    })
    void anIllegalNameIsAnErrorThatShowsNoValue(String region, String fault) {
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
    @CsvSource({"'', is empty", "., consists only of dots", ".., consists only of dots"})
    void anEmptyNameAndANameOfDotsAreIllegal(String region, String fault) {
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
                .hasMessageContaining("has 250 characters, the maximum is 249")
                .hasMessageNotContaining("xxx");
        assertThat(topic(with("topic", "${after.region}", "illegal", "replace"), longer))
                .isEqualTo("x".repeat(249));
    }

    @ParameterizedTest
    @CsvSource({"nor th/é, nor_th__", "'', _", "., _", ".., __", "..., ..."})
    void illegalCharactersAreReplacedIfConfigured(String region, String topic) {
        assertThat(topic(
                        with("topic", "${after.region}", "illegal", "replace"),
                        events.create(customer("region", region))))
                .isEqualTo(topic);
    }

    @ParameterizedTest
    @ValueSource(strings = {"labels", "extras", "address", "photo"})
    void onlyTextNumbersAndBooleansCanBePartOfAName(String column) {
        assertThatThrownBy(() -> with("topic", "${after." + column + "}", "illegal", "replace")
                        .apply(events.create(customer("photo", new byte[] {1, 2}))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("${after." + column + "} is not text, a number or a boolean")
                .hasMessageContaining("shop.customers")
                .hasMessageNotContainingAny("Elm", "vip", "size");
    }

    @Test
    void anIllegalNameFromAReplacementIsAnErrorOrReplaced() {
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
}
