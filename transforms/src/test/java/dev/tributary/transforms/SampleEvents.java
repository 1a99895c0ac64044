// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Records about the table {@code shop.customers} as a connector sends them, with schemas or as the maps that a
 * converter without schemas produces.
 */
final class SampleEvents {

    static final String TOPIC = "shop.shop.customers";
    static final long COMMITTED = 1_790_000_000_123L;

    private final boolean schemas;
    private final Schema row;
    private final Schema key;
    private final Schema envelope;
    private final String in;
    private final String table;

    private SampleEvents(boolean schemas, Schema row, String in, String table) {
        this.schemas = schemas;
        this.row = row;
        this.in = in;
        this.table = table;
        Field id = row.field("id");
        this.key = SchemaBuilder.struct()
                .name(topic() + ".Key")
                .field("id", id == null ? Schema.INT64_SCHEMA : id.schema())
                .build();
        this.envelope = SchemaBuilder.struct()
                .name(topic() + ".Envelope")
                .version(2)
                .field("before", row)
                .field("after", row)
                .field("source", SampleSchemas.SOURCE)
                .field("transaction", SampleSchemas.TRANSACTION)
                .field("op", Schema.STRING_SCHEMA)
                .field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
                .field("ts_us", Schema.OPTIONAL_INT64_SCHEMA)
                .field("ts_ns", Schema.OPTIONAL_INT64_SCHEMA)
                .build();
    }

    static SampleEvents withSchemas() {
        return new SampleEvents(true, SampleSchemas.ROW, "shop", "customers");
    }

    static SampleEvents schemaless() {
        return new SampleEvents(false, SampleSchemas.ROW, "shop", "customers");
    }

    /** The same with another row schema: the table was altered. */
    SampleEvents of(Schema altered) {
        return new SampleEvents(schemas, altered, in, table);
    }

    /** The same about another table with the same columns. */
    SampleEvents about(String otherSchema, String otherTable) {
        return new SampleEvents(
                schemas, named("shop." + otherSchema + "." + otherTable + ".Value", row), otherSchema, otherTable);
    }

    /** The same about another table with other columns, whose key is its column {@code id}. */
    SampleEvents of(String otherTable, Schema itsRow) {
        return new SampleEvents(schemas, itsRow, in, otherTable);
    }

    /** The schema of the rows, whether they are structs or maps. */
    Schema row() {
        return row;
    }

    private static Schema named(String name, Schema struct) {
        SchemaBuilder builder = SchemaBuilder.struct().name(name);
        if (struct.isOptional()) {
            builder.optional();
        }
        struct.fields().forEach(field -> builder.field(field.name(), field.schema()));
        return builder.build();
    }

    private String topic() {
        return "shop." + in + "." + table;
    }

    boolean hasSchemas() {
        return schemas;
    }

