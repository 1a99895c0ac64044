// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.postgres.Identifier;
import dev.tributary.postgres.TableName;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The query for a table's rows: all columns in order, with NULL instead of each column that is not captured, so that a
 * row has the same positions as a row of the stream.
 *
 * @param columns the columns, as SQL
 * @param from the table, or the user's own SELECT in parentheses, as SQL
 * @param byBlocks whether a range of blocks can be selected
 * @param isOfUser whether it contains a SELECT of the user's
 */
public record SnapshotQuery(String columns, String from, boolean byBlocks, boolean isOfUser) {

    /** Returns the query for a table. */
    static SnapshotQuery of(TableName table, List<String> columns, Predicate<String> wanted, boolean byBlocks) {
        return new SnapshotQuery(list(columns, wanted, Identifier::quote), table.quoted(), byBlocks, false);
    }

    /**
     * Returns the query for a SELECT of the user's, which may leave out columns and have them in another order.
     *
     * @param sql the SQL for a column of the SELECT
     */
    static SnapshotQuery of(
            String select, List<String> columns, Predicate<String> selected, UnaryOperator<String> sql) {
        String statement = select.strip();
        while (statement.endsWith(";")) {
            statement = statement.substring(0, statement.length() - 1).stripTrailing();
        }
        return new SnapshotQuery(list(columns, selected, sql), "(" + statement + ") AS selected", false, true);
    }

    private static String list(List<String> columns, Predicate<String> wanted, UnaryOperator<String> sql) {
        return columns.stream()
                .map(column -> wanted.test(column) ? sql.apply(column) : "NULL")
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
