// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Reads the {@link SlotSettings}. */
final class SlotSettingsQuery {

    private static final String SQL = """
            SELECT max(nullif(setting::bigint, 0) * CASE unit WHEN 'min' THEN 60 ELSE 1 END)
                     FILTER (WHERE name = 'idle_replication_slot_timeout') AS idle,
                   max(max_val::bigint) FILTER (WHERE name = 'logical_decoding_work_mem') / 1024 AS memory,
                   (SELECT %s FROM pg_replication_slots s WHERE s.slot_name = ?) AS failover
              FROM pg_settings WHERE name IN ('idle_replication_slot_timeout', 'logical_decoding_work_mem')
            """;

    /** A standby that sends feedback keeps the xmin of its slot, also while nothing runs on it. */
    private static final String STANDBYS = """
            SELECT slot_name, xmin IS NOT NULL AS feedback FROM pg_replication_slots
             WHERE slot_type = 'physical' AND active ORDER BY 1
            """;

    private static final String MAY_SEE = "SELECT has_table_privilege('pg_catalog.pg_stat_activity', 'SELECT')";

    /**
     * A standby reads the slots over an ordinary connection. Its name is that of the standby's walsender if
     * {@code primary_conninfo} has one; otherwise it ends so, and that of the cluster can precede it.
     */
    private static final String SYNCHRONIZES = """
            SELECT EXISTS (
                SELECT FROM pg_stat_activity a
                 WHERE a.application_name LIKE '%slotsync worker'
                    OR a.backend_type = 'client backend' AND a.application_name IN (
                       SELECT r.application_name
                         FROM pg_stat_replication r JOIN pg_replication_slots s ON s.active_pid = r.pid
                        WHERE s.slot_type = 'physical' AND r.application_name <> ''))
            """;

    private SlotSettingsQuery() {}

    /** @param slot the slot of the connector */
    static SlotSettings read(Connection connection, int majorVersion, String slot) throws SQLException {
        List<StandbySlot> waitedFor = StandbySlotQuery.read(connection, majorVersion);
        List<Standby> standbys = Database.rows(
                connection, STANDBYS, row -> new Standby(row.getString("slot_name"), row.getBoolean("feedback")));
        boolean isSynchronizing = is(connection, MAY_SEE) && is(connection, SYNCHRONIZES);
        String sql = SQL.formatted(failover(majorVersion));
        return Database.rows(connection, sql, row -> settings(row, waitedFor, standbys, isSynchronizing), slot)
                .get(0);
    }

    private static boolean is(Connection connection, String question) throws SQLException {
        return Database.rows(connection, question, row -> row.getBoolean(1)).get(0);
    }

    /** The column that says whether a slot has {@code failover}. */
    static String failover(int majorVersion) {
        return majorVersion >= StandbySlotQuery.SINCE ? "s.failover" : "NULL::bool";
    }

    private record Standby(String slot, boolean sendsFeedback) {}

    private static SlotSettings settings(
            ResultSet row, List<StandbySlot> waitedFor, List<Standby> standbys, boolean isSynchronizing)
            throws SQLException {
        return new SlotSettings(
                Columns.longOrNull(row, "idle"),
                row.getLong("memory"),
                row.getObject("failover", Boolean.class),
                waitedFor,
                standbys.stream().map(Standby::slot).toList(),
                standbys.stream()
                        .filter(Standby::sendsFeedback)
                        .map(Standby::slot)
                        .toList(),
                isSynchronizing);
    }
}
