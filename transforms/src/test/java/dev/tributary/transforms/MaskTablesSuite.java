// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleEvents.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
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
    void aFlatRowOfAnUnknownTableIsAnErrorUnlessAskedFor() {
        SourceRecord record = withoutNames("customers", events.flat(customer()));

        assertThatThrownBy(() -> with("rules", "**=hash").apply(record))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("on topic customers")
                .hasMessageContaining("unknown.table=pass")
                .hasMessageNotContaining("Ann");
        assertThat(with("rules", "**=hash", "unknown.table", "pass").apply(record))
                .isSameAs(record);
    }

    @Test
    void theKeyOfATombstoneOfAnUnknownTableIsNotPublished() {
        SourceRecord record = withoutNames("customers", events.tombstone(customer()));

        assertThatThrownBy(() -> with("rules", "**=hash").apply(record)).isInstanceOf(DataException.class);
        assertThat(with("rules", "**=hash", "keys", "keep").apply(record)).isSameAs(record);
        assertThat(with("rules", "**=hash", "unknown.table", "pass").apply(record))
                .isSameAs(record);
    }

    @Test
    void aRowThatIsATextIsAnError() {
        SourceRecord event = events.create(customer());
        SourceRecord asText = withRow(event, "{\"name\": \"Ann\"}");

        assertThatThrownBy(() -> with("rules", "*.customers.email=hash").apply(asText))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("table shop.customers")
                .hasMessageContaining("field after of its event is a String")
                .hasMessageNotContaining("Ann");
        assertThat(with("rules", "*.staff.email=hash").apply(asText)).isSameAs(asText);
    }

    /** As Debezium's connector for MongoDB writes it. */
    private SourceRecord withRow(SourceRecord event, String row) {
        if (event.value() instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new HashMap<>(map);
            copy.put("after", row);
            return withValue(event, null, copy);
        }
        Struct struct = (Struct) event.value();
        SchemaBuilder builder = SchemaBuilder.struct().name(struct.schema().name());
        struct.schema()
                .fields()
                .forEach(field -> builder.field(
                        field.name(),
                        List.of("before", "after").contains(field.name())
                                ? Schema.OPTIONAL_STRING_SCHEMA
                                : field.schema()));
        Struct copy = new Struct(builder.build());
        copy.schema().fields().stream()
                .filter(field -> !field.name().equals("before"))
                .forEach(field -> copy.put(field, field.name().equals("after") ? row : struct.get(field.name())));
        return withValue(event, copy.schema(), copy);
    }

    @Test
    void aRuleThatMatchesNoColumnOfTheTableThatItNamesIsAnErrorIfAskedFor() {
        SourceRecord record = events.create(customer());
        String misspelled = "*.customers.emial=hash, *.customers.email=hash";

        assertThatThrownBy(() ->
                        with("rules", misspelled, "unmatched.rules", "fail").apply(record))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Rule *.customers.emial=hash matches no column of table shop.customers")
                .hasMessageContaining("email");
        assertThat(with("rules", misspelled).apply(record)).isNotSameAs(record);
    }

    @Test
    void aRuleForAnyTableAndOneForAPartMayMatchNothing() {
        String rules = "*.staff.email=hash, *.*.ssn=hash, **.iban=hash, *.customers.profile:/nowhere=null,"
                + " *.customers.extras.nowhere=null, *.customers.email=hash";

        assertThat(with("rules", rules, "unmatched.rules", "fail").apply(events.create(customer())))
                .isNotNull();
    }

    @Test
    void aColumnThatIsRenamedIsAnErrorIfAskedFor() {
        // Given
        Transformation<SourceRecord> transform =
                with("rules", "shop.*.email=redact, **.name=redact", "unmatched.rules", "fail");
        transform.apply(events.create(customer()));
        SourceRecord renamed = withRenamedColumn(events.create(customer()), "email", "mail");

        // When / Then
        for (int time = 0; time < 2; time++) {
            assertThatThrownBy(() -> transform.apply(renamed))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining(
                            "Rule shop.*.email=redact matched a column of table shop.customers before, and matches none")
                    .hasMessageContaining(" mail,");
        }
        assertThat(transform.apply(events.create(customer()))).isNotNull();
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

    private static SourceRecord withRenamedColumn(SourceRecord event, String from, String to) {
        if (event.value() instanceof Map<?, ?> map) {
            Map<Object, Object> row = new HashMap<>((Map<?, ?>) Objects.requireNonNull(map.get("after")));
            row.put(to, row.remove(from));
            Map<Object, Object> copy = new HashMap<>(map);
            copy.put("after", row);
            return withValue(event, null, copy);
        }
        Struct struct = (Struct) event.value();
        Struct row = struct.getStruct("after");
        SchemaBuilder columns = SchemaBuilder.struct().name(row.schema().name()).optional();
        row.schema().fields().forEach(field -> columns.field(renamed(field.name(), from, to), field.schema()));
        Struct renamed = new Struct(columns.build());
        row.schema().fields().forEach(field -> renamed.put(renamed(field.name(), from, to), row.get(field)));
        SchemaBuilder envelope = SchemaBuilder.struct().name(struct.schema().name());
        struct.schema()
                .fields()
                .forEach(field -> envelope.field(
                        field.name(),
                        List.of("before", "after").contains(field.name()) ? renamed.schema() : field.schema()));
        Struct copy = new Struct(envelope.build());
        copy.schema().fields().stream()
                .filter(field -> !field.name().equals("before"))
                .forEach(field -> copy.put(field, field.name().equals("after") ? renamed : struct.get(field.name())));
        return withValue(event, copy.schema(), copy);
    }

    private static String renamed(String name, String from, String to) {
        return name.equals(from) ? to : name;
    }
}
