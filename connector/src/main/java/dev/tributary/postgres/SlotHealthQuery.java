// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@link SlotHealth}. */
final class SlotHealthQuery {

    /** insufficient_privilege. */
    static final String NO_PRIVILEGE = "42501";

    /** The views without which nothing is known. */
    private static final List<String> VIEWS = List.of("pg_replication_slots", "pg_settings");

    /**
     * A standby computes {@code safe_wal_size} from its own, empty WAL, so there it is computed as
     * {@code pg_get_replication_slots} does, from the segment in which the slot begins.
     */
    private static final String SQL = """
            SELECT s.slot_name, p.position, s.restart_lsn, (p.position - s.restart_lsn)::bigint AS retained,
                   (p.position - s.confirmed_flush_lsn)::bigint AS unread,
                   CASE WHEN limits.bytes IS NULL OR s.wal_status = 'lost' THEN NULL
                        WHEN NOT p.standby THEN s.safe_wal_size
                        ELSE ((floor((s.restart_lsn - '0/0') / limits.segment)
                               + greatest(floor(limits.bytes / limits.segment), floor(limits.keep / limits.segment)) + 1)
                              * limits.segment - (p.position - '0/0'))::bigint END AS room,
                   s.wal_status, s.active, %s AS inactive_seconds, %s AS invalidation_reason,
                   limits.bytes::bigint AS limit_bytes, limits.idle AS idle_limit_seconds,
                   %s AS failover
              FROM (SELECT pg_is_in_recovery() AS standby,
                           CASE WHEN pg_is_in_recovery()
                                THEN greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())
                                ELSE pg_current_wal_lsn() END AS position) AS p
              JOIN pg_replication_slots s ON s.slot_name = ? AND p.position IS NOT NULL
             CROSS JOIN (
                   SELECT max(nullif(setting::numeric, -1)) FILTER (WHERE name = 'max_slot_wal_keep_size') * 1048576
                            AS bytes,
                          max(setting::numeric) FILTER (WHERE name = 'wal_keep_size') * 1048576 AS keep,
                          max(setting::numeric) FILTER (WHERE name = 'wal_segment_size') AS segment,
                          max(nullif(setting::bigint, 0) * CASE unit WHEN 'min' THEN 60 ELSE 1 END)
                            FILTER (WHERE name = 'idle_replication_slot_timeout') AS idle
                     FROM pg_settings
                    WHERE name IN ('max_slot_wal_keep_size', 'wal_keep_size', 'wal_segment_size',
                                   'idle_replication_slot_timeout')) AS limits
            """;

    /** Walsenders that decode belong to a database as well, but have places of their own. */
    private static final String FREE_CONNECTIONS = """
            SELECT greatest(0, current_setting('max_connections')::int
                     - current_setting('superuser_reserved_connections')::int
                     - coalesce(current_setting('reserved_connections', true), '0')::int
                     - (SELECT sum(numbackends) FROM pg_stat_database)::int
                     + (SELECT count(*) FROM pg_replication_slots WHERE active AND slot_type = 'logical')::int)
            """;

    private static final String SPILLS =
            "SELECT spill_txns, spill_bytes FROM pg_stat_replication_slots WHERE slot_name = ?";

    /** Decoding needs WAL since the beginning of the oldest transaction that has changed something. */
    private static final String PINS = """
            SELECT what, remedy FROM (
                SELECT 'a transaction of process ' || pid || coalesce(' (role ' || usename || ')', '')
                       || coalesce(', application ' || nullif(application_name, ''), '') || ', begun at '
                       || date_trunc('second', xact_start) AS what,
                       'SELECT pg_terminate_backend(' || pid || ')' AS remedy, xact_start AS began
                  FROM pg_stat_activity
                 WHERE backend_xid IS NOT NULL AND pid <> pg_backend_pid()
                UNION ALL
                SELECT 'the prepared transaction ' || quote_literal(gid) || ' of ' || date_trunc('second', prepared),
                       'ROLLBACK PREPARED ' || quote_literal(gid), prepared
                  FROM pg_prepared_xacts) AS pins
             WHERE began < now() - interval '1 minute'
             ORDER BY began LIMIT 1
            """;

