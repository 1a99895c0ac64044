// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleEvents.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The columns of interest of {@link DropUnchanged}. */
abstract class UnchangedColumnsSuite extends UnchangedSuite {

    UnchangedColumnsSuite(SampleEvents events) {
        super(events);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop.customers.email",
                "email",
                "*.*.email",
                "e*l",
                "shop.*.email, shop.orders.visits",
                "shop.customers.nowhere, *.customers.e*",
            })
    void onlyTheColumnsOfInterestCount(String columns) {
        Transformation<SourceRecord> transform = with("columns.include", columns);
        assertThat(transform.apply(events.update(customer(), customer("visits", 4, "region", "south"))))
                .isNull();
        assertPassesOn(transform, events.update(customer(), customer("email", "bea@example.org")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop.orders.email", "hr.*.*", "nowhere", "Email", "shop.customers.nowhere"})
    void allColumnsOfATableCountIfNoneIsListed(String columns) {
        Transformation<SourceRecord> transform = with("columns.include", columns);
        assertPassesOn(transform, events.update(customer(), customer("visits", 4)));
        assertThat(transform.apply(events.update(customer(), customer()))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop.customers.visits", "visits", "*.*.vis*", "region, visits"})
    void ignoredColumnsDoNotCount(String columns) {
        Transformation<SourceRecord> transform = with("columns.exclude", columns);
        assertThat(transform.apply(events.update(customer(), customer("visits", 4))))
                .isNull();
        assertPassesOn(transform, events.update(customer(), customer("visits", 4, "email", null)));
    }

    @Test
    void tablesInOneStreamAreDistinguished() {
        // Given
        Transformation<SourceRecord> transform = with("columns.exclude", "shop.customers.visits");
        SampleEvents orders = events.about("shop", "orders");

        // Then
        for (int i = 0; i < 2; i++) {
            assertThat(transform.apply(events.update(customer(), customer("visits", 4))))
                    .isNull();
            assertPassesOn(transform, orders.update(customer(), customer("visits", 4)));
        }
    }

    @Test
    void anAddedColumnCountsFromThenOn() {
        // Given
        Transformation<SourceRecord> transform = with("columns.include", "email,tier");
        SampleEvents altered = events.of(SampleSchemas.rowWith("tier", Schema.OPTIONAL_STRING_SCHEMA));

        // Then
        assertThat(transform.apply(events.update(customer(), customer("visits", 4))))
                .isNull();
        assertPassesOn(transform, altered.update(customer("tier", null), customer("tier", "gold")));
        assertThat(transform.apply(altered.update(customer("tier", "gold"), customer("tier", "gold"))))
                .isNull();
        assertThat(transform.apply(events.update(customer(), customer()))).isNull();
    }

    @ParameterizedTest
    @CsvSource({"columns.include", "columns.exclude"})
    void anInvalidColumnIsRejected(String option) {
        for (String columns : List.of("shop.customers", "a.b.c.d", "shop..email", "email,,name", "shop.customers.")) {
            assertThatThrownBy(() -> with(option, columns))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(option)
                    .hasMessageContaining("does not have the form schema.table.column");
        }
    }

    @Test
    void settingBothListsIsRejected() {
        assertThatThrownBy(() -> with("columns.include", "email", "columns.exclude", "visits"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("columns.exclude: set either columns.include or columns.exclude, but not both");
    }
}
