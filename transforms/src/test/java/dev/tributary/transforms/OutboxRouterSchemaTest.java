// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleOutbox.entry;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboxRouterSchemaTest extends OutboxRouterSuite {

    OutboxRouterSchemaTest() {
        super(SampleEvents.withSchemas());
    }

    @Test
    void schemasAreThoseOfTheColumns() {
        // When
        SourceRecord message =
                message(with("table.fields.additional.placement", "shard:header:part"), outbox.create(entry()));

        // Then
        assertThat(message.keySchema()).isEqualTo(column("aggregateid"));
        assertThat(message.valueSchema()).isEqualTo(column("payload"));
        assertThat(message.headers().lastWithName("id").schema()).isEqualTo(column("id"));
        assertThat(message.headers().lastWithName("part").schema()).isEqualTo(column("shard"));
    }

    @Test
    void theSchemaOfAnEnvelopeIsNamedByTheTableAndTheRouteAndCanHaveAVersion() {
        // Given
        Transformation<SourceRecord> transform = with(
                "table.fields.additional.placement",
                "type:envelope:eventType",
                "table.field.event.schema.version",
                "version");

        // When
        Schema order = message(transform, outbox.create(entry("version", 2))).valueSchema();
        Schema bill = message(transform, outbox.create(entry("aggregatetype", "bill", "version", 1)))
                .valueSchema();

        // Then
        assertThat(order)
                .isEqualTo(SchemaBuilder.struct()
                        .name("shop.shop.outbox.order.Value")
                        .version(2)
                        .field("payload", column("payload"))
                        .field("eventType", column("type"))
                        .build());
        assertThat(bill.name()).isEqualTo("shop.shop.outbox.bill.Value");
        assertThat(bill.version()).isEqualTo(1);
        assertThat(message(transform, outbox.create(entry("version", 2))).valueSchema())
                .isSameAs(order);
        assertThat(message(transform, outbox.create(entry())).valueSchema().version())
                .isNull();
    }

    @Test
    void payloadsOfOneShapeHaveOneSchema() {
        // Given
        Transformation<SourceRecord> transform = with("table.expand.json.payload", "true");

        // When
        Schema first = json(transform, "{\"a\": 1, \"b\": [{\"c\": \"x\"}, {\"d\": 5000000000}]}");
        Schema second = json(transform, "{\"a\": 2, \"b\": [{\"c\": \"y\", \"d\": 6000000000}]}");
        Schema third = json(transform, "{\"b\": [], \"a\": 2.5}");

        // Then
        Schema element = SchemaBuilder.struct()
                .name("payload.b")
                .optional()
                .field("c", Schema.OPTIONAL_STRING_SCHEMA)
                .field("d", Schema.OPTIONAL_INT64_SCHEMA)
                .build();
        assertThat(first)
                .isEqualTo(SchemaBuilder.struct()
                        .name("payload")
                        .optional()
                        .field("a", Schema.OPTIONAL_INT32_SCHEMA)
                        .field("b", SchemaBuilder.array(element).optional().build())
                        .build());
        assertThat(second).isSameAs(first);
        assertThat(third)
                .isEqualTo(SchemaBuilder.struct()
                        .name("payload")
                        .optional()
                        .field("a", Schema.OPTIONAL_FLOAT64_SCHEMA)
                        .build());
    }

    @Test
    void moreShapesThanAreCachedAreExpanded() {
        Transformation<SourceRecord> transform = with("table.expand.json.payload", "true");
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 1_500; i++) {
                assertThat(json(transform, "{\"f" + i + "\": true}")
                                .field("f" + i)
                                .schema())
                        .isEqualTo(Schema.OPTIONAL_BOOLEAN_SCHEMA);
            }
        }
    }

    @Test
    void anExpandedStructMatchesItsSchema() {
        // Given
        String payload = "{\"a\": [[1, null], [2.5, 5000000000]], \"b\": {\"c\": {\"d\": [true]}},"
                + " \"e\": [1, 90000000000000000000]}";

        // When
        Struct struct = (Struct) Objects.requireNonNull(
                message(with("table.expand.json.payload", "true"), outbox.create(entry("payload", payload)))
                        .value());

        // Then
        struct.validate();
        assertThat(String.valueOf(SampleEvents.plain(struct)))
                .isEqualTo("{a=[[1.0, null], [2.5, 5.0E9]], b={c={d=[true]}}, e=[1, 90000000000000000000]}");
    }

    @Test
    void jsonThatNoStructCanHoldStaysText() {
        Transformation<SourceRecord> transform = with("table.expand.json.payload", "true");
        for (String payload : List.of(
                "{\"\":1}", "{\"a\":[1.5," + "9".repeat(400) + "]}", "[]", "[null]", "{\"a\":[true,1]}", "[[1],{}]")) {
            SourceRecord message = message(transform, outbox.create(entry("payload", payload)));
            assertThat(message.value()).isEqualTo(payload);
            assertThat(message.valueSchema()).isEqualTo(column("payload"));
        }
    }

    @Test
    void withoutASchemaJsonConverterWritesTheJsonAsItWas() throws IOException {
        // Given
        String payload = "{\"b\":null,\"a\":[],\"c\":[1,\"x\",[2.5,5000000000],{\"\":true},null],\"d\":{}}";

        // When
        SourceRecord message = message(
                with("table.expand.json.payload", "true", "table.json.payload.schema", "none"),
                outbox.create(entry("payload", payload)));

        // Then
        try (JsonConverter converter = new JsonConverter()) {
            converter.configure(Map.of("schemas.enable", "false"), false);
            assertThat(converter.fromConnectData(message.topic(), message.valueSchema(), message.value()))
                    .asString(UTF_8)
                    .isEqualTo(payload);
        }
    }

    @Test
    @SuppressWarnings("JavaUtilDate") // Connect's type for timestamps
    void timestampsOfAllKinds() {
        Map<Schema, Object> values = new LinkedHashMap<>();
        values.put(int64("io.debezium.time.Timestamp"), 1_725_184_800_123L);
        values.put(int64("io.debezium.time.MicroTimestamp"), 1_725_184_800_123_456L);
        values.put(int64("io.debezium.time.NanoTimestamp"), 1_725_184_800_123_456_789L);
        values.put(Timestamp.SCHEMA, new Date(1_725_184_800_123L));
        values.put(SchemaBuilder.string().name("io.debezium.time.IsoTimestamp").build(), "2024-09-01T10:00:00.123Z");
        values.forEach((schema, value) -> assertThat(message(
                                with("table.field.event.timestamp", "at"),
                                withColumn("at", schema).create(entry("at", value)))
                        .timestamp())
                .as(schema.toString())
                .isEqualTo(1_725_184_800_123L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.debezium.time.MicroTime", "io.debezium.time.Date"})
    void otherTypesAreNotTimestamps(String type) {
        assertThatThrownBy(() -> with("table.field.event.timestamp", "at")
                        .apply(withColumn("at", int64(type)).create(entry("at", 17L))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("column at, which table.field.event.timestamp names, is not a timestamp");
    }

    @Test
    void aColumnOfTheWrongTypeIsAnErrorEvenIfItIsNull() {
        assertThatThrownBy(() -> with("table.field.event.timestamp", "shard").apply(outbox.create(entry())))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("column shard, which table.field.event.timestamp names, is not a timestamp");
        assertThatThrownBy(() -> with("route.by.field", "shard").apply(outbox.create(entry())))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("column shard, which route.by.field names, is not text");
        assertThatThrownBy(() -> with("table.fields.additional.placement", "tenant:partition")
                        .apply(outbox.create(entry())))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("column tenant")
                .hasMessageContaining("not a 32-bit integer");
    }

    @Test
    void aPartitionCanBeOfAnyIntegerType() {
        Transformation<SourceRecord> transform = with("table.fields.additional.placement", "part:partition");
        assertThat(message(transform, withColumn("part", Schema.INT16_SCHEMA).create(entry("part", (short) 3)))
                        .kafkaPartition())
                .isEqualTo(3);
        assertThat(message(transform, withColumn("part", Schema.INT64_SCHEMA).create(entry("part", 4L)))
                        .kafkaPartition())
                .isEqualTo(4);
        assertThatThrownBy(() ->
                        transform.apply(withColumn("part", Schema.INT64_SCHEMA).create(entry("part", 1L << 32))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("not a 32-bit integer");
    }

    @Test
    void aTableOfADatabaseWithoutSchemasIsNamedByItsDatabase() {
        // Given
        Schema source = SchemaBuilder.struct()
                .field("connector", Schema.STRING_SCHEMA)
                .field("db", Schema.STRING_SCHEMA)
                .field("table", Schema.STRING_SCHEMA)
                .build();
        Schema envelope = SchemaBuilder.struct()
                .field("after", SampleOutbox.ROW)
                .field("source", source)
                .field("op", Schema.STRING_SCHEMA)
                .build();
        Struct event = new Struct(envelope)
                .put("after", SampleEvents.struct(SampleOutbox.ROW, entry()))
                .put(
                        "source",
                        new Struct(source)
                                .put("connector", "mysql")
                                .put("db", "inventory")
                                .put("table", "outbox"))
                .put("op", "c");
        SourceRecord record = new SourceRecord(Map.of(), Map.of(), "t", envelope, event);

        // Then
        assertThat(message(with("table", "inventory.outbox"), record).topic()).isEqualTo("outbox.event.order");
        assertThat(message(with("table", "inventory.outbox"), record).timestamp())
                .isNull();
        assertThat(with().apply(record)).isSameAs(record);
    }

    private static Schema json(Transformation<SourceRecord> transform, String payload) {
        SourceRecord message =
                message(transform, SampleOutbox.of(SampleEvents.withSchemas()).create(entry("payload", payload)));
        ((Struct) Objects.requireNonNull(message.value())).validate();
        return message.valueSchema();
    }

    private SampleEvents withColumn(String name, Schema schema) {
        SchemaBuilder row =
                SchemaBuilder.struct().name("shop.shop.outbox.Value").optional();
        for (Field field : SampleOutbox.ROW.fields()) {
            row.field(field.name(), field.schema());
        }
        return outbox.of(row.field(name, schema).build());
    }

    private static Schema int64(String name) {
        return SchemaBuilder.int64().name(name).build();
    }

    private static Schema column(String name) {
        return SampleOutbox.WIDE_ROW.field(name).schema();
    }
}
