// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.event;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * The path to a field through structs and maps, such as {@code after.address.city}.
 *
 * @param names at least one, none of them blank
 */
public record FieldPath(List<String> names) {

    /** @throws IllegalArgumentException if there is no name, or one is blank */
    public FieldPath {
        names = List.copyOf(names);
        if (names.isEmpty() || names.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("a path consists of names separated by dots, such as source.table");
        }
    }

    /** @throws IllegalArgumentException if the text is not a path */
    public static FieldPath parse(String text) {
        return new FieldPath(List.of(text.strip().split("\\.", -1)));
    }

    /**
     * The value; null if there is none, because a field on the path is null or does not exist.
     *
     * @param from a {@link Struct}, a {@link Map}, or a value without fields
     */
    public @Nullable Object in(@Nullable Object from) {
        Object value = from;
        for (int i = 0; i < names.size() && value != null; i++) {
            value = child(value, names.get(i));
        }
        return value;
    }

    /** The value in metadata, where null stands for the default: {@code snapshot} in {@code source}. */
    public @Nullable Object inMetadata(@Nullable Object from) {
        Object value = from;
        for (int i = 0; i < names.size() && value != null; i++) {
            Field field = value instanceof Struct struct ? struct.schema().field(names.get(i)) : null;
            value = field == null ? child(value, names.get(i)) : Schemas.orDefault((Struct) value, field);
        }
        return value;
    }

    /** Whether the field exists, with or without a value. */
    public boolean isIn(@Nullable Object from) {
        int last = names.size() - 1;
        Object parent = last == 0 ? from : new FieldPath(names.subList(0, last)).in(from);
        return parent instanceof Map<?, ?> map
                ? map.containsKey(names.get(last))
                : parent instanceof Struct struct && struct.schema().field(names.get(last)) != null;
    }

    /** The schema of the field in values of the given schema; null if these have no such field. */
    public @Nullable Schema schemaIn(Schema from) {
        Schema schema = from;
        for (String name : names) {
            Field field = schema.type() == Schema.Type.STRUCT ? schema.field(name) : null;
            if (field == null) {
                return null;
            }
            schema = field.schema();
        }
        return schema;
    }

    static @Nullable Object child(Object value, String name) {
        if (value instanceof Struct struct) {
            Field field = struct.schema().field(name);
            return field == null ? null : struct.getWithoutDefault(name);
        }
        return value instanceof Map<?, ?> map ? map.get(name) : null;
    }

    /** As written in an option. */
    @Override
    public String toString() {
        return String.join(".", names);
    }
}
