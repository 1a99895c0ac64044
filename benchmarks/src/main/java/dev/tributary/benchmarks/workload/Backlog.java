// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.workload;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Rows that were inserted while no connector was reading.
 *
 * @param firstId the id of the first row
 * @param lastId the id of the last row; ids are ascending and without gaps
 */
public record Backlog(long firstId, long lastId) {

    /** The rows of a transaction, as in a typical batch of an application. */
    public static final int ROWS_PER_TRANSACTION = 1_000;

    public long rows() {
        return lastId - firstId + 1;
    }

    /** Inserts rows in transactions of {@link #ROWS_PER_TRANSACTION} rows, and runs a checkpoint. */
    public static Backlog load(BenchTable table, long rows) throws SQLException {
        return load(table, rows, ROWS_PER_TRANSACTION);
    }

    /** Inserts rows in transactions of a number of rows, and runs a checkpoint. */
    public static Backlog load(BenchTable table, long rows, long rowsPerTransaction) throws SQLException {
        return load(table, BenchTable.insert(), table.rows() + 1, rows, rowsPerTransaction);
    }

    /**
     * Runs a statement for consecutive ranges of ids, each in a transaction, and a checkpoint.
     *
     * @param sql a statement whose parameters are the first and the last id of a range
     */
    static Backlog load(BenchTable table, String sql, long first, long rows, long rowsPerTransaction)
            throws SQLException {
        Backlog backlog = new Backlog(first, first + rows - 1);
        try (Connection connection = table.connect();
                Statement settings = connection.createStatement();
                PreparedStatement change = connection.prepareStatement(sql)) {
            // The load of many small transactions would take long; the checkpoint writes them all.
            settings.execute("SET synchronous_commit = off");
            for (long id = first; id <= backlog.lastId; id += rowsPerTransaction) {
                change.setLong(1, id);
                change.setLong(2, Math.min(id + rowsPerTransaction - 1, backlog.lastId));
                change.execute();
            }
            // Otherwise a checkpoint could run during a measurement.
            try (Statement statement = connection.createStatement()) {
                statement.execute("CHECKPOINT");
            }
        }
        return backlog;
    }
}
