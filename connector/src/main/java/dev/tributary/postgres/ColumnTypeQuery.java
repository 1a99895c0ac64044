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
            SELECT c.oid::bigint AS relation, a.attname, a.atttypid::bigint AS type, a.atttypmod,
                   EXISTS (SELECT FROM pg_catalog.pg_constraint k
                            WHERE k.conrelid = c.oid AND k.contype = 'n' AND NOT k.convalidated
                              AND k.conkey = ARRAY[a.attnum]) AS unvalidated
              FROM pg_catalog.pg_attribute a
              JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ? AND c.relname = ? AND a.attnum > 0 AND NOT a.attisdropped
            """;

    private ColumnTypeQuery() {}

    /**
     * The columns of a table.
     *
     * @param table its oid; 0 if there is no such table, or it has no column
     * @param types by the name of the column
     */
    public record Columns(long table, Map<String, ColumnType> types) {}

    public static Columns read(Connection connection, String schema, String table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            statement.setString(1, schema);
            statement.setString(2, table);
            try (ResultSet rows = statement.executeQuery()) {
                Map<String, ColumnType> types = new HashMap<>();
                long relation = 0;
                while (rows.next()) {
                    relation = rows.getLong("relation");
                    types.put(
                            rows.getString("attname"),
                            new ColumnType(
                                    (int) rows.getLong("type"),
                                    rows.getInt("atttypmod"),
                                    rows.getBoolean("unvalidated")));
                }
                return new Columns(relation, types);
            }
        }
    }
}
