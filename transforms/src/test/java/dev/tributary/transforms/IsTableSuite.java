// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleEvents.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

abstract class IsTableSuite {

    private final SampleEvents events;

    IsTableSuite(SampleEvents events) {
        this.events = events;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop.customers",
                "shop.*",
                "*.customers",
                "*.*",
                "sh*p.c*s",
                "shop.**",
                "audit.log, shop.customers",
            })
    void isTrueForItsTables(String tables) {
        IsTable<SourceRecord> predicate = predicate(tables);
        assertThat(predicate.test(events.create(customer()))).isTrue();
        assertThat(predicate.test(events.truncate())).isTrue();
        assertThat(predicate.test(events.tombstone(customer()))).isTrue();
        assertThat(predicate.test(events.flat(customer()))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop.orders", "Shop.customers", "shop.Customers", "sho.*", "*.customer", "public.*"})
    void isFalseForOtherTables(String tables) {
        IsTable<SourceRecord> predicate = predicate(tables);
        assertThat(predicate.test(events.create(customer()))).isFalse();
        assertThat(predicate.test(events.tombstone(customer()))).isFalse();
        assertThat(predicate.test(events.flat(customer()))).isFalse();
    }

    @Test
    void tablesInOneStreamAreDistinguished() {
        // Given
        IsTable<SourceRecord> predicate = predicate("*.orders");
        SampleEvents orders = events.about("shop", "orders");
        SampleEvents archive = events.about("archive", "orders");

        // Then
        for (int i = 0; i < 2; i++) {
            assertThat(predicate.test(orders.create(customer()))).isTrue();
            assertThat(predicate.test(events.create(customer()))).isFalse();
            assertThat(predicate.test(archive.tombstone(customer()))).isTrue();
            assertThat(predicate.test(events.tombstone(customer()))).isFalse();
        }
    }

    @Test
    void isFalseForRecordsAboutNoTable() {
        IsTable<SourceRecord> predicate = predicate("*.*");
        assertThat(predicate.test(events.heartbeat())).isFalse();
        assertThat(predicate.test(events.transactionBoundary())).isFalse();
        assertThat(predicate.test(events.message())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"customers", "shop.customers.id", "shop.", ".customers", ".", "*", "shop.*,,", "shop.a, b"})
    void anInvalidTableIsRejected(String tables) {
        assertThatThrownBy(() -> predicate(tables))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("tables")
                .hasMessageContaining("does not have the form schema.table")
                .hasMessageContaining("*.table");
    }

    @Test
    void theInvalidEntryIsNamed() {
        assertThatThrownBy(() -> predicate("shop.*,customers"))
                .hasMessageContaining("'customers' does not have the form schema.table");
    }

    @Test
    void tablesAreRequired() {
        assertThatThrownBy(() -> predicate(" "))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("tables")
                .hasMessageContaining("*.* matches all");
    }

    private static IsTable<SourceRecord> predicate(String tables) {
        IsTable<SourceRecord> predicate = new IsTable<>();
        predicate.configure(Map.of("tables", tables));
        return predicate;
    }
}
