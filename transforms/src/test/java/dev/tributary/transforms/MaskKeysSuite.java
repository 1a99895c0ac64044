// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleEvents.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link MaskFields} does to the keys of records. */
abstract class MaskKeysSuite extends MaskSuite implements PassesOtherRecords {

    MaskKeysSuite(SampleEvents events) {
        super(events);
    }

    @Test
    void keysAreMaskedLikeColumns() {
        // Given
        Transformation<SourceRecord> transform = with("rules", "*.customers.id=hash");

        // When
        SourceRecord masked = applied(transform, events.create(customer("id", 7L)));

        // Then
        assertThat(SampleEvents.plain(masked.key())).isEqualTo(Map.of("id", hash("7")));
        assertThat(part(plainMap(masked.value()), "after")).containsEntry("id", hash("7"));
    }

    @Test
    void theKeyOfATombstoneIsTheKeyOfTheEvent() {
        for (String action : List.of("hash", "encrypt:deterministic")) {
            // Given
            Transformation<SourceRecord> transform = with("rules", "*.customers.id=" + action);

            // When
            SourceRecord delete = applied(transform, events.delete(customer()));
            SourceRecord tombstone = applied(transform, events.tombstone(customer()));

            // Then
            assertThat(tombstone.value()).isNull();
            assertThat(tombstone.valueSchema()).isNull();
            assertThat(tombstone.keySchema()).isEqualTo(delete.keySchema());
            assertThat(tombstone.key())
                    .isEqualTo(delete.key())
                    .isNotEqualTo(events.tombstone(customer()).key());
            assertThat(applied(with("rules", "*.customers.id=" + action), events.tombstone(customer()))
                            .key())
                    .isEqualTo(delete.key());
        }
    }

    @Test
    void aTombstoneBelongsToTheTableOfThePreviousEvent() {
        // Given: an earlier transform has renamed topic and schemas
        Transformation<SourceRecord> transform = with("rules", "*.customers.id=hash");
        SourceRecord delete = onTopic("people", events.delete(customer()));
        SourceRecord tombstone = onTopic("people", events.tombstone(customer()));

        // When
        SourceRecord masked = applied(transform, delete);

        // Then
        assertThat(applied(transform, tombstone).key()).isEqualTo(masked.key());
    }

    @Test
    void keysStayAsTheyAreIfConfigured() {
        // Given
        Transformation<SourceRecord> transform = with("rules", "*.customers.id=redact", "keys", "keep");
        SourceRecord record = events.create(customer());
        SourceRecord tombstone = events.tombstone(customer());

        // When
        SourceRecord masked = applied(transform, record);

        // Then
        assertThat(masked.key()).isSameAs(record.key());
        assertThat(part(plainMap(masked.value()), "after")).containsEntry("id", 0L);
        assertThat(transform.apply(tombstone)).isSameAs(tombstone);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "redact", "truncate:1", "encrypt"})
    void anActionThatMakesDifferentKeysEqualIsRejected(String action) {
        // Given
        String rule = "*.customers.email=" + action;
        Transformation<SourceRecord> transform = with("rules", rule);
        SourceRecord record = withKey(events.create(customer()), "email", "ann@example.org");

        // When / Then
        for (SourceRecord refused : List.of(record, tombstone(record))) {
            assertThatThrownBy(() -> transform.apply(refused))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("Column email of table shop.customers")
                    .hasMessageContaining(rule)
                    .hasMessageContaining("encrypt:deterministic")
                    .hasMessageContaining("keys=keep")
                    .hasMessageNotContaining("example.org");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "redact"})
    void partsOfAKeyAreProtectedAsTheKeyIs(String action) {
        // Given
        Schema array = SchemaBuilder.array(Schema.STRING_SCHEMA).build();
        SourceRecord record = withKey(events.create(customer()), "labels", array, List.of("secret"));

        // When / Then
        assertThatThrownBy(() -> with("rules", "*.*.labels=" + action).apply(record))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Column labels of table shop.customers")
                .hasMessageContaining("*.*.labels=" + action)
                .hasMessageNotContaining("secret");
        assertThat(SampleEvents.plain(
                        applied(with("rules", "*.*.labels=hash"), record).key()))
                .isEqualTo(Map.of("labels", List.of(hash("secret"))));
    }

    @Test
    void aPathIntoAKeyIsRejected() {
        // Given
        SourceRecord record = withKey(events.create(customer()), "email", "{\"a\":\"secret\"}");
        SourceRecord number = events.create(customer());

        // When / Then
        Transformation<SourceRecord> transform = with("rules", "*.customers.*:/a=hash, **=hash");
        assertThatThrownBy(() -> transform.apply(record))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("*.customers.*:/a=hash")
                .hasMessageNotContaining("secret");
        assertThat(SampleEvents.plain(applied(transform, number).key())).isEqualTo(Map.of("id", hash("1")));
    }

    @Test
    void keysThatAreNotRowsStayAsTheyAre() {
        // Given
        SourceRecord record = events.create(customer());
        SourceRecord single = record.newRecord(
                record.topic(), null, Schema.STRING_SCHEMA, "k", record.valueSchema(), record.value(), null);

        // When
        SourceRecord masked = applied(with("rules", "**=hash"), single);

        // Then
        assertThat(masked.key()).isEqualTo("k");
        assertThat(masked.keySchema()).isEqualTo(Schema.STRING_SCHEMA);
    }

    @Test
    void headersWithTheOtherKeyOfARowAreMasked() {
        // Given
        SourceRecord record = withKey(events.create(customer()), "email", "ann@example.org");
        record.headers()
                .add(
                        "__debezium.oldkey",
                        withKey(record, "email", "bob@example.org").key(),
                        record.keySchema());
        record.headers().addString("trace", "t-1");

        // When
        SourceRecord masked = applied(with(), record);

        // Then
        assertThat(SampleEvents.plain(
                        masked.headers().lastWithName("__debezium.oldkey").value()))
                .isEqualTo(Map.of("email", hash("bob@example.org")));
        assertThat(masked.headers().lastWithName("trace").value()).isEqualTo("t-1");
        assertThat(masked.headers().size()).isEqualTo(2);
        assertThat(SampleEvents.plain(
                        record.headers().lastWithName("__debezium.oldkey").value()))
                .isEqualTo(Map.of("email", "bob@example.org"));
        assertThat(applied(with("keys", "keep"), record).headers()).isEqualTo(record.headers());
    }

    @Test
    void aHeaderWithTheKeyAsTextIsDroppedIfTheKeyIsMasked() {
        // Given: the header as SimpleHeaderConverter writes it, read in a sink
        SourceRecord masked = withKey(events.create(customer()), "email", "ann@example.org");
        masked.headers().addString("__debezium.newkey", "Struct{email=bob@example.org}");
        SourceRecord kept = events.create(customer());
        kept.headers().addString("__debezium.newkey", "Struct{id=2}");

        // When / Then
        assertThat(applied(with(), masked).headers()).isEmpty();
        assertThat(applied(with(), kept).headers()).hasSize(1);
    }
}
