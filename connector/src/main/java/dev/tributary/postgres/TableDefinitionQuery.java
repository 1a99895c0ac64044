// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Detects changes to tables: reads a text for each that changes whenever its columns, its primary key, or the labels of
 * an enum do.
 */
public final class TableDefinitionQuery {

    private static final String SQL = """
            SELECT n.nspname, c.relname,
                   pg_catalog.md5(pg_catalog.string_agg(
                       pg_catalog.concat_ws(':', a.attnum, a.attname, a.atttypid, a.atttypmod, a.attnotnull, a.attisdropped),
                       ',' ORDER BY a.attnum)
                       || coalesce((SELECT i.indkey::text FROM pg_catalog.pg_index i
                                     WHERE i.indrelid = c.oid AND i.indisprimary), '')
                       || (SELECT coalesce(pg_catalog.string_agg(k.conkey::text, ',' ORDER BY k.conkey), '')
                             FROM pg_catalog.pg_constraint k
                            WHERE k.conrelid = c.oid AND k.contype = 'n' AND NOT k.convalidated)
                       || (SELECT coalesce(pg_catalog.string_agg(
                                      pg_catalog.concat_ws(':', e.oid, e.enumsortorder, e.enumlabel), ',' ORDER BY e.oid), '')
                             FROM pg_catalog.pg_enum e)) AS definition
              FROM unnest(?::text[], ?::text[]) AS requested (schema, name)
              JOIN pg_catalog.pg_namespace n ON n.nspname = requested.schema
              JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = requested.name
              JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
             GROUP BY n.nspname, c.relname, c.oid
            """;

    private TableDefinitionQuery() {}

    /** Takes no lock on the tables. A table that does not exist or has no columns is not in the result. */
    public static Map<TableName, String> read(Connection connection, Collection<TableName> tables) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            TableName.bind(statement, tables);
            try (ResultSet rows = statement.executeQuery()) {
                Map<TableName, String> definitions = new HashMap<>();
                while (rows.next()) {
                    definitions.put(
                            new TableName(rows.getString("nspname"), rows.getString("relname")),
                            rows.getString("definition"));
                }
                return definitions;
            }
        }
    }
}
