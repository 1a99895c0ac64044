// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.load;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The partitions of {@link LoadTable#MEASUREMENT}: number {@code n} is the table {@code measurement_n} and has the ids
 * from {@code n * SPAN} to {@code (n + 1) * SPAN - 1}. The load uses the ids of the first {@link #INITIAL}.
 */
public final class Partitions {

    /** The partitions of the beginning, numbered from 0. */
    public static final int INITIAL = 4;

    /** The ids of one partition. */
    public static final int SPAN = 2_000;

    static final String NAMES = "measurement_\\d+";

    private Partitions() {}

    /** The table name of a partition. */
    public static String name(int number) {
        return "measurement_" + number;
    }

    static String creation(int number) {
        return "CREATE TABLE " + name(number) + " PARTITION OF measurement " + bounds(number);
    }

    /**
     * Detaches a partition for good: its rows are deleted in the truth, which no event says. If it is attached again
     * later, with the same rows, run plain {@code DETACH} and {@code ATTACH} instead.
     *
     * @return the LSN that exactly the changes without an event have
     */
    public static long detach(Connection connection, int number) throws SQLException {
        return inTransaction(
                connection,
                List.of("ALTER TABLE measurement DETACH PARTITION " + name(number)),
                "SELECT truth.detached('" + name(number) + "') - '0/0'::pg_lsn");
    }

    /**
     * Creates a table with rows and attaches it: its rows are inserted in the truth, which no event says if the table
     * was not published before.
     *
     * @param number not one of those that exist
     * @param rows at most {@link #SPAN}
     * @return the LSN that exactly the changes without an event have
     */
    public static long attachFilled(Connection connection, int number, int rows) throws SQLException {
        String name = name(number);
        int first = number * SPAN;
        return inTransaction(
                connection,
                List.of(
                        "CREATE TABLE " + name + " (LIKE measurement INCLUDING ALL)",
                        "CREATE TRIGGER stamp BEFORE INSERT ON " + name
                                + " FOR EACH ROW EXECUTE FUNCTION truth.stamp_measurement()",
                        "INSERT INTO " + name + " (id, sensor, level) SELECT id, 'filled', id FROM generate_series("
                                + first + ", " + (first + rows - 1) + ") AS id",
                        "DROP TRIGGER stamp ON " + name,
                        "ALTER TABLE measurement ATTACH PARTITION " + name + " " + bounds(number)),
                "SELECT truth.attached('" + name + "') - '0/0'::pg_lsn");
    }

    private static String bounds(int number) {
        return "FOR VALUES FROM (" + number * SPAN + ") TO (" + (number + 1) * SPAN + ")";
    }

    private static long inTransaction(Connection connection, List<String> statements, String query)
            throws SQLException {
        return Transaction.on(connection, open -> {
            try (Statement statement = open.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
                try (ResultSet row = statement.executeQuery(query)) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }
}
