// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleEvents.customer;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;

class MaskTablesSchemaTest extends MaskTablesSuite {

    MaskTablesSchemaTest() {
        super(SampleEvents.withSchemas());
    }

    @Test
    void tablesWithoutASchemaBelongToTheirDatabase() {
        // Given: the source of a connector for MySQL
        Schema source = SchemaBuilder.struct()
                .field("db", Schema.STRING_SCHEMA)
                .field("table", Schema.STRING_SCHEMA)
                .build();
        Schema envelope = SchemaBuilder.struct()
                .field("after", SampleSchemas.ROW)
                .field("op", Schema.STRING_SCHEMA)
                .field("source", source)
                .build();
        Struct value = new Struct(envelope)
                .put("op", "c")
                .put("source", new Struct(source).put("db", "shop").put("table", "customers"))
                .put("after", SampleEvents.struct(SampleSchemas.ROW, customer()));

        // When
        SourceRecord masked = applied(
                with("rules", "shop.customers.email=redact"),
                new SourceRecord(Map.of(), Map.of(), "any", envelope, value));

        // Then
        assertThat(((Struct) masked.value()).getStruct("after").get("email")).isEqualTo("****");
    }

    @Test
    void tombstonesOfOneTopicAreDistinguishedByTheSchemasOfTheirKeys() {
        // Given: two tables on one topic, and no names that distinguish them
        Transformation<SourceRecord> transform = with("rules", "shop.customers.id=hash");
        SourceRecord customers = keyed("a", events.delete(customer()));
        SourceRecord staff = keyed("b", events.delete(customer()));
        ((Struct) staff.value()).getStruct("source").put("table", "staff");

        // When
        Object hashed = applied(transform, customers).key();
        SourceRecord handedOn = applied(transform, staff);

        // Then
        assertThat(handedOn).isSameAs(staff);
        assertThat(applied(transform, tombstone(customers)).key()).isEqualTo(hashed);
        assertThat(applied(transform, tombstone(staff)).key()).isEqualTo(staff.key());
    }

    private static SourceRecord keyed(String schemaName, SourceRecord record) {
        Schema schema = SchemaBuilder.struct()
                .name(schemaName)
                .field("id", Schema.INT64_SCHEMA)
                .build();
        return record.newRecord(
                "all", null, schema, new Struct(schema).put("id", 1L), record.valueSchema(), record.value(), null);
    }

    @Test
    void theConnectorsOwnRecordsAreNotRowsWhateverTheirTopic() {
        // Given: a prefix with a dot makes these topics look like those of tables
        SourceRecord boundary = events.transactionBoundary();
        SourceRecord record = boundary.newRecord(
                "my.shop.transaction", null, null, null, boundary.valueSchema(), boundary.value(), null);

        // When / Then
        assertThat(with("rules", "**=redact").apply(record)).isSameAs(record);
    }
}
