// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sampledb;

import java.sql.SQLException;

/** The transaction of a business action: the operations that the action may use. */
interface ShopTransaction {

    /**
     * Inserts one row.
     *
     * @param sql an INSERT that returns the row's bigint key
     */
    long insertReturningKey(String table, String sql, Object... values) throws SQLException;

    /** Runs a statement that inserts, updates or deletes rows of a table. */
    void change(RowOperation operation, String table, String sql, Object... values) throws SQLException;
}
