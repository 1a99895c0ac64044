// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Reads the {@link TableStorage} of tables from the sizes of files and the estimates of the last analyze. */
public final class TableStorageQuery {

    /**
     * {@code pg_class.relfilenode} is that of the transaction's snapshot, {@code pg_relation_filenode} the current one.
     * A table that was never analyzed is assumed to have rows of 100 bytes. A partition that was detached and attached
     * again has another row in {@code pg_inherits}: meanwhile its changes may not have been published.
     */
    private static final String SQL = """
            WITH RECURSIVE selected AS (
              SELECT c.oid, n.nspname, c.relname
                FROM unnest(?::text[], ?::text[]) AS requested (schema, name)
                JOIN pg_catalog.pg_namespace n ON n.nspname = requested.schema
                JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = requested.name),
            tree AS (
              SELECT oid AS root, oid, '' AS place FROM selected
              UNION ALL
              SELECT t.root, i.inhrelid, '@' || i.xmin FROM tree t JOIN pg_catalog.pg_inherits i ON i.inhparent = t.oid),
            sized AS (
              SELECT t.root, c.oid, t.place || CASE WHEN c.relispartition AND c.oid = t.root THEN '@' ||
                       (SELECT pg_catalog.string_agg(i.xmin::text, '.' ORDER BY i.inhrelid)
                          FROM pg_catalog.pg_partition_ancestors(c.oid) a
                          JOIN pg_catalog.pg_inherits i ON i.inhrelid = a.relid) ELSE '' END AS place,
                     c.relkind, a.amname, c.relfilenode, c.reltuples, c.relpages,
                     pg_catalog.pg_relation_filenode(c.oid) AS filenode,
                     coalesce(pg_catalog.pg_relation_size(c.oid), 0) AS bytes,
                     pg_catalog.current_setting('block_size')::bigint AS block
                FROM tree t
                JOIN pg_catalog.pg_class c ON c.oid = t.oid
                LEFT JOIN pg_catalog.pg_am a ON a.oid = c.relam)
            SELECT k.nspname, k.relname,
                   pg_catalog.md5(pg_catalog.string_agg(s.oid || ':' || coalesce(s.filenode, 0) || s.place, ',' ORDER BY s.oid))
                       AS identity,
                   pg_catalog.bool_and(s.relkind = 'p' OR (s.relkind = 'r' AND s.amname = 'heap')) AS addressable,
                   pg_catalog.bool_or(s.relfilenode <> 0 AND s.relfilenode IS DISTINCT FROM s.filenode) AS rewritten,
                   pg_catalog.max(s.bytes / s.block) AS largest,
                   pg_catalog.sum(s.bytes / s.block) AS blocks,
                   pg_catalog.sum(s.bytes) AS bytes,
                   pg_catalog.sum(CASE WHEN s.reltuples >= 0 AND s.relpages > 0
                                       THEN s.reltuples * (s.bytes / s.block) / s.relpages
                                       ELSE s.bytes / 100 END)::bigint AS rows
              FROM selected k JOIN sized s ON s.root = k.oid
             GROUP BY k.nspname, k.relname
            """;

    private TableStorageQuery() {}

    /** In any order; without tables that no longer exist. */
    public static List<TableStorage> read(Connection connection, Collection<TableName> tables) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            TableName.bind(statement, tables);
            try (ResultSet rows = statement.executeQuery()) {
                List<TableStorage> storages = new ArrayList<>();
                while (rows.next()) {
                    storages.add(new TableStorage(
                            new TableName(rows.getString("nspname"), rows.getString("relname")),
                            rows.getString("identity"),
                            rows.getBoolean("addressable"),
                            rows.getBoolean("rewritten"),
                            rows.getLong("largest"),
                            rows.getLong("blocks"),
                            rows.getLong("bytes"),
                            rows.getLong("rows")));
                }
                return storages;
            }
        }
    }
}
