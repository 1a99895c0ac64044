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

/** How {@link MaskFields} determines the table of a record. */
abstract class MaskTablesSuite extends MaskSuite implements PassesOtherRecords {

    MaskTablesSuite(SampleEvents events) {
        super(events);
    }

    @Test
    void flatRowsAreMasked() {
        // Given
        SourceRecord flat = events.flat(customer());

        // When
        SourceRecord masked = applied(with(), flat);

        // Then
        assertThat(SampleEvents.plain(masked.value())).isEqualTo(columns(customer("email", hash("ann@example.org"))));
        assertThat(masked.key()).isSameAs(flat.key());
        assertThat(masked.topic()).isEqualTo(flat.topic());
        assertThat(masked.timestamp()).isEqualTo(flat.timestamp());
    }

    @Test
    void aFlatRowOfAnUnknownTablePassesThrough() {
        SourceRecord record = withoutNames("customers", events.flat(customer()));
        assertThat(with("rules", "**=hash").apply(record)).isSameAs(record);
    }

    @Test
    void theTopicNamesTheTableIfTheSchemasDoNot() {
        SourceRecord record = withoutNames("my.shop.shop.customers", events.flat(customer()));
        assertThat(plainMap(applied(with("rules", "shop.customers.email=redact"), record)
                        .value()))
                .containsEntry("email", "****");
    }

    @Test
    void theTableOfAnEventWithoutASourceComesFromItsNames() {
        SourceRecord record = without("source", events.create(customer()));
        assertThat(part(row(with("rules", "shop.customers.email=redact"), record), "after"))
                .containsEntry("email", "****");
    }

    @Test
    void anEventOfAnUnknownTableIsAnError() {
        SourceRecord record = onTopic("people", without("source", events.create(customer())));
        assertThatThrownBy(() -> with("rules", "**=hash").apply(record))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("people")
                .hasMessageNotContaining("Ann");
    }

    @Test
    void aTableCanHaveSeveralTopics() {
        // Given: names that identify no table
        Transformation<SourceRecord> transform = with("rules", "*.customers.id=hash");
        Object key =
                applied(transform, onTopic("north", events.delete(customer()))).key();

        // When
        applied(transform, onTopic("south", events.delete(customer())));

        // Then
        for (String topic : List.of("north", "south")) {
            assertThat(SampleEvents.plain(applied(transform, onTopic(topic, events.tombstone(customer())))
                            .key()))
                    .isEqualTo(SampleEvents.plain(key));
        }
    }

    @Test
    void aSourceWithoutATableIsIgnored() {
        SourceRecord record = withSource("table", "", events.create(customer()));
        assertThat(part(row(with("rules", "shop.customers.email=redact"), record), "after"))
                .containsEntry("email", "****");
    }

    @Test
    void tablesWithOneNameAreDistinguishedByTheirSchema() {
        // Given
        Transformation<SourceRecord> transform = with("rules", "shop.customers.email=redact");
        SourceRecord shop = events.create(customer());
        SourceRecord other = withSource("schema", "other", events.create(customer()));

        // When / Then
        for (int round = 0; round < 2; round++) {
            assertThat(applied(transform, shop)).isNotSameAs(shop);
            assertThat(applied(transform, other)).isSameAs(other);
        }
    }

    @Test
    void tablesOfOneTopicAreDistinguishedByTheSource() {
        // Given
        Transformation<SourceRecord> transform = with("rules", "shop.customers.email=redact, shop.staff.name=redact");
        SourceRecord customers = events.create(customer());
        SourceRecord staff = withSource("table", "staff", events.create(customer()));

        // When / Then
        for (int round = 0; round < 2; round++) {
            assertThat(part(row(transform, customers), "after")).isEqualTo(columns(customer("email", "****")));
            assertThat(part(row(transform, staff), "after")).isEqualTo(columns(customer("name", "****")));
        }
    }
}
