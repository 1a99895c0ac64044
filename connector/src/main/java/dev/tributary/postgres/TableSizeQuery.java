// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Reads the {@link TableSize} of tables. */
public final class TableSizeQuery {

    /** The planner estimates rows in the same way: the density of the last analyze, and the present size. */
    private static final String SQL = """
            WITH RECURSIVE tree AS (
              SELECT c.oid AS root, c.oid, n.nspname, c.relname AS name
                FROM unnest(?::text[], ?::text[]) AS requested (schema, name)
                JOIN pg_catalog.pg_namespace n ON n.nspname = requested.schema
                JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = requested.name
              UNION
              SELECT t.root, i.inhrelid, t.nspname, t.name
                FROM tree t JOIN pg_catalog.pg_inherits i ON i.inhparent = t.oid),
            sized AS (
              SELECT t.root, t.nspname, t.name, c.reltuples, c.relpages,
                     coalesce(pg_catalog.pg_relation_size(c.oid), 0) AS heap,
                     coalesce(pg_catalog.pg_table_size(c.oid), 0) AS bytes
                FROM tree t JOIN pg_catalog.pg_class c ON c.oid = t.oid)
            SELECT nspname, name, pg_catalog.sum(bytes) AS bytes,
                   CASE WHEN NOT pg_catalog.bool_or(heap > 0 AND (reltuples < 0 OR relpages = 0))
                        THEN pg_catalog.sum(CASE WHEN heap = 0 THEN 0
                                                 ELSE reltuples * heap / nullif(relpages, 0)
                                                        / pg_catalog.current_setting('block_size')::bigint END)
                   END::bigint AS rows
              FROM sized
             GROUP BY root, nspname, name
            """;

    private TableSizeQuery() {}

    /** In any order; without tables that no longer exist. */
    public static List<TableSize> read(Connection connection, Collection<TableName> tables) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            TableName.bind(statement, tables);
            try (ResultSet rows = statement.executeQuery()) {
                List<TableSize> sizes = new ArrayList<>();
                while (rows.next()) {
                    sizes.add(new TableSize(
                            new TableName(rows.getString("nspname"), rows.getString("name")),
                            Columns.longOrNull(rows, "rows"),
                            rows.getLong("bytes")));
                }
                return sizes;
            }
        }
    }
}
