// SPDX-License-Identifier: Apache-2.0
package dev.tributary.failure;

import java.sql.SQLException;

/** The rows of a table could not be read. The server does not say of which one if a value is the reason. */
public final class RowReadException extends SQLException {

    private static final long serialVersionUID = 1L;

    private final String table;

    /** @param table schema and name of the table */
    public RowReadException(String table, SQLException cause) {
        super("The rows of " + table + " cannot be read", cause.getSQLState(), cause);
        this.table = table;
    }

    String table() {
        return table;
    }
}
