// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import dev.tributary.sandbox.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A database for one test. Its name is also used as topic prefix and slot name.
 *
 * @param server the server
 * @param name its name, unique in this JVM
 */
record TestDatabase(PostgresServer server, String name) {

    /** Runs statements as superuser, each in its own transaction. */
    void execute(String... statements) throws SQLException {
        server.execute(name, statements);
    }

    /** Runs statements as superuser in one transaction. */
    void transaction(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
            connection.commit();
        }
    }

    /** The first column of the first row, as text; null if there is no row. */
    @Nullable
    String query(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    Connection connect() throws SQLException {
        return server.connect(PostgresServer.SUPERUSER, name);
    }
}
