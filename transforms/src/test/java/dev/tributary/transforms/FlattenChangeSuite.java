// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleEvents.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

abstract class FlattenChangeSuite extends TransformSuite implements PassesOtherRecords {

    FlattenChangeSuite(SampleEvents events) {
        super(events);
    }

    @Override
    protected Transformation<SourceRecord> create() {
        return new FlattenChange<>();
    }

    @Test
    void theValueBecomesTheRowAfterTheChange() {
        assertThat(value(with(), events.create(customer()))).isEqualTo(columns(customer()));
        assertThat(value(with(), events.read(customer()))).isEqualTo(columns(customer()));
        assertThat(value(with(), events.update(customer(), customer("visits", 4))))
                .isEqualTo(columns(customer("visits", 4)));
    }

    @Test
    void aRowToWhichNothingIsAddedIsPassedOnUnchanged() {
        // Given
        SourceRecord record = events.create(customer());
        Object row = record.value() instanceof Struct struct
                ? struct.get("after")
                : ((Map<?, ?>) record.value()).get("after");

        // When
        SourceRecord flat = Objects.requireNonNull(with("add.headers", "op").apply(record));

        // Then
        assertThat(flat.value()).isSameAs(row);
        assertThat(flat.key()).isSameAs(record.key());
        assertThat(flat.timestamp()).isEqualTo(record.timestamp());
        assertThat(flat.topic()).isEqualTo(record.topic());
    }

    @ParameterizedTest
    @CsvSource({
        "tombstone, tombstone, dropped",
        "rewrite, row, dropped",
        "both, row, tombstone",
        "drop, dropped, dropped"
    })
    void aDeleteAndTheTombstoneAfterIt(String deletes, String delete, String tombstone) {
        Transformation<SourceRecord> transform = with("deletes", deletes);
        assertThat(kind(transform.apply(events.delete(customer())))).isEqualTo(delete);
        assertThat(kind(transform.apply(events.tombstone(customer())))).isEqualTo(tombstone);
    }

    @Test
    void aTombstoneThatIsNotADuplicateIsPassedOn() {
        // Given
        Transformation<SourceRecord> transform = with();

        // When
        transform.apply(events.delete(customer("id", 7L)));

        // Then
        assertPassesOn(transform, events.tombstone(customer("id", 8L)));
        assertPassesOn(transform, events.tombstone(customer("id", 7L)));
    }

    @Test
    void rowsAreMarkedWhereDeletesAreRows() {
        Transformation<SourceRecord> transform = with("deletes", "rewrite");
        assertThat(row(transform, events.create(customer()))).containsEntry("__deleted", "false");
        assertThat(row(transform, events.delete(customer())))
                .containsEntry("__deleted", "true")
                .containsEntry("email", "ann@example.org");
    }

    @Test
    void fieldsOfTheEnvelopeAreAdded() {
        // Given
        Transformation<SourceRecord> transform = with(
                "add.fields",
                "op,ts_ms,lsn,source.ts_ms,transaction.id,total_order,table:of,nowhere",
                "add.fields.prefix",
                "_");

        // When
        Map<String, @Nullable Object> row = row(transform, events.create(customer()));

        // Then
        assertThat(row)
                .containsEntry("name", "Ann")
                .containsEntry("_op", "c")
                .containsEntry("_ts_ms", SampleEvents.COMMITTED + 5)
                .containsEntry("_lsn", 45_042_000L)
                .containsEntry("_source_ts_ms", SampleEvents.COMMITTED)
                .containsEntry("_transaction_id", "810:45042000")
                .containsEntry("_total_order", 1L)
                .containsEntry("_of", "customers")
                .doesNotContainKey("_nowhere");
    }

    @Test
    void aFieldWithoutAValueInThisEventIsNull() {
        assertThat(row(with("add.fields", "transaction.id"), events.read(customer()))
                        .get("__transaction_id"))
                .isNull();
    }

    @Test
    void headersContainMetadata() {
        // Given
        Transformation<SourceRecord> transform = with("add.headers", "op,source.lsn:at", "add.headers.prefix", "x-");

        // When
        SourceRecord flat = Objects.requireNonNull(transform.apply(events.delete(customer())));

        // Then
        assertThat(flat.value()).isNull();
        assertThat(header(flat, "x-op")).isEqualTo("d");
        assertThat(header(flat, "x-at")).isEqualTo(45_042_000L);
    }

    @Test
    void aHeaderListsTheChangedColumns() {
        // Given
        Transformation<SourceRecord> transform = with("changed.header", "changed");
        Map<String, @Nullable Object> after =
                customer("email", null, "visits", 4, "profile", "__debezium_unavailable_value");

        // When
        SourceRecord flat = Objects.requireNonNull(transform.apply(events.update(customer(), after)));

        // Then
        assertThat(header(flat, "changed")).isEqualTo(List.of("email", "visits"));
        assertThat(header(Objects.requireNonNull(transform.apply(events.create(customer()))), "changed"))
                .isEqualTo(List.of());
    }

    @Test
    void truncatesAreDropped() {
        assertThat(with().apply(events.truncate())).isNull();
    }

    @Test
    void logicalMessagesPassThrough() {
        SourceRecord message = events.message();
        assertThat(with().apply(message)).isSameAs(message);
    }

    @Test
    void aFlatRowPassesThrough() {
        SourceRecord flat = events.flat(customer());
        assertThat(with("add.fields", "op").apply(flat)).isSameAs(flat);
    }

    @ParameterizedTest
    @ValueSource(strings = {"op,,lsn", "op:", "a.b.c", "op:x:y", "op,op", ".op", "lsn:a,op:a"})
    void invalidMetadataIsRejected(String entries) {
        assertThatThrownBy(() -> with("add.fields", entries))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("add.fields");
    }

    @Test
    void anUnknownWayToHandleDeletesIsRejected() {
        assertThatThrownBy(() -> with("deletes", "remove"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("deletes")
                .hasMessageContaining("one of tombstone, rewrite, both, drop");
    }

    private static String kind(@Nullable SourceRecord record) {
        if (record == null) {
            return "dropped";
        }
        return record.value() == null ? "tombstone" : "row";
    }

    private static @Nullable Object header(SourceRecord record, String name) {
        return StreamSupport.stream(record.headers().spliterator(), false)
                .filter(header -> header.key().equals(name))
                .map(Header::value)
                .findFirst()
                .orElse(null);
    }

    private @Nullable Object columns(Map<String, ?> row) {
        return SampleEvents.plain(SampleEvents.struct(SampleSchemas.ROW, row));
    }
}
