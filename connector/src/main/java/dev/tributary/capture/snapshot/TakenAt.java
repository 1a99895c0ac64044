// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;

/** The time at which a transaction began, by the server's clock: Debezium's time for the rows of a snapshot. */
final class TakenAt {

    private TakenAt() {}

    static Instant of(Connection transaction) throws SQLException {
        try (Statement statement = transaction.createStatement();
                ResultSet row = statement.executeQuery("SELECT CURRENT_TIMESTAMP")) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }
}
