// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.copy.CopyOut;

/**
 * A connection that reads, at one moment after the other. Text comes in the form that the replication protocol sends, and no
 * lock is waited for: who reads here has others wait for it.
 */
public final class ReadingSession implements AutoCloseable {

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

    /** Asks for one text; the first question begins a moment, which lasts until {@link #end}. */
    public String ask(String sql) throws SQLException {
        return Database.rows(connection, sql, row -> row.getString(1)).get(0);
    }

    /**
     * Keeps a table as it is until the moment ends.
     *
     * @throws SQLException if it is locked by somebody who alters it
     */
    public void lock(TableName table) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE " + table.quoted() + " IN ACCESS SHARE MODE");
        }
    }

    /** Where the server's WAL ends now. */
    public long endOfWal() throws SQLException {
        return EndOfWal.read(connection);
    }

    public Connection connection() {
        return connection;
    }

    /** Gives up a COPY before its end, and with it the connection of this session. */
    public void abandon(Connection ours, CopyOut copy) {
        AbandonedCopy.abort(ours, copy);
    }

    /** Ends the moment, and lets go of its locks. */
    public void end() throws SQLException {
        if (!connection.isClosed()) {
            connection.rollback();
        }
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
