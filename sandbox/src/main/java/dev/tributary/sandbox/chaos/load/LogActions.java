// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.load;

import java.sql.SQLException;

/** The table without a key, the partitioned one, and logical messages. */
final class LogActions {

    /** The sources of the log, from 0. */
    static final int SOURCES = 50;

    /** The ids of the measurements that the load uses, from 0. */
    static final int MEASUREMENTS = Partitions.INITIAL * Partitions.SPAN;

    private LogActions() {}

    /** Inserts a row, sometimes several that are equal. */
    static void log(Work work) throws SQLException {
        int rows = work.chance(20) ? 3 : 1;
        work.update(
                "INSERT INTO event_log (source, message) SELECT ?, ? FROM generate_series(1, ?)",
                work.random().nextInt(SOURCES),
                work.text(),
                rows);
    }

    static void see(Work work) throws SQLException {
        work.update("""
                UPDATE event_log SET seen = true WHERE ctid = ANY (ARRAY
                    (SELECT ctid FROM event_log WHERE source = ? LIMIT 2 FOR UPDATE SKIP LOCKED))""", work.random().nextInt(SOURCES));
    }

    static void forget(Work work) throws SQLException {
        work.update("""
                DELETE FROM event_log WHERE ctid = ANY (ARRAY
                    (SELECT ctid FROM event_log WHERE source = ? LIMIT 4 FOR UPDATE SKIP LOCKED))""", work.random().nextInt(SOURCES));
    }

    /** Inserts measurements, or changes them if they exist. */
    static void measure(Work work) throws SQLException {
        for (int i = work.between(1, 4); i > 0; i--) {
            work.update(
                    """
                    INSERT INTO measurement (id, sensor, level, value) VALUES (?, ?, ?, 0.1)
                    ON CONFLICT (id) DO UPDATE SET level = excluded.level""",
                    work.ownId(MEASUREMENTS),
                    work.text(),
                    work.chance(10) ? null : work.random().nextLong());
        }
    }

    /** Changes rows of all partitions in one statement. */
    static void calibrate(Work work) throws SQLException {
        int offset = work.random().nextInt(Partitions.SPAN);
        work.update(
                "UPDATE measurement SET sensor = ? WHERE id IN (?, ?, ?, ?)",
                work.text(),
                offset,
                offset + Partitions.SPAN,
                offset + 2 * Partitions.SPAN,
                offset + 3 * Partitions.SPAN);
    }

    static void message(Work work) throws SQLException {
        work.number(
                "SELECT pg_logical_emit_message(?, 'chaos', ?) - '0/0'::pg_lsn",
                work.random().nextBoolean(),
                work.text());
    }
}
