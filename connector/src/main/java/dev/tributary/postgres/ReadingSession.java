// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A connection that reads, at one moment after the other. Text comes in the form that the replication protocol sends, and no
 * lock is waited for: who reads here has others wait for it.
 */
public final class ReadingSession implements AutoCloseable {

    private static final String MOMENT = "SELECT pg_catalog.pg_current_snapshot()";

    private final Connection connection;

    private ReadingSession(Connection connection) {
        this.connection = connection;
    }

    /** @param application under which name the server shows it */
    public static ReadingSession open(ConnectionTarget target, String application) throws SQLException {
        Connection connection = Database.source(target, application).getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute(SharedSnapshot.SETTINGS + "; SET lock_timeout = '200ms'");
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            return new ReadingSession(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Begins a moment: which transactions can be seen, as {@code pg_current_snapshot()} tells. */
    public String moment() throws SQLException {
        return Database.rows(connection, MOMENT, row -> row.getString(1)).get(0);
    }

    /** Where the server's WAL ends now. */
    public long endOfWal() throws SQLException {
        return EndOfWal.read(connection);
    }

    public Connection connection() {
        return connection;
    }

    /** Ends the moment, and lets go of its locks. */
    public void end() throws SQLException {
        connection.rollback();
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // It is gone, which is all that it has to be.
            return;
        }
    }
}
