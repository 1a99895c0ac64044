// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.outbox;

import dev.tributary.transforms.event.Schemas;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Reads a column of the outbox table from rows of one schema, or from maps.
 *
 * @param name the column's name in the message, or else in the table
 * @param field null for maps
 */
record ColumnReader(
        String name, ColumnOption source, @Nullable Field field) {

    private static final Set<Schema.Type> INTEGERS =
            Set.of(Schema.Type.INT8, Schema.Type.INT16, Schema.Type.INT32, Schema.Type.INT64);
    private static final String NOT_TEXT = "is not text";
    private static final String NOT_INT32 = "is not a 32-bit integer";

    /**
     * @param row null if rows are maps
     * @throws InvalidRowException if rows of the schema do not have the column
     */
    static ColumnReader of(String name, ColumnOption source, @Nullable Schema row) {
        Field field = row == null ? null : row.field(source.column());
        if (row != null && field == null) {
            throw missing(source, row.fields().stream().map(Field::name).toList());
        }
        return new ColumnReader(name, source, field);
    }

    private static InvalidRowException missing(ColumnOption source, Collection<?> columns) {
        return new InvalidRowException("there is no column " + source.column() + ", which " + source.option()
                + " names; the columns are "
                + columns.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }

    /** Whether the row has the column, with or without a value. */
    boolean isIn(Object row) {
        return field != null || ((Map<?, ?>) row).containsKey(source.column());
    }

    /**
     * The value. A null stays null, whatever the default of the column is.
     *
     * @throws InvalidRowException if the row does not have the column
     */
    @Nullable
    Object in(Object row) {
        if (field != null) {
            return Schemas.withoutDefault((Struct) row, field);
        }
        Map<?, ?> map = (Map<?, ?>) row;
        Object value = map.get(source.column());
        if (value == null && !map.containsKey(source.column())) {
            throw missing(source, map.keySet());
        }
        return value;
    }

    /** Null for maps. */
    @Nullable
    Schema schema() {
        return field == null ? null : field.schema();
    }

    /** @throws InvalidRowException if the column cannot hold text */
    ColumnReader requireText() {
        if (field != null && field.schema().type() != Schema.Type.STRING) {
            throw invalid(NOT_TEXT);
        }
        return this;
    }

    /** @throws InvalidRowException if the column cannot hold an integer */
    ColumnReader requireInteger() {
        if (field != null && !INTEGERS.contains(field.schema().type())) {
            throw invalid(NOT_INT32);
        }
        return this;
    }

    /** @throws InvalidRowException if the value is not text */
    String textIn(Object row) {
        Object value = in(row);
        if (value instanceof String text) {
            return text;
        }
        throw invalid(value == null ? "is null" : NOT_TEXT);
    }

    /** @throws InvalidRowException if the value is neither null nor an integer that fits into 32 bits */
    @Nullable
    Integer numberIn(Object row) {
        Object value = in(row);
        if (value == null || value instanceof Integer) {
            return (Integer) value;
        }
        if (value instanceof Short || value instanceof Byte || value instanceof Long) {
            long number = ((Number) value).longValue();
            if (number == (int) number) {
                return (int) number;
            }
        }
        throw invalid(NOT_INT32);
    }

    InvalidRowException invalid(String why) {
        return new InvalidRowException("column " + source.column() + ", which " + source.option() + " names, " + why);
    }
}
