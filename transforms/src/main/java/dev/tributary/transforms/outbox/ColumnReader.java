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
 * A column that is read, in rows of one schema or in maps.
 *
 * @param name what it is called in the message, or else in the table
 * @param field null in maps
 */
record ColumnReader(
        String name, ColumnOption wanted, @Nullable Field field) {

    private static final Set<Schema.Type> NUMBERS =
            Set.of(Schema.Type.INT8, Schema.Type.INT16, Schema.Type.INT32, Schema.Type.INT64);
    private static final String NO_TEXT = "is no text";
    private static final String NO_NUMBER = "is no whole number of 32 bits";

    /**
     * @param row null if rows are maps
     * @throws UnfitRowException if such rows lack it
     */
    static ColumnReader of(String name, ColumnOption wanted, @Nullable Schema row) {
        Field field = row == null ? null : row.field(wanted.column());
        if (row != null && field == null) {
            throw missing(wanted, row.fields().stream().map(Field::name).toList());
        }
        return new ColumnReader(name, wanted, field);
    }

    private static InvalidRowException missing(ColumnOption wanted, Collection<?> columns) {
        return new InvalidRowException("there is no column " + wanted.column() + ", which " + wanted.option()
                + " names; the columns are "
                + columns.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }

    /** Whether a row has it, with a value or without one. */
    boolean isIn(Object row) {
        return field != null || ((Map<?, ?>) row).containsKey(wanted.column());
    }

    /**
     * The value; a null in the row stays one, whatever the default of the column is.
     *
     * @throws UnfitRowException if the row lacks it
     */
    @Nullable
    Object in(Object row) {
        if (field != null) {
            return Schemas.withoutDefault((Struct) row, field);
        }
        Map<?, ?> map = (Map<?, ?>) row;
        Object value = map.get(wanted.column());
        if (value == null && !map.containsKey(wanted.column())) {
            throw missing(wanted, map.keySet());
        }
        return value;
    }

    /** Null in maps. */
    @Nullable
    Schema schema() {
        return field == null ? null : field.schema();
    }

    /** @throws UnfitRowException if such rows can hold no text in it */
    ColumnReader ofText() {
        if (field != null && field.schema().type() != Schema.Type.STRING) {
            throw invalid(NO_TEXT);
        }
        return this;
    }

    /** @throws UnfitRowException if such rows can hold no whole number in it */
    ColumnReader ofNumbers() {
        if (field != null && !NUMBERS.contains(field.schema().type())) {
            throw invalid(NO_NUMBER);
        }
        return this;
    }

    /** @throws UnfitRowException if it is anything but text */
    String textIn(Object row) {
        Object value = in(row);
        if (value instanceof String text) {
            return text;
        }
        throw invalid(value == null ? "is null" : NO_TEXT);
    }

    /** @throws UnfitRowException if it is anything but null or a number that fits into 32 bits */
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
        throw invalid(NO_NUMBER);
    }

    InvalidRowException invalid(String why) {
        return new InvalidRowException("column " + wanted.column() + ", which " + wanted.option() + " names, " + why);
    }
}
