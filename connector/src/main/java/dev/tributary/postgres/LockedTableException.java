// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** A table could not be locked within the timeout. The message names the processes that hold its lock. */
public final class LockedTableException extends SQLException {

    private static final long serialVersionUID = 1L;

    /** SQL state of a lock timeout. */
    static final String LOCK_NOT_AVAILABLE = "55P03";

    /** Does not name statements, because they can contain values. */
    private static final String HOLDERS = """
            SELECT n.nspname || '.' || c.relname || ' by process ' || l.pid || ' of role ' || a.usename
                   || coalesce(', application ' || nullif(a.application_name, ''), '')
                   || ', in a transaction since ' || date_trunc('second', a.xact_start)
              FROM pg_catalog.pg_locks l
              JOIN pg_catalog.pg_class c ON c.oid = l.relation
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
             WHERE l.mode = 'AccessExclusiveLock' AND l.granted
               AND n.nspname || '.' || c.relname = ANY (string_to_array(?, E'\\n'))
             ORDER BY 1
            """;

    private LockedTableException(String message, SQLException cause) {
        super(message, cause.getSQLState(), cause);
    }

    static LockedTableException of(
            HikariDataSource database, List<TableName> tables, Duration timeout, SQLException cause) {
        return new LockedTableException(
                "The snapshot could not lock its tables within " + timeout.toSeconds()
                        + " s (snapshot.lock.timeout.ms). Tables locked exclusively: " + holders(database, tables),
                cause);
    }

    private static String holders(HikariDataSource database, List<TableName> tables) {
        String names = tables.stream()
                .map(table -> table.schema() + "." + table.name())
                .collect(Collectors.joining("\n"));
        try (Connection connection = database.getConnection()) {
            List<String> holders = Database.rows(connection, HOLDERS, row -> row.getString(1), names);
            return holders.isEmpty() ? "none of them now" : String.join("; ", holders);
        } catch (SQLException e) {
            return "unknown";
        }
    }
}
