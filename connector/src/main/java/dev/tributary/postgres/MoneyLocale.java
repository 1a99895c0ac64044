// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The locale of amounts of {@code money} in a session that reads rows. It is the one that the codecs read, but a SELECT
 * of the user's means the one of the database: the locale decides how many decimal places an amount has, and how a
 * literal is written. Both hold until the transaction ends.
 */
public final class MoneyLocale {

    private MoneyLocale() {}

    /** For a SELECT of the user's. */
    public static void ofDatabase(Connection connection) throws SQLException {
        set(connection, "TO DEFAULT");
    }

    /** For everything else. */
    public static void ofConnector(Connection connection) throws SQLException {
        set(connection, "= 'C'");
    }

    private static void set(Connection connection, String value) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL lc_monetary " + value);
        }
    }
}
