// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** The sessions that hold locks on tables, for a message. */
final class LockHolders {

    /** Does not name statements, because they can contain values. */
    private static final String SQL = """
            SELECT DISTINCT n.nspname || '.' || c.relname || ' by process ' || l.pid || ' of role ' || a.usename
                   || coalesce(', application ' || nullif(a.application_name, ''), '')
                   || ', in a transaction since ' || date_trunc('second', a.xact_start)
              FROM pg_catalog.pg_locks l
              JOIN pg_catalog.pg_class c ON c.oid = l.relation
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
             WHERE l.granted AND l.pid <> pg_backend_pid() AND l.mode LIKE ?
               AND n.nspname || '.' || c.relname = ANY (string_to_array(?, E'\\n'))
             ORDER BY 1
            """;

    private LockHolders() {}

    /** Those that lock one of the tables against everything. */
    static String ofExclusive(Connection connection, List<TableName> tables) {
        return read(connection, "AccessExclusiveLock", tables);
    }

    /** Those that hold any lock on one of the tables. */
    static String ofAny(Connection connection, List<TableName> tables) {
        return read(connection, "%", tables);
    }

    private static String read(Connection connection, String mode, List<TableName> tables) {
        String names = tables.stream()
                .map(table -> table.schema() + "." + table.name())
                .collect(Collectors.joining("\n"));
        try {
            List<String> holders = Database.rows(connection, SQL, row -> row.getString(1), mode, names);
            return holders.isEmpty() ? "none of them now" : String.join("; ", holders);
        } catch (SQLException e) {
            return "unknown";
        }
    }
}
