// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.load;

import java.sql.SQLException;

/** Many rows at once, and the table that is truncated. */
final class BulkActions {

    /** The ids of the scratch table, from 0. */
    static final int SCRATCH = 3_000;

    /** A batch has the ids from {@code batch * BATCH}. */
    static final long BATCH = 1_000_000;

    /** The rows of one statement, few enough that it does not run into the timeouts of a session. */
    private static final int STATEMENT = 5_000;

    private BulkActions() {}

    static void some(Work work) throws SQLException {
        int rows = work.between(100, 2_000);
        switch (work.random().nextInt(3)) {
            case 0 -> insert(work, rows);
            case 1 -> update(work, rows);
            default -> deleteOldest(work, rows);
        }
    }

    static void insert(Work work, int rows) throws SQLException {
        long batch = work.number("SELECT nextval('bulk_batch')").orElseThrow();
        for (int done = 0; done < rows; done += STATEMENT) {
            work.update(
                    "INSERT INTO bulk (id, batch, note) SELECT n, ?, md5(n::text) FROM generate_series(?, ?) AS n",
                    batch,
                    batch * BATCH + done,
                    batch * BATCH + Math.min(rows, done + STATEMENT) - 1);
        }
    }

    /** Updates the newest rows. */
    static void update(Work work, int rows) throws SQLException {
        String note = work.text();
        long below = Long.MAX_VALUE;
        for (int done = 0; done < rows; done += STATEMENT) {
            int count = Math.min(rows - done, STATEMENT);
            long from = work.number(
                            "SELECT min(id) FROM (SELECT id FROM bulk WHERE id < ? ORDER BY id DESC LIMIT ?) AS newest",
                            below,
                            count)
                    .orElse(below);
            work.update("UPDATE bulk SET note = ? WHERE id >= ? AND id < ?", note, from, below);
            below = from;
        }
    }

    static void deleteNewest(Work work, int rows) throws SQLException {
        delete(work, rows, "DESC");
    }

    private static void deleteOldest(Work work, int rows) throws SQLException {
        delete(work, rows, "ASC");
    }

    private static void delete(Work work, int rows, String order) throws SQLException {
        for (int done = 0; done < rows; done += STATEMENT) {
            work.update(
                    "DELETE FROM bulk WHERE id IN (SELECT id FROM bulk ORDER BY id " + order + " LIMIT ?)",
                    Math.min(rows - done, STATEMENT));
        }
    }

    /** Inserts a row, or changes it if it exists. */
    static void scratch(Work work) throws SQLException {
        work.update("""
                INSERT INTO scratch (id, note) VALUES (?, ?)
                ON CONFLICT (id) DO UPDATE SET note = excluded.note, revision = scratch.revision + 1""", (long) work.ownId(SCRATCH), work.chance(10) ? null : work.text());
    }

    /** Does nothing most times, because even the smallest weight in the mix is several times a minute. */
    static void truncate(Work work) throws SQLException {
        if (work.chance(20)) {
            work.update("TRUNCATE scratch");
        }
    }
}
