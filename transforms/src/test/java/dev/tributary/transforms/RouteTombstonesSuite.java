// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleEvents.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;

/** Tombstones go where the delete before them went. */
abstract class RouteTombstonesSuite extends RouteSuite implements PassesOtherRecords {

    RouteTombstonesSuite(SampleEvents events) {
        super(events);
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
    void aTombstoneKeepsItsTopicIfItsDeleteDid() {
        // Given
        Transformation<SourceRecord> transform = with("topic", "${table}.${row.region}.${key.id}", "missing", "keep");

        // When
        transform.apply(events.delete(customer("region", null)));

        // Then
        assertThat(topic(transform, events.tombstone(customer()))).isEqualTo(SampleEvents.TOPIC);
    }

    @Test
    void aTombstoneThatFollowsNoDeleteOfItsKeyIsRoutedByItsOwnValues() {
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
    void aTombstoneAfterAnotherEventFollowsNoDelete() {
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
    void noTombstoneFollowsAFailedDelete() {
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
    void aTombstoneOfAnUnknownTableIsRoutedByTopicAndKey() {
        // Given
        SourceRecord tombstone =
                new SourceRecord(Map.of(), Map.of(), "customers", null, null, Map.of("id", 5), null, null, null);

        // Then
        assertThat(topic(by("${topic}.${key.id}"), tombstone)).isEqualTo("customers.5");
        assertThatThrownBy(() -> by("${table}").apply(tombstone))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("${table} has no value in the tombstone of an unknown table in topic customers");
    }
}
