// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A connection to the current primary that is replaced when it breaks. One thread uses it; any may abort it. */
final class Session implements AutoCloseable {

    private final Database database;
    private final int timeoutMillis;
    private final AtomicInteger aborts = new AtomicInteger();
    private volatile @Nullable Connection connection;

    /** @param timeout for each answer of the server, before the connection counts as broken */
    Session(Database database, Duration timeout) {
        this.database = database;
        this.timeoutMillis = Math.toIntExact(timeout.toMillis());
    }

    /** The connection in auto-commit mode; a new one if there is none. */
    Connection connection() throws SQLException {
        Connection open = connection;
        if (open != null && !open.isClosed()) {
            return open;
        }
        int before = aborts.get();
        Connection created = database.connect();
        connection = created;
        if (aborts.get() != before) {
            // It may lead to a server that is no longer the primary.
            abort();
            throw new SQLException("aborted while connecting", "08000");
        }
        try (Statement statement = created.createStatement()) {
            created.setNetworkTimeout(Runnable::run, timeoutMillis);
            statement.execute("SET lock_timeout = '5s'");
            statement.execute("SET statement_timeout = '30s'");
            return created;
        } catch (SQLException e) {
            abort();
            throw e;
        }
    }

    /**
     * Ends the transaction of a failed statement, or the connection if that fails or if it leads to a standby.
     *
     * @return whether the connection is still usable
     */
    boolean recover(SQLException failure) {
        Connection open = connection;
        try {
            if (open == null || open.isClosed() || "25006".equals(failure.getSQLState())) {
                abort();
                return false;
            }
            if (!open.getAutoCommit()) {
                open.rollback();
                open.setAutoCommit(true);
            }
            return true;
        } catch (SQLException e) {
            abort();
            return false;
        }
    }

    /** Drops the connection without waiting for the server. What its thread is doing fails. */
    void abort() {
        aborts.incrementAndGet();
        Connection open = connection;
        if (open != null) {
            try {
                open.abort(Runnable::run);
            } catch (SQLException e) {
                // It is broken already.
                connection = null;
            }
        }
    }

    @Override
    public void close() {
        abort();
    }
}
