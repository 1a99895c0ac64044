// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Reads the types of a table's columns. */
public final class ColumnTypeQuery {

    private static final String SQL = """
            SELECT a.attname, a.atttypid::bigint AS type, a.atttypmod
              FROM pg_catalog.pg_attribute a
              JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ? AND c.relname = ? AND a.attnum > 0 AND NOT a.attisdropped
            """;

    private ColumnTypeQuery() {}

    /** By the name of the column. */
    public static Map<String, ColumnType> read(Connection connection, String schema, String table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            statement.setString(1, schema);
            statement.setString(2, table);
            try (ResultSet rows = statement.executeQuery()) {
                Map<String, ColumnType> types = new HashMap<>();
                while (rows.next()) {
                    types.put(
                            rows.getString("attname"),
                            new ColumnType((int) rows.getLong("type"), rows.getInt("atttypmod")));
                }
                return types;
            }
        }
    }
}
