// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/** Changes a database; the rest of this package only reads. */
public final class Changes implements AutoCloseable {

    /** For locks that let others read and write the table; who waits for one keeps nobody else from that. */
    private static final Duration LONGEST_LOCK_WAIT = Duration.ofSeconds(10);

    /** For a lock against everything: every statement on the table waits behind the one that waits for the lock. */
    private static final Duration SHORT_LOCK_WAIT = Duration.ofMillis(100);

    private final Connection connection;

    private Changes(Connection connection) {
        this.connection = connection;
    }

    /** Opens a connection for changes. */
    public static Changes begin(ConnectionTarget target) throws SQLException {
        Changes changes = new Changes(DriverManager.getConnection(target.url(), target.properties()));
        try (Statement statement = changes.connection.createStatement()) {
            statement.execute(SessionSettings.SQL + "; SET lock_timeout = '" + LONGEST_LOCK_WAIT.toMillis() + "ms'");
            changes.connection.setAutoCommit(false);
            return changes;
        } catch (SQLException | RuntimeException e) {
            changes.close();
            throw e;
        }
    }

    /**
     * Runs statements in one transaction.
     *
     * @throws SQLException from the driver; then no statement has taken effect
     */
    public void run(List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            run(statement, statements);
        }
    }

    private void run(Statement statement, List<String> statements) throws SQLException {
        // The role may be read-only by default, for the queries of its users.
        statement.execute("SET TRANSACTION READ WRITE");
        for (String sql : statements) {
            statement.execute(sql);
        }
        connection.commit();
    }

    /**
     * Runs statements in one transaction that locks a table against everything. Since every other statement on the
     * table waits meanwhile, it is given up if the lock is not available almost at once.
     *
     * @throws LockedTableException if it is not; the message names the sessions that use the table
     * @throws SQLException from the driver; then no statement has taken effect
     */
    public void runLocking(TableName table, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = '" + SHORT_LOCK_WAIT.toMillis() + "ms'");
            run(statement, statements);
        } catch (SQLException e) {
            connection.rollback();
            if (!LockedTableException.LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                throw e;
            }
            LockedTableException locked = LockedTableException.atOnce(connection, table, e);
            connection.rollback();
            throw locked;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