    /** A customer; each pair of arguments sets a column. */
    static Map<String, @Nullable Object> customer(@Nullable Object... columnsAndValues) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("id", 1L);
        row.put("name", "Ann");
        row.put("email", "ann@example.org");
        row.put("region", "north");
        row.put("visits", 3);
        row.put("balance", new BigDecimal("12.50"));
        row.put("profile", "{\"likes\":[\"tea\"],\"phone\":\"555-0101\"}");
        row.put("labels", List.of("new", "vip"));
        row.put("extras", Map.of("size", "M"));
        row.put("address", new LinkedHashMap<>(Map.of("street", "Elm 1", "city", "Hull")));
        for (int i = 0; i < columnsAndValues.length; i += 2) {
            row.put(String.valueOf(columnsAndValues[i]), columnsAndValues[i + 1]);
        }
        return row;
    }

    SourceRecord create(Map<String, ?> after) {
        return event("c", null, after);
    }

    SourceRecord read(Map<String, ?> after) {
        return event("r", null, after);
    }

    SourceRecord update(@Nullable Map<String, ?> before, Map<String, ?> after) {
        return event("u", before, after);
    }

    SourceRecord delete(Map<String, ?> before) {
        return event("d", before, null);
    }

    SourceRecord truncate() {
        return event("t", null, null);
    }

    /** A change event of any kind. */
    SourceRecord event(String op, @Nullable Map<String, ?> before, @Nullable Map<String, ?> after) {
        Struct value = new Struct(envelope)
                .put("before", before == null ? null : struct(row, before))
                .put("after", after == null ? null : struct(row, after))
                .put("source", source())
                .put("op", op)
                .put("ts_ms", COMMITTED + 5)
                .put("ts_us", COMMITTED * 1_000 + 5_000)
                .put("ts_ns", COMMITTED * 1_000_000 + 5_000_000);
        if (!op.equals("r")) {
            value.put(
                    "transaction",
                    new Struct(SampleSchemas.TRANSACTION)
                            .put("id", "810:45042000")
                            .put("total_order", 1L)
                            .put("data_collection_order", 1L));
        }
        Map<String, ?> identified = after == null ? before : after;
        return record(topic(), identified == null ? null : key(identified), value);
    }

    SourceRecord tombstone(Map<String, ?> before) {
        Struct deleted = key(before);
        return new SourceRecord(
                Map.of(), Map.of(), topic(), null, schemas ? key : null, shown(deleted), null, null, COMMITTED);
    }

    SourceRecord heartbeat() {
        return record("__debezium-heartbeat.shop", null, new Struct(SampleSchemas.HEARTBEAT).put("ts_ms", COMMITTED));
    }

    SourceRecord transactionBoundary() {
        return record(
                "shop.transaction",
                null,
                new Struct(SampleSchemas.BOUNDARY)
                        .put("status", "BEGIN")
                        .put("id", "810:45042000")
                        .put("ts_ms", COMMITTED));
    }

    SourceRecord message() {
        return record(
                "shop.message",
                null,
                new Struct(SampleSchemas.MESSAGE)
                        .put("op", "m")
                        .put("ts_ms", COMMITTED)
                        .put("source", source())
                        .put(
                                "message",
                                new Struct(SampleSchemas.MESSAGE
                                                .field("message")
                                                .schema())
                                        .put("prefix", "audit")
                                        .put("content", new byte[] {1, 2})));
    }

    /** A row that an earlier transform has flattened. */
    SourceRecord flat(Map<String, ?> columns) {
        return record(topic(), key(columns), struct(row, columns));
    }

    private SourceRecord record(String topic, @Nullable Struct identified, Struct value) {
        return new SourceRecord(
                Map.of("server", "shop"),
                Map.of("lsn", 45_042_000L),
                topic,
                null,
                identified != null && schemas ? identified.schema() : null,
                shown(identified),
                schemas ? value.schema() : null,
                shown(value),
                COMMITTED);
    }

    private @Nullable Object shown(@Nullable Struct struct) {
        return schemas ? struct : plain(struct);
    }

    private Struct key(Map<String, ?> columns) {
        return new Struct(key).put("id", columns.get("id"));
    }

    private Struct source() {
        return new Struct(SampleSchemas.SOURCE)
                .put("version", "3.7.0.Final")
                .put("connector", "postgresql")
                .put("name", "shop")
                .put("ts_ms", COMMITTED)
                .put("db", "shop")
                .put("sequence", "[\"45041792\",\"45042000\"]")
                .put("ts_us", COMMITTED * 1_000)
                .put("ts_ns", COMMITTED * 1_000_000)
                .put("schema", in)
                .put("table", table)
                .put("txId", 810L)
                .put("lsn", 45_042_000L);
    }

    /** A struct of the schema with the values of a map. Columns that the map does not have stay empty. */
    static Struct struct(Schema schema, Map<String, ?> values) {
        Struct struct = new Struct(schema);
        for (Field field : schema.fields()) {
            Object value = values.get(field.name());
            if (value instanceof Map<?, ?> map && field.schema().type() == Schema.Type.STRUCT) {
                Map<String, Object> inner = new LinkedHashMap<>();
                map.forEach((name, part) -> inner.put((String) name, part));
                value = struct(field.schema(), inner);
            }
            if (value != null) {
                struct.put(field, value);
            }
        }
        return struct;
    }

    /** The same with maps instead of structs, so that one expectation serves records with and without schemas. */
    static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Struct struct) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            for (Field field : struct.schema().fields()) {
                // In metadata, null stands for the default, and Connect's JSON has that.
                boolean isMetadata = struct.schema().equals(SampleSchemas.SOURCE);
                map.put(field.name(), plain(isMetadata ? struct.get(field) : struct.getWithoutDefault(field.name())));
            }
            return map;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> plain = new ArrayList<>();
            list.forEach(element -> plain.add(plain(element)));
            return plain;
        }
        return value;
    }
}
