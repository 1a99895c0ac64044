// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.row.RowImage;
import io.debezium.relational.Column;
import io.debezium.relational.Table;
import io.debezium.relational.TableEditor;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table that are {@code NOT NULL} in the catalog. A relation message does not say which ones are, so
 * the catalog may be ahead of the stream; only a row with a null in such a column shows it.
 *
 * @param columns these columns
 */
record RequiredColumns(List<Column> columns) {

    static RequiredColumns of(Table table) {
        return new RequiredColumns(
                table.columns().stream().filter(column -> !column.isOptional()).toList());
    }

    /**
     * Those of them that were not {@code NOT NULL} when a change was made, as far as it shows that.
     *
     * @param before the old row; null if it was not sent
     * @param after the new row; null for a delete
     * @param contained which columns the old row contains
     */
    Set<String> nullIn(@Nullable RowImage before, @Nullable RowImage after, OldRowColumns contained) {
        Set<String> found = Set.of();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            int place = column.position() - 1;
            if ((after != null && after.isNull(place))
                    || (before != null && before.isNull(place) && contained.contain(column.name(), before))) {
                found = found.isEmpty() ? new HashSet<>() : found;
                found.add(column.name());
            }
        }
        return found;
    }

    /** A table in which columns allow nulls. */
    static Table allowing(Set<String> nulls, Table table) {
        return with(nulls, true, table);
    }

    /** A table in which columns do not allow nulls. */
    static Table requiring(Set<String> columns, Table table) {
        return with(columns, false, table);
    }

    private static Table with(Set<String> columns, boolean optional, Table table) {
        TableEditor editor = table.edit();
        columns.forEach(name -> editor.updateColumn(
                table.columnWithName(name).edit().optional(optional).create()));
        return editor.create();
    }
}
