// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.copy.CopyOut;

/**
 * A read-only connection whose transactions each see one state of the database. Text has the form in which the
 * replication protocol sends it. The connection waits for a lock only briefly, because others wait for its result.
 */
public final class ReadingSession implements AutoCloseable {

    private final Connection connection;

    private ReadingSession(Connection connection) {
        this.connection = connection;
    }

    /** @param application the {@code application_name} that the server shows */
    public static ReadingSession open(ConnectionTarget target, String application) throws SQLException {
        Connection connection = DriverSource.of(target, application).getConnection();
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

    /** Queries one text. The first query begins a transaction, which lasts until {@link #end}. */
    public String ask(String sql) throws SQLException {
        return Database.rows(connection, sql, row -> row.getString(1)).get(0);
    }

    /**
     * Locks a table against being altered until the transaction ends.
     *
     * @throws SQLException if another session is altering the table
     */
    public void lock(TableName table) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE " + table.quoted() + " IN ACCESS SHARE MODE");
        }
    }

    /** The current end of the server's WAL. */
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

    /** Closes the connection, whatever another thread does with it. */
    public void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // It is closed already.
            return;
        }
    }

    /** Ends the transaction and releases its locks. */
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
            // The connection is closed either way.
            return;
        }
    }
}
