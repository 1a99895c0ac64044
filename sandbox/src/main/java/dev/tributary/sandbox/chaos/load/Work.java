// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.load;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * An open transaction of one thread of the load.
 *
 * <p>A key that is deleted and inserted again belongs to one thread, see {@link #ownId}. Otherwise an INSERT could draw
 * its number from the sequence of the truth, then wait for the DELETE of another transaction, which draws a higher one.
 *
 * @param random the numbers of this thread
 * @param owner the number of the thread, from 0
 * @param owners how many threads there are
 */
record Work(Connection connection, SplittableRandom random, int owner, int owners) {

    /** Executes a statement and returns how many rows it changed. */
    int update(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(sql, values)) {
            return statement.executeUpdate();
        }
    }

    /** The number in the first row; empty if there is no row or if it is NULL. */
    OptionalLong number(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(sql, values);
                ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                return OptionalLong.empty();
            }
            long number = row.getLong(1);
            return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
        }
    }

    /** An id from 0 to {@code bound - 1}, the same one in no other thread. */
    int ownId(int bound) {
        return random.nextInt(bound / owners) * owners + owner;
    }

    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** Some text, sometimes with characters of more than one byte and those that JSON escapes. */
    String text() {
        String text = Long.toString(random.nextLong(), Character.MAX_RADIX);
        return chance(10) ? text + " \"ü\\\n|€😀" : text;
    }

    private PreparedStatement prepared(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }
}
