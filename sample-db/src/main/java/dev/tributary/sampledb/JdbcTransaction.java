// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sampledb;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/** A transaction over JDBC that counts the rows it touches. */
final class JdbcTransaction implements ShopTransaction {

    private final Connection connection;
    private ShopCounts counts = ShopCounts.NONE;

    JdbcTransaction(Connection connection) {
        this.connection = connection;
    }

    ShopCounts counts() {
        return counts;
    }

    @Override
    public long insertReturningKey(String table, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values);
                ResultSet key = statement.executeQuery()) {
            key.next();
            count(RowOperation.INSERT, table, 1);
            return key.getLong(1);
        }
    }

    @Override
    public void change(RowOperation operation, String table, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values)) {
            count(operation, table, statement.executeUpdate());
        }
    }

    private PreparedStatement prepare(String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    private void count(RowOperation operation, String table, long rows) {
        if (rows > 0) {
            counts = counts.plus(new ShopCounts(Map.of(table, Map.of(operation, rows))));
        }
    }
}
