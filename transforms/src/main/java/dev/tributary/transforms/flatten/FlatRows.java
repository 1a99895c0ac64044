// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.flatten;

import dev.tributary.transforms.event.ChangeEvent;
import dev.tributary.transforms.event.FieldPath;
import dev.tributary.transforms.event.SchemaCache;
import dev.tributary.transforms.event.Schemas;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Builds rows that contain fields of their envelope. */
public final class FlatRows {

    /** Debezium's name for the field. */
    static final String DELETED = "__deleted";

    private final boolean marks;
    private final List<Metadata> added;
    private final SchemaCache<Widening> widenings = new SchemaCache<>(this::widening);

    /**
     * @param marks whether rows have a field {@code __deleted}, which says whether they were deleted
     * @param added the other fields to add
     */
    public FlatRows(boolean marks, List<Metadata> added) {
        this.marks = marks;
        this.added = added;
    }

    /** Whether rows stay as they are. */
    public boolean addsNothing() {
        return !marks && added.isEmpty();
    }

    /**
     * The row with the added fields.
     *
     * @param row the event's row, a struct or a map
     */
    public Object of(ChangeEvent event, Object row, boolean deleted) {
        return row instanceof Struct struct
                ? widenings.get(((Struct) event.value()).schema()).join(event, struct, deleted)
                : map((Map<?, ?>) event.value(), (Map<?, ?>) row, deleted);
    }

    private Map<Object, @Nullable Object> map(Map<?, ?> event, Map<?, ?> row, boolean deleted) {
        Map<Object, @Nullable Object> flat = new LinkedHashMap<>(row);
        if (marks) {
            flat.put(DELETED, String.valueOf(deleted));
        }
        for (Metadata metadata : added) {
            FieldPath path = metadata.in(event);
            if (path != null) {
                flat.put(metadata.name(), path.in(event));
            }
        }
        return flat;
    }

    private Widening widening(Schema envelope) {
        Schema row = Objects.requireNonNull(Schemas.row(envelope));
        SchemaBuilder builder = Schemas.requiredWithoutFields(row);
        row.fields().forEach(field -> builder.field(field.name(), field.schema()));
        if (marks) {
            builder.field(DELETED, Schema.OPTIONAL_STRING_SCHEMA);
        }
        List<Metadata.Present> present = Metadata.presentIn(envelope, added);
        present.forEach(metadata -> builder.field(metadata.name(), metadata.schema()));
        return new Widening(builder.build(), List.copyOf(row.fields()), present, marks);
    }

    private record Widening(Schema schema, List<Field> columns, List<Metadata.Present> present, boolean marks) {

        Struct join(ChangeEvent event, Struct row, boolean deleted) {
            @Nullable Object[] added = new Object[schema.fields().size() - columns.size()];
            int next = 0;
            if (marks) {
                added[next++] = deleted ? "true" : "false";
            }
            for (Metadata.Present metadata : present) {
                added[next++] = metadata.path().in(event.value());
            }
            return new WiderStruct(schema, row, columns, added);
        }
    }
}
