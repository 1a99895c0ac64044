// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The sessions that wait for a lock which a snapshot of this connector holds. */
final class LockWaits {

    /** Does not name statements, because they can contain values. */
    private static final String SQL = """
            SELECT DISTINCT 'process ' || w.pid || coalesce(' of role ' || w.usename, '')
                   || coalesce(', application ' || nullif(w.application_name, ''), '')
                   || coalesce(', for a lock on ' || l.relation::regclass::text, '')
                   || coalesce(', for ' || date_trunc('second', clock_timestamp() - w.query_start), '')
              FROM pg_catalog.pg_locks l
              JOIN pg_catalog.pg_stat_activity w ON w.pid = l.pid
             CROSS JOIN LATERAL unnest(pg_catalog.pg_blocking_pids(w.pid)) AS b (pid)
              JOIN pg_catalog.pg_stat_activity o ON o.pid = b.pid
             WHERE NOT l.granted AND l.locktype = 'relation'
               AND o.application_name = ? AND o.usename = current_user AND o.datname = current_database()
               AND w.application_name NOT LIKE 'Tributary%'
             ORDER BY 1
            """;

    private LockWaits() {}

    /** @param application the {@code application_name} of the sessions that hold the locks */
    static List<String> read(Connection connection, String application) throws SQLException {
        return Database.rows(connection, SQL, row -> row.getString(1), application);
    }
}
