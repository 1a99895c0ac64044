// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.postgres.Identifier;
import dev.tributary.postgres.TableName;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The query for a table's rows: all columns in order, with NULL instead of each column that is not captured, so that a
 * row has the same positions as a row of the stream.
 *
 * @param columns the columns, as SQL
 * @param from the table, or the user's own SELECT in parentheses, as SQL
 * @param byBlocks whether a range of blocks can be selected
 */
public record SnapshotQuery(String columns, String from, boolean byBlocks) {

    /** Returns the query for a table. */
    static SnapshotQuery of(TableName table, List<String> columns, Predicate<String> wanted, boolean byBlocks) {
        return new SnapshotQuery(list(columns, wanted), table.quoted(), byBlocks);
    }

    /** Returns the query for a SELECT of the user's, which may leave out columns and have them in another order. */
    static SnapshotQuery of(String select, List<String> columns, Predicate<String> selected) {
        String statement = select.strip();
        while (statement.endsWith(";")) {
            statement = statement.substring(0, statement.length() - 1).stripTrailing();
        }
        return new SnapshotQuery(list(columns, selected), "(" + statement + ") AS selected", false);
    }

    private static String list(List<String> columns, Predicate<String> wanted) {
        return columns.stream()
                .map(column -> wanted.test(column) ? Identifier.quote(column) : "NULL")
                .collect(Collectors.joining(", "));
    }

    /** Returns the query for a range of blocks; for all rows if a range cannot be selected. */
    String select(BlockRange range) {
        return byBlocks && !range.equals(BlockRange.ALL)
                ? where(range.condition())
                : "SELECT " + columns + " FROM " + from;
    }

    /** Returns the query for the rows that meet a condition. */
    public String where(String condition) {
        return "SELECT " + columns + " FROM " + from + " WHERE " + condition;
    }

    /** Identifies this query in a few characters. */
    String fingerprint() {
        return Integer.toHexString(columns.hashCode() * 31 + from.hashCode());
    }
}
