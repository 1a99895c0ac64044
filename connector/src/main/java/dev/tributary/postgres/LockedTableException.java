// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** A table could not be locked within the timeout. The message names the processes that hold its lock. */
public final class LockedTableException extends SQLException {

    private static final long serialVersionUID = 1L;

    /** SQL state of a lock timeout. */
    static final String LOCK_NOT_AVAILABLE = "55P03";

    private LockedTableException(String message, SQLException cause) {
        super(message, cause.getSQLState(), cause);
    }

    static LockedTableException of(
            HikariDataSource database, List<TableName> tables, Duration timeout, SQLException cause) {
        return new LockedTableException(
                "The snapshot could not lock its tables within " + timeout.toSeconds()
                        + " s (snapshot.lock.timeout.ms). Tables locked exclusively: " + holders(database, tables),
                cause);
    }

    private static String holders(HikariDataSource database, List<TableName> tables) {
        try (Connection connection = database.getConnection()) {
            return LockHolders.ofExclusive(connection, tables);
        } catch (SQLException e) {
            return "unknown";
        }
    }

    /** A statement that must not keep others waiting could not lock its table at once. */
    static LockedTableException atOnce(Connection connection, TableName table, SQLException cause) {
        return new LockedTableException(
                "Table " + table + " could not be locked at once, and nobody must wait behind the attempt. Tables"
                        + " locked: " + LockHolders.ofAny(connection, List.of(table)),
                cause);
    }
}
