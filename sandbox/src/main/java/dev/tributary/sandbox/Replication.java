// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import dev.tributary.position.Lsn;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/**
 * Physical replication as a server sees it. A standby has one name: of its slot, and of its connections.
 *
 * @param server the primary, or the standby that becomes it
 */
record Replication(PostgresServer server) {

    /** How long to wait for a standby. */
    static final Duration LIMIT = Duration.ofMinutes(2);

    static final String SYNCHRONOUS_NAMES = "synchronous_standby_names";
    /** Logical slots do not pass these slots, from Postgres 17 on. */
    static final String SYNCHRONIZED_SLOTS = "synchronized_standby_slots";

    private static final int SLOT_SYNCHRONISATION = 17;

    /** Whether the version copies logical slots to its standbys. */
    static boolean synchronisesSlots(int version) {
        return version >= SLOT_SYNCHRONISATION;
    }

    /**
     * Creates the slot of a standby, which keeps the WAL from now on. Drops one that is left from an earlier standby.
     */
    void createSlot(String standby) throws SQLException {
        String existing = " FROM pg_replication_slots WHERE slot_name = '" + standby + "'";
        server.execute(
                PostgresServer.DATABASE,
                "SELECT pg_terminate_backend(active_pid, 10000)" + existing + " AND active",
                "SELECT pg_drop_replication_slot(slot_name)" + existing,
                "SELECT pg_create_physical_replication_slot('" + standby + "', immediately_reserve => true)");
    }

    /** Waits until a standby streams and has replayed everything written before this call. */
    void awaitInStep(String standby) throws SQLException {
        String written = value("SELECT pg_current_wal_lsn()");
        await(
                "the " + standby + " standby streams and has replayed " + written,
                "SELECT state = 'streaming' AND replay_lsn >= '" + written
                        + "' FROM pg_stat_replication WHERE application_name = '" + standby + "'");
    }

    /** From now on a commit waits for a standby, and a logical slot does not pass it. */
    void waitFor(String standby) throws SQLException {
        server.execute(
                PostgresServer.DATABASE, "ALTER SYSTEM SET " + SYNCHRONOUS_NAMES + " = 'FIRST 1 (" + standby + ")'");
        if (synchronisesSlots(server.version())) {
            server.execute(PostgresServer.DATABASE, "ALTER SYSTEM SET " + SYNCHRONIZED_SLOTS + " = '" + standby + "'");
        }
        server.execute(PostgresServer.DATABASE, "SELECT pg_reload_conf()");
        await(
                "the " + standby + " standby is synchronous",
                "SELECT sync_state = 'sync' FROM pg_stat_replication WHERE application_name = '" + standby + "'");
        // Commits wait once the checkpointer has read the setting, and it reads settings before it takes a checkpoint.
        server.execute(PostgresServer.DATABASE, "CHECKPOINT");
    }

    /** Makes the standby a primary and waits until it is writable. */
    void promote() throws SQLException {
        server.execute(PostgresServer.DATABASE, "SELECT pg_promote(wait => false)");
        await(server + " is promoted", "SELECT NOT pg_is_in_recovery()");
    }

    /** The file of the current timeline, such as {@code 00000002.history}, without its extension. */
    String timeline() throws SQLException {
        return value("SELECT substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)");
    }

    /** Where the current timeline has left the one before it. */
    Lsn fork() throws SQLException {
        return fork(value("SELECT pg_read_file('pg_wal/" + timeline() + ".history')"));
    }

    /** Where the last timeline of a history file has left the one before it. */
    static Lsn fork(String history) {
        // Parent, LSN and reason, separated by tabs; the oldest first (src/backend/access/transam/timeline.c).
        List<String> lines = history.lines().filter(line -> !line.isBlank()).toList();
        return Lsn.parse(lines.get(lines.size() - 1).split("\t", -1)[1]);
    }

    private void await(String what, String condition) {
        if (!Wait.until(LIMIT, () -> holds(condition))) {
            throw new SandboxException(
                    "waited " + LIMIT.toSeconds() + " s until " + what + "; read " + server.logFile());
        }
    }

    private boolean holds(String condition) {
        try {
            return "t".equals(value(condition));
        } catch (SQLException e) {
            return false;
        }
    }

    /** The first value of the result, or nothing if there are no rows or the value is null. */
    private String value(String query) throws SQLException {
        try (Connection connection = server.connect(PostgresServer.SUPERUSER, PostgresServer.DATABASE);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            String value = rows.next() ? rows.getString(1) : null;
            return value == null ? "" : value;
        }
    }
}
