// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableResolverTest {

    private static final Schema ROW =
            SchemaBuilder.struct().optional().field("id", Schema.INT64_SCHEMA).build();
    private static final Schema SOURCE = SchemaBuilder.struct()
            .field("db", Schema.OPTIONAL_STRING_SCHEMA)
            .field("schema", Schema.OPTIONAL_STRING_SCHEMA)
            .field("table", Schema.OPTIONAL_STRING_SCHEMA)
            .build();

    private final ChangeEvents events = ChangeEvents.andWhatLooksLikeThem();
    private final TableResolver tables = new TableResolver();

    @Test
    void theSourceOfAnEventNamesTheTable() {
        // Given
        Struct source =
                new Struct(SOURCE).put("db", "d").put("schema", "my.shop").put("table", "a.b");

        // Then
        assertThat(of(event(source))).isEqualTo(new TableName("my.shop", "a.b"));
        assertThat(of(map(Map.of("db", "d", "schema", "my.shop", "table", "a.b"))))
                .isEqualTo(new TableName("my.shop", "a.b"));
    }

    @Test
    void theDatabaseIsTheSchemaIfTablesHaveNone() {
        // Given
        Schema mysql = SchemaBuilder.struct()
                .field("db", Schema.STRING_SCHEMA)
                .field("table", Schema.STRING_SCHEMA)
                .build();

        // Then
        assertThat(of(event(new Struct(mysql).put("db", "inventory").put("table", "orders"))))
                .isEqualTo(new TableName("inventory", "orders"));
        assertThat(of(map(Map.of("db", "inventory", "table", "orders"))))
                .isEqualTo(new TableName("inventory", "orders"));
    }

    @Test
    void theTableOfAnEventWhoseSourceDoesNotNameItComesFromSchemaNamesAndTopic() {
        assertThat(of(event(null))).isEqualTo(new TableName("of", "topic"));
        assertThat(of(event(new Struct(SOURCE).put("db", "d").put("schema", "s"))))
                .isEqualTo(new TableName("of", "topic"));
        assertThat(of(event(new Struct(ROW).put("id", 1L)))).isEqualTo(new TableName("of", "topic"));
        Map<String, @Nullable Object> nothing = new HashMap<>();
        nothing.put("schema", null);
        nothing.put("table", "t");
        assertThat(of(map(nothing))).isEqualTo(new TableName("of", "topic"));
    }

    @ParameterizedTest
    @CsvSource({
        "shop.public.orders.Value, shop.hr.people.Key, public.orders",
        "shop.public.orders.Envelope, , public.orders",
        ", shop.hr.people.Key, hr.people",
        "com.example.Renamed, shop.hr.people.Key, hr.people",
        "orders.Value, shop.hr.people.Key, hr.people",
        "Value, Key, of.topic",
        "com.example.Renamed, , of.topic",
        ", , of.topic",
        "shop.public..Value, , of.topic",
        "shop..orders.Value, , of.topic",
        ".public.orders.Value, , of.topic",
        "my.shop.public.orders.Value, , public.orders",
    })
    void theTableOfOtherRecordsComesFromSchemaNamesOrElseTheTopic(
            @Nullable String value, @Nullable String key, String table) {
        SourceRecord record =
                new SourceRecord(Map.of(), Map.of(), "shop.of.topic", null, named(key), null, named(value), null, null);
        assertThat(of(record)).hasToString(table);
    }

    @ParameterizedTest
    @CsvSource({"shop.public.orders, public.orders", "my.shop.public.orders, public.orders"})
    void withoutSchemasTheTopicNamesTheTable(String topic, String table) {
        assertThat(of(tombstone(topic))).hasToString(table);
        assertThat(of(tombstone(topic))).isSameAs(of(tombstone(topic)));
    }

    @ParameterizedTest
    @CsvSource({
        "orders",
        "shop.orders",
        "shop..orders",
        "shop.public.",
        ".public.orders",
        "__debezium-heartbeat.my.shop"
    })
    void aTopicOfAnotherFormNamesNoTable(String topic) {
        assertThat(of(tombstone(topic))).isNull();
    }

    @Test
    void debeziumsOwnRecordsAreAboutNoTable() {
        SourceRecord boundary = new SourceRecord(
                Map.of(),
                Map.of(),
                "my.shop.transaction",
                null,
                null,
                null,
                named("io.debezium.connector.common.TransactionMetadataValue"),
                null,
                null);
        assertThat(of(boundary)).isNull();
    }

    @Test
    void aLogicalMessageIsAboutNoTable() {
        assertThat(of(record(
                        "shop.of.topic",
                        null,
                        Map.of("op", "m", "source", Map.of("schema", "s", "table", "t"), "message", Map.of()))))
                .isNull();
    }

    @Test
    void theSameTableIsTheSameObject() {
        // Given
        TableName first = of(map(Map.of("schema", "s", "table", "t")));
        of(map(Map.of("schema", "s", "table", "other")));

        // When
        TableName again = of(map(Map.of("schema", new String("s"), "table", new String("t"))));

        // Then
        assertThat(again).isSameAs(first);
    }

    private @Nullable TableName of(SourceRecord record) {
        return tables.resolve(record, events.of(record));
    }

    private static SourceRecord event(@Nullable Struct source) {
        SchemaBuilder schema =
                SchemaBuilder.struct().field("op", Schema.STRING_SCHEMA).field("after", ROW);
        if (source != null) {
            schema.field("source", source.schema());
        }
        Struct value = new Struct(schema.build()).put("op", "c").put("after", new Struct(ROW).put("id", 1L));
        if (source != null) {
            value.put("source", source);
        }
        return record("shop.of.topic", value.schema(), value);
    }

    private static SourceRecord map(Map<String, ?> source) {
        return record("shop.of.topic", null, Map.of("op", "c", "after", Map.of("id", 1), "source", source));
    }

    private static SourceRecord tombstone(String topic) {
        return record(topic, null, null);
    }

    private static SourceRecord record(String topic, @Nullable Schema schema, @Nullable Object value) {
        return new SourceRecord(Map.of(), Map.of(), topic, null, null, null, schema, value, null);
    }

    private static @Nullable Schema named(@Nullable String name) {
        return name == null
                ? null
                : SchemaBuilder.struct()
                        .name(name)
                        .optional()
                        .field("id", Schema.OPTIONAL_INT64_SCHEMA)
                        .build();
    }
}
