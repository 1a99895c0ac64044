// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Reads a {@link Slot}, and who streams. */
final class SlotQuery {

    private static final String SQL = """
            SELECT s.slot_name, s.plugin, s.database, s.slot_type = 'logical' AS logical, s.temporary, s.two_phase,
                   s.active_pid, r.application_name, host(r.client_addr) AS client_address,
                   s.restart_lsn, s.confirmed_flush_lsn, s.wal_status, s.safe_wal_size,
                   (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END
                     - s.restart_lsn)::bigint AS retained, %s AS invalidation_reason
              FROM pg_replication_slots s LEFT JOIN pg_stat_replication r ON r.pid = s.active_pid
             WHERE s.slot_name = ?
            """;

    private static final String REPLICATORS = """
            SELECT coalesce(r.application_name, '') AS application, s.slot_name
              FROM pg_stat_replication r LEFT JOIN pg_replication_slots s ON s.active_pid = r.pid
             ORDER BY 1, 2
            """;

    private SlotQuery() {}

    static List<Replicator> replicators(Connection connection) throws SQLException {
        return Database.rows(
                connection,
                REPLICATORS,
                row -> new Replicator(row.getString("application"), row.getString("slot_name")));
    }

    static Optional<Slot> read(Connection connection, int majorVersion, String name) throws SQLException {
        return Database.rows(connection, SQL.formatted(invalidationReason(majorVersion)), SlotQuery::slot, name)
                .stream()
                .findFirst();
    }

    /** Postgres 16 added the column {@code conflicting}, and 17 {@code invalidation_reason}. */
    static String invalidationReason(int majorVersion) {
        if (majorVersion >= 17) {
            return "s.invalidation_reason";
        }
        return majorVersion == 16 ? "CASE WHEN s.conflicting THEN 'conflict' END" : "NULL::text";
    }

    private static Slot slot(ResultSet row) throws SQLException {
        return new Slot(
                row.getString("slot_name"),
                row.getString("plugin"),
                row.getString("database"),
                row.getBoolean("logical"),
                row.getBoolean("temporary"),
                row.getBoolean("two_phase"),
                Columns.intOrNull(row, "active_pid"),
                row.getString("application_name"),
                row.getString("client_address"),
                Columns.lsn(row, "restart_lsn"),
                Columns.lsn(row, "confirmed_flush_lsn"),
                row.getString("wal_status"),
                Columns.longOrNull(row, "safe_wal_size"),
                Columns.longOrNull(row, "retained"),
                row.getString("invalidation_reason"));
    }
}