    private SlotHealthQuery() {}

    /**
     * The slot; empty if there is none.
     *
     * @throws SQLException with the state 42501 and the grant that is missing in its message, if the role may not
     */
    static Optional<SlotHealth> read(Connection connection, String slot, String user) throws SQLException {
        int version = connection.getMetaData().getDatabaseMajorVersion();
        String sql = SQL.formatted(
                version >= 17 ? "extract(epoch FROM now() - s.inactive_since)::bigint" : "NULL::bigint",
                SlotQuery.invalidationReason(version),
                SlotSettingsQuery.failover(version));
        try {
            List<SlotHealth> found = Database.rows(connection, sql, row -> health(connection, version, row), slot);
            return found.stream().findFirst();
        } catch (SQLException e) {
            throw NO_PRIVILEGE.equals(e.getSQLState()) ? missingGrant(connection, user, e) : e;
        }
    }

    private static SlotHealth health(Connection connection, int version, ResultSet row) throws SQLException {
        boolean failover = row.getBoolean("failover");
        return new SlotHealth(
                Objects.requireNonNull(Columns.lsn(row, "position")),
                Columns.lsn(row, "restart_lsn"),
                Columns.longOrNull(row, "retained"),
                Columns.longOrNull(row, "unread"),
                Columns.longOrNull(row, "room"),
                Objects.requireNonNullElse(row.getString("wal_status"), "lost"),
                row.getBoolean("active"),
                Columns.longOrNull(row, "inactive_seconds"),
                row.getString("invalidation_reason"),
                Columns.longOrNull(row, "limit_bytes"),
                Columns.longOrNull(row, "idle_limit_seconds"),
                failover,
                failover ? StandbySlotQuery.read(connection, version) : List.of(),
                load(connection, row.getString("slot_name")));
    }

    private static SlotHealth.Load load(Connection connection, String slot) throws SQLException {
        Integer free = optional(connection, FREE_CONNECTIONS, row -> row.getInt(1));
        Pin pin = optional(connection, PINS, row -> new Pin(row.getString("what"), row.getString("remedy")));
        Spills spills = optional(connection, SPILLS, row -> new Spills(row.getLong(1), row.getLong(2)), slot);
        return spills == null
                ? new SlotHealth.Load(free, 0, 0, pin)
                : new SlotHealth.Load(free, spills.transactions(), spills.bytes(), pin);
    }

    private record Spills(long transactions, long bytes) {}

    /** The first row; null if there is none, or the role may not read it. */
    private static <T> @Nullable T optional(
            Connection connection, String sql, RowReader<T> reader, String... parameters) throws SQLException {
        try {
            List<T> rows = Database.rows(connection, sql, reader, parameters);
            return rows.isEmpty() ? null : rows.get(0);
        } catch (SQLException e) {
            if (NO_PRIVILEGE.equals(e.getSQLState())) {
                return null;
            }
            throw e;
        }
    }

    private static SQLException missingGrant(Connection connection, String user, SQLException e) throws SQLException {
        List<String> missing = Database.rows(
                connection,
                "SELECT name FROM unnest(string_to_array(?, ',')) AS name"
                        + " WHERE NOT has_table_privilege('pg_catalog.' || name, 'SELECT')",
                row -> "pg_catalog." + row.getString(1),
                String.join(",", VIEWS));
        return missing.isEmpty()
                ? e
                : new SQLException(
                        "role " + user + " may not read " + String.join(", ", missing) + ". Fix: GRANT SELECT ON "
                                + String.join(", ", missing) + " TO " + Identifier.quote(user),
                        NO_PRIVILEGE,
                        e);
    }
}
