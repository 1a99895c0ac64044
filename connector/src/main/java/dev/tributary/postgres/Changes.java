// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Changes a database; the rest of this package only reads. */
public final class Changes {

    /** A statement that waits for a lock keeps everybody waiting who wants the table after it. */
    private static final Duration LONGEST_LOCK_WAIT = Duration.ofSeconds(10);

    private Changes() {}

    /**
     * Runs statements in order, in one transaction on a new connection.
     *
     * @throws SQLException from the driver; then no statement has taken effect
     */
    public static void run(ConnectionTarget target, List<String> statements) throws SQLException {
        try (var connection = DriverManager.getConnection(target.url(), target.properties());
                var statement = connection.createStatement()) {
            statement.execute(SessionSettings.SQL + "; SET lock_timeout = '" + LONGEST_LOCK_WAIT.toMillis() + "ms'");
            connection.setAutoCommit(false);
            // The role may be read-only by default, for the queries of its users.
            statement.execute("SET TRANSACTION READ WRITE");
            for (var sql : statements) {
                statement.execute(sql);
            }
            connection.commit();
        }
    }
}
