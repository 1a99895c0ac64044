// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.compare;

import dev.tributary.transforms.event.BoundedCache;
import dev.tributary.transforms.event.FieldPath;
import dev.tributary.transforms.event.SchemaCache;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Headers;
import org.jspecify.annotations.Nullable;

/** Adds a header that says what an update changed. */
public final class DiffHeader {

    private static final Schema NAMES =
            SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA).optional().build();
    /** The columns of one table can change in many combinations. */
    private static final int COLUMNS_OF_CHANGES = 5_000;

    private static final String BEFORE = "before";
    private static final String AFTER = "after";

    private final String name;
    private final Diff diff;
    private final SchemaCache<BoundedCache<List<String>, Schema>> schemas = new SchemaCache<>(row ->
            new BoundedCache<>(changed -> schema(row, changed), changed -> 1 + changed.size(), COLUMNS_OF_CHANGES));

    public DiffHeader(String name, Diff diff) {
        this.name = name;
        this.diff = diff;
    }

    /** @param changed names of columns of the new row */
    public void addTo(Headers headers, Object before, Object after, List<String> changed) {
        switch (diff) {
            case COLUMNS -> headers.add(name, changed, NAMES);
            case VALUES -> {
                if (after instanceof Struct row) {
                    Schema schema = schemas.get(row.schema()).get(changed);
                    Schema columns = schema.field(BEFORE).schema();
                    headers.add(
                            name,
                            new Struct(schema)
                                    .put(BEFORE, struct(columns, before))
                                    .put(AFTER, struct(columns, after)),
                            schema);
                } else {
                    headers.add(name, Map.of(BEFORE, map(before, changed), AFTER, map(after, changed)), null);
                }
            }
        }
    }

    private static Schema schema(Schema row, List<String> changed) {
        SchemaBuilder builder = SchemaBuilder.struct();
        for (String column : changed) {
            builder.field(column, row.field(column).schema());
        }
        Schema columns = builder.build();
        return SchemaBuilder.struct()
                .field(BEFORE, columns)
                .field(AFTER, columns)
                .build();
    }

    private static Struct struct(Schema columns, Object row) {
        Struct values = new Struct(columns);
        for (Field column : columns.fields()) {
            Object value = value(row, column.name());
            if (value != null) {
                values.put(column, value);
            }
        }
        return values;
    }

    private static Map<String, @Nullable Object> map(Object row, List<String> columns) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        columns.forEach(column -> values.put(column, value(row, column)));
        return values;
    }

    private static @Nullable Object value(Object row, String column) {
        return new FieldPath(List.of(column)).in(row);
    }
}
