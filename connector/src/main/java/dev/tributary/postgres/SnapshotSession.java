// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/**
 * A connection in a read-only transaction that sees a {@link SharedSnapshot}. For use by one thread.
 *
 * <p>Reading a table takes a lock on it, and a lock waits behind any session that wants to alter the table. That
 * session waits for the keeper of the shared snapshot. The keeper waits for no lock, but does not end before the table
 * was read. Postgres cannot detect this deadlock. So each table must be locked first, and a table that cannot be locked
 * at once must be read by the keeper, which already has its lock.
 */
public final class SnapshotSession implements AutoCloseable {

    /** Locks are held until the transaction ends, and the server has room for a limited number. */
    private static final int MOST_TABLES = 50;

    private final SharedSnapshot shared;
    private final Connection connection;
    private final Set<TableName> locked = new HashSet<>();

    SnapshotSession(SharedSnapshot shared, Connection connection) {
        this.shared = shared;
        this.connection = connection;
    }

    public Connection connection() {
        return connection;
    }

    /** Locks a table against being altered; false if another session is waiting to alter it. */
    public boolean lock(TableName table) throws SQLException {
        if (locked.contains(table)) {
            return true;
        }
        if (locked.size() >= MOST_TABLES) {
            connection.rollback();
            locked.clear();
            shared.importInto(connection);
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("SAVEPOINT unlocked");
            try {
                statement.execute("LOCK TABLE " + table.quoted() + " IN ACCESS SHARE MODE NOWAIT");
                locked.add(table);
                return true;
            } catch (SQLException e) {
                if (!LockedTableException.LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                    throw e;
                }
                statement.execute("ROLLBACK TO SAVEPOINT unlocked");
                return false;
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
