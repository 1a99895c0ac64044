// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.event;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of a change event are in structs of one schema: {@code op} as text, with {@code before} or
 * {@code after} as structs, or with {@code message} as one. A message of an application can have such fields as well,
 * so an envelope also has a {@code source} that names a connector, or the name that Debezium gives to its schema.
 *
 * <p>Source: Debezium's documentation of its Postgres connector, "Data change events".
 */
public final class Envelope {

    static final String OP = "op";
    static final String BEFORE = "before";
    static final String AFTER = "after";
    static final String SOURCE = "source";
    static final String MESSAGE = "message";
    static final String CONNECTOR = "connector";

    /** The ends of the names of schemas; adjusters of names change only what is before. */
    private static final List<String> NAMES = List.of("Envelope", "MessageValue");

    private final Field op;
    private final @Nullable Field before;
    private final @Nullable Field after;
    private final @Nullable Field source;

    private Envelope(Field op, @Nullable Field before, @Nullable Field after, @Nullable Field source) {
        this.op = op;
        this.before = before;
        this.after = after;
        this.source = source;
    }

    /** Empty if values of the schema are not change events. */
    static Optional<Envelope> of(Schema schema) {
        return isDebeziums(schema) ? like(schema) : Optional.empty();
    }

    /** Whether the name of the schema, or what it has for a source, is Debezium's. */
    static boolean isDebeziums(Schema schema) {
        if (schema.type() != Schema.Type.STRUCT) {
            return false;
        }
        Field source = struct(schema, SOURCE);
        String name = String.valueOf(schema.name());
        return (source != null && source.schema().field(CONNECTOR) != null)
                || NAMES.stream().anyMatch(name::endsWith);
    }

    /** The same without a look at who has made it. */
    static Optional<Envelope> like(Schema schema) {
        if (schema.type() != Schema.Type.STRUCT) {
            return Optional.empty();
        }
        Field op = schema.field(OP);
        Field before = struct(schema, BEFORE);
        Field after = struct(schema, AFTER);
        boolean ofRow = before != null || after != null;
        if (op == null || op.schema().type() != Schema.Type.STRING || !(ofRow || struct(schema, MESSAGE) != null)) {
            return Optional.empty();
        }
        return Optional.of(new Envelope(op, before, after, struct(schema, SOURCE)));
    }

    private static @Nullable Field struct(Schema schema, String name) {
        Field field = schema.field(name);
        return field != null && field.schema().type() == Schema.Type.STRUCT ? field : null;
    }

    /** The schema of the rows; null for logical messages, which have none. */
    public @Nullable Schema rowSchema() {
        if (after != null) {
            return after.schema();
        }
        return before == null ? null : before.schema();
    }

    @Nullable
    Object op(Struct value) {
        return value.get(op);
    }

    @Nullable
    Object before(Struct value) {
        return before == null ? null : value.get(before);
    }

    @Nullable
    Object after(Struct value) {
        return after == null ? null : value.get(after);
    }

    @Nullable
    Object source(Struct value) {
        return source == null ? null : value.get(source);
    }
}
