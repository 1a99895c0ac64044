// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import io.debezium.relational.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Keeps values that an option hides from being sent under a name that it does not hide. The {@code assert} methods
 * throw a {@link io.debezium.DebeziumException} if one would be.
 */
public interface ColumnGuard {

    /**
     * Notes what the columns of tables are called now.
     *
     * @param tables the captured tables with the names of their columns
     */
    void note(Connection connection, Map<TableId, List<String>> tables) throws SQLException;

    /** Makes sure that the rows of tables, and of their partitions, can be read now. */
    void assertReadable(Connection connection, Collection<TableId> tables) throws SQLException;

    /**
     * Makes sure that changes of a table can be sent that the stream describes.
     *
     * @param oid the oid of the table
     * @param columns the names of its columns when the changes were made; the catalog may have others now
     */
    void assertStreamable(Connection connection, long oid, TableId table, List<String> columns) throws SQLException;

    /** What it must know at the next start; empty if nothing is hidden. */
    String text();

    /**
     * Reads {@link #text}.
     *
     * @param reached the position in the WAL that the stream had reached
     */
    void restore(String text, long reached);
}
