// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.load;

import java.sql.Connection;
import java.sql.SQLException;

/** Statements that are committed together or not at all. */
@FunctionalInterface
interface Transaction<T> {

    T run(Connection connection) throws SQLException;

    /** Runs it on a connection in auto-commit mode, which has that mode again afterwards. */
    static <T> T on(Connection connection, Transaction<T> transaction) throws SQLException {
        connection.setAutoCommit(false);
        boolean committed = false;
        try {
            T result = transaction.run(connection);
            connection.commit();
            committed = true;
            return result;
        } finally {
            if (!connection.isClosed()) {
                if (!committed) {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
        }
    }
}
