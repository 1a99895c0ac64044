// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.outbox;

import dev.tributary.transforms.event.BoundedMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Builds the value of a message that contains columns next to its payload. */
final class ValueEnvelope {

    private final @Nullable String table;
    private final boolean schemas;
    private final List<ColumnReader> columns;
    private final @Nullable ColumnReader version;
    private final BoundedMap<Kind, Schema> known = new BoundedMap<>();

    private ValueEnvelope(
            @Nullable String table, boolean schemas, List<ColumnReader> columns, @Nullable ColumnReader version) {
        this.table = table;
        this.schemas = schemas;
        this.columns = columns;
        this.version = version;
    }

    /**
     * @param row the schema of the rows; null for envelopes without a schema
     * @param version the column with the version of the schema; null for none
     */
    static ValueEnvelope of(@Nullable Schema row, List<ColumnReader> columns, @Nullable ColumnReader version) {
        return new ValueEnvelope(row == null ? null : row.name(), row != null, columns, version);
    }

    /**
     * @param routed the value by which the message is routed: it is part of the name of the schema
     * @param missing what happens if a row without a schema does not have a column
     */
    SchemaAndValue of(
            Object row,
            @Nullable Schema payloadSchema,
            @Nullable Object payload,
            String routed,
            MissingColumn missing) {
        return schemas && payloadSchema != null
                ? struct(row, payloadSchema, payload, routed)
                : new SchemaAndValue(null, map(row, payload, missing));
    }

    private SchemaAndValue struct(Object row, Schema payloadSchema, @Nullable Object payload, String routed) {
        Kind kind = new Kind(payloadSchema, routed, version == null ? null : version.numberIn(row));
        Schema schema = known.computeIfAbsent(kind, this::schema);
        Struct struct = new Struct(schema);
        List<Field> fields = schema.fields();
        put(struct, fields.get(0), payload);
        for (int i = 0; i < columns.size(); i++) {
            put(struct, fields.get(i + 1), columns.get(i).in(row));
        }
        return new SchemaAndValue(schema, struct);
    }

    private static void put(Struct struct, Field field, @Nullable Object value) {
        if (value != null) {
            struct.put(field, value);
        }
    }

    private Map<String, @Nullable Object> map(Object row, @Nullable Object payload, MissingColumn missing) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put(AdditionalColumn.PAYLOAD, payload);
        for (ColumnReader column : columns) {
            if (missing == MissingColumn.ERROR || column.isIn(row)) {
                map.put(column.name(), column.in(row));
            }
        }
        return map;
    }

    private Schema schema(Kind kind) {
        SchemaBuilder builder = SchemaBuilder.struct().name(name(kind.routed)).version(kind.version);
        builder.field(AdditionalColumn.PAYLOAD, kind.payload);
        columns.forEach(column -> builder.field(column.name(), column.schema()));
        return builder.build();
    }

    /** As in Debezium: {@code shop.shop.outbox.Value} of an order becomes {@code shop.shop.outbox.order.Value}. */
    private String name(String routed) {
        if (table == null) {
            return routed;
        }
        int name = table.lastIndexOf('.') + 1;
        return table.substring(0, name) + routed + "." + table.substring(name);
    }

    private record Kind(
            Schema payload, String routed, @Nullable Integer version) {}
}
