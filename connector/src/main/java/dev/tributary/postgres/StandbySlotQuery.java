// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import dev.tributary.postgres.StandbySlot.State;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Reads the {@link StandbySlot}s of a primary; a standby waits for none. */
final class StandbySlotQuery {

    /** The first version with {@code synchronized_standby_slots}. */
    static final int SINCE = 17;

    private static final String SQL = """
            SELECT names.name,
                   CASE WHEN s.slot_name IS NULL THEN 'MISSING' WHEN s.slot_type = 'logical' THEN 'LOGICAL'
                        WHEN s.wal_status = 'lost' OR s.invalidation_reason IS NOT NULL THEN 'INVALID'
                        WHEN s.active THEN 'ACTIVE' ELSE 'INACTIVE' END AS state,
                   greatest(0, pg_current_wal_lsn() - s.restart_lsn)::bigint AS unconfirmed,
                   CASE WHEN NOT s.active THEN extract(epoch FROM now() - s.inactive_since)::bigint END AS inactive
              FROM (SELECT DISTINCT lower(btrim(part, E' "\\t\\n')) AS name
                      FROM unnest(string_to_array(current_setting('synchronized_standby_slots', true), ',')) AS part)
                   AS names
              LEFT JOIN pg_replication_slots s ON s.slot_name = names.name
             WHERE names.name <> ''
             ORDER BY 1
            """;

    private StandbySlotQuery() {}

    /**
     * The slots; empty if walsenders wait for none.
     *
     * @param majorVersion of the server
     */
    static List<StandbySlot> read(Connection connection, int majorVersion) throws SQLException {
        if (majorVersion < SINCE || isInRecovery(connection)) {
            return List.of();
        }
        return Database.rows(
                connection,
                SQL,
                row -> new StandbySlot(
                        row.getString("name"),
                        State.valueOf(row.getString("state")),
                        Columns.longOrNull(row, "unconfirmed"),
                        Columns.longOrNull(row, "inactive")));
    }

    private static boolean isInRecovery(Connection connection) throws SQLException {
        return Database.rows(connection, "SELECT pg_is_in_recovery()", row -> row.getBoolean(1))
                .get(0);
    }
}
