// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleEvents.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;

/** The field that is added to keys. */
abstract class RouteKeysSuite extends RouteSuite implements PassesOtherRecords {

    RouteKeysSuite(SampleEvents events) {
        super(events);
    }

    @Test
    void theKeyContainsTheOriginalTopic() {
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
        assertThat(routed.keySchema() != null).isEqualTo(events.hasSchemas());
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
    void theKeyOfARecordWhoseTopicStaysTheSameGetsTheFieldAsWell() {
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
    void aRecordWithoutAKeyGetsNoKey() {
        // When
        SourceRecord routed =
                Objects.requireNonNull(with("topic", "all", "key.field", "from").apply(events.truncate()));

        // Then
        assertThat(routed.topic()).isEqualTo("all");
        assertThat(routed.key()).isNull();
        assertThat(routed.keySchema()).isNull();
    }

    @Test
    void aKeyThatCannotGetTheFieldIsAnError() {
        assertThatThrownBy(() -> with("topic", "all", "key.field", "id").apply(events.create(customer("id", 4711L))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("topic shop.shop.customers already has a field id")
                .hasMessageNotContaining("4711");
        SourceRecord plain = events.create(customer());
        SourceRecord textual = plain.newRecord(
                plain.topic(), null, Schema.STRING_SCHEMA, "secret", plain.valueSchema(), plain.value(), null);
        assertThatThrownBy(() -> with("topic", "all", "key.field", "from").apply(textual))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("topic shop.shop.customers has no fields")
                .hasMessageNotContaining("secret");
    }
}
