// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.postgres.Identifier;
import dev.tributary.postgres.TableName;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What is asked for of a table: all of its columns in their order, a null in place of each that is not wanted, so that a row
 * has the places that a row of the stream has.
 *
 * @param columns the columns, as SQL
 * @param from the table, or the user's own SELECT in parentheses, as SQL
 * @param byBlocks whether a range of blocks can be asked for
 */
record SnapshotQuery(String columns, String from, boolean byBlocks) {

    /** All rows of a table. */
    static SnapshotQuery of(TableName table, List<String> columns, Predicate<String> wanted, boolean byBlocks) {
        return new SnapshotQuery(list(columns, wanted), table.quoted(), byBlocks);
    }

    /** The rows of a SELECT of the user's; it may leave out columns, and name them in another order. */
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

    /** The statement for a part; the whole where parts cannot be asked for. */
    String statement(BlockRange range) {
        return byBlocks && !range.equals(BlockRange.ALL)
                ? where(range.condition())
                : "SELECT " + columns + " FROM " + from;
    }

    /** The statement for the rows that a condition is true of. */
    String where(String condition) {
        return "SELECT " + columns + " FROM " + from + " WHERE " + condition;
    }

    /** Tells this query from others in few characters. */
    String fingerprint() {
        return Integer.toHexString(columns.hashCode() * 31 + from.hashCode());
    }
}
