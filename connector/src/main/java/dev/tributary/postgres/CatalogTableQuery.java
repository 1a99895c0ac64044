// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import dev.tributary.postgres.CatalogTable.Access;
import dev.tributary.postgres.CatalogTable.Kind;
import dev.tributary.postgres.CatalogTable.ReplicaIdentity;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads every {@link CatalogTable} in two queries. */
final class CatalogTableQuery {

    /**
     * Sizes are the catalog's estimates, because the size functions would wait for a table that is being altered. A
     * deferrable primary key identifies no row: see {@code RelationGetIndexList} in Postgres's relcache.c.
     */
    private static final String SQL = """
            WITH keys AS (
              SELECT i.indrelid,
                     bool_or(i.indisprimary) AS primary_key,
                     bool_or(i.indisprimary AND i.indimmediate) AS immediate_key,
                     bool_or(i.indisreplident) AS identity_index,
                     min(x.relname::text) FILTER (WHERE i.indpred IS NULL AND i.indexprs IS NULL) AS unique_index
                FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
               WHERE i.indisunique AND i.indisvalid GROUP BY i.indrelid),
            identities AS (
              SELECT c.oid, array_agg(a.attname::text ORDER BY a.attnum) AS columns
                FROM pg_class c
                JOIN pg_index i ON i.indrelid = c.oid AND i.indisvalid
                 AND (c.relreplident = 'i' AND i.indisreplident
                      OR c.relreplident = 'd' AND i.indisprimary AND i.indimmediate)
                JOIN pg_attribute a ON a.attrelid = c.oid
                 AND a.attnum = ANY ((i.indkey::int2[])[0:i.indnkeyatts - 1]) GROUP BY c.oid),
            generated AS (
              SELECT attrelid,
                     array_agg(attname::text ORDER BY attnum) FILTER (WHERE attgenerated = 's') AS stored,
                     array_agg(attname::text ORDER BY attnum) FILTER (WHERE attgenerated = 'v') AS virtual
                FROM pg_attribute WHERE attgenerated <> '' AND NOT attisdropped GROUP BY attrelid)
            SELECT c.oid, n.nspname, c.relname, c.relkind, c.relpersistence = 'u' AS unlogged,
                   pn.nspname AS parent_schema, pc.relname AS parent_name,
                   c.relkind = 'r' AND EXISTS (SELECT FROM pg_inherits b WHERE b.inhparent = c.oid) AS inherited,
                   c.relreplident,
                   CASE c.relreplident WHEN 'd' THEN coalesce(k.immediate_key, false)
                                       WHEN 'i' THEN coalesce(k.identity_index, false)
                                       ELSE c.relreplident = 'f' END AS identity_usable,
                   d.columns AS identity_columns,
                   coalesce(k.primary_key, false) AS primary_key,
                   CASE WHEN NOT k.primary_key THEN k.unique_index END AS unique_index,
                   g.stored, g.virtual,
                   pg_get_userbyid(c.relowner) AS owner, pg_has_role(c.relowner, 'USAGE') AS owned,
                   has_schema_privilege(n.oid, 'USAGE') AS schema_usable,
                   CASE WHEN has_table_privilege(c.oid, 'SELECT') THEN true
                        ELSE NOT EXISTS (SELECT FROM pg_attribute a
                                          WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                                            AND NOT has_column_privilege(c.oid, a.attnum, 'SELECT'))
                        END AS selectable,
                   row_security_active(c.oid) AS filtered,
                   c.reltuples, c.relpages::bigint * current_setting('block_size')::bigint AS size_bytes
              FROM pg_class c
              JOIN pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN pg_inherits h ON c.relispartition AND h.inhrelid = c.oid
              LEFT JOIN pg_class pc ON pc.oid = h.inhparent
              LEFT JOIN pg_namespace pn ON pn.oid = pc.relnamespace
              LEFT JOIN keys k ON k.indrelid = c.oid
              LEFT JOIN identities d ON d.oid = c.oid
              LEFT JOIN generated g ON g.attrelid = c.oid
             WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND c.relpersistence <> 't'
               AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
             ORDER BY n.nspname, c.relname
            """;

    /** Of a table without a primary key, the first index counts as the key, as in Debezium. */
    private static final String UNIQUE_INDEXES = """
            SELECT i.indrelid, x.relname, i.indisprimary,
                   i.indimmediate AND bool_and(a.attnotnull) AS identifies,
                   array_agg(a.attname::text ORDER BY a.attnum) AS columns
              FROM pg_index i
              JOIN pg_class x ON x.oid = i.indexrelid
              JOIN pg_class c ON c.oid = i.indrelid AND c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
              JOIN pg_namespace n ON n.oid = c.relnamespace
               AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
              JOIN pg_attribute a ON a.attrelid = i.indrelid
               AND a.attnum = ANY ((i.indkey::int2[])[0:i.indnkeyatts - 1])
             WHERE i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
             GROUP BY i.indrelid, i.indexrelid, x.relname, i.indisprimary, i.indimmediate
             ORDER BY i.indisprimary DESC, x.relname
            """;

    /** The unique indexes of a table over plain columns. */
    private record Indexes(Map<String, List<String>> identifying, List<String> key) {}

    private CatalogTableQuery() {}

    static List<CatalogTable> read(Connection connection) throws SQLException {
        var indexes = new HashMap<Long, Indexes>();
        Database.rows(connection, UNIQUE_INDEXES, row -> index(row, indexes));
        return Database.rows(connection, SQL, row -> table(row, indexes));
    }

    private static Indexes index(ResultSet row, Map<Long, Indexes> indexes) throws SQLException {
        var columns = Columns.texts(row, "columns");
        var ofTable = indexes.computeIfAbsent(row.getLong("indrelid"), table -> new Indexes(new HashMap<>(), columns));
        if (row.getBoolean("identifies")) {
            ofTable.identifying().put(row.getString("relname"), columns);
        }
        return ofTable;
    }

    private static CatalogTable table(ResultSet row, Map<Long, Indexes> all) throws SQLException {
        var indexes = all.getOrDefault(row.getLong("oid"), new Indexes(Map.of(), List.of()));
        return new CatalogTable(
                row.getLong("oid"),
                new TableName(row.getString("nspname"), row.getString("relname")),
                kind(row.getString("relkind")),
                row.getBoolean("unlogged"),
                parent(row),
                row.getBoolean("inherited"),
                replicaIdentity(row.getString("relreplident")),
                row.getBoolean("identity_usable"),
                Columns.texts(row, "identity_columns"),
                indexes.identifying(),
                row.getBoolean("primary_key"),
                row.getString("unique_index"),
                indexes.key(),
                Columns.texts(row, "stored"),
                Columns.texts(row, "virtual"),
                new Access(
                        row.getString("owner"),
                        row.getBoolean("owned"),
                        row.getBoolean("schema_usable"),
                        row.getBoolean("selectable"),
                        row.getBoolean("filtered")),
                (long) row.getFloat("reltuples"),
                row.getLong("size_bytes"));
    }

    private static @Nullable TableName parent(ResultSet row) throws SQLException {
        var schema = row.getString("parent_schema");
        return schema == null ? null : new TableName(schema, row.getString("parent_name"));
    }

    private static Kind kind(String relkind) {
        return switch (relkind) {
            case "r" -> Kind.TABLE;
            case "p" -> Kind.PARTITIONED_TABLE;
            case "f" -> Kind.FOREIGN_TABLE;
            case "v" -> Kind.VIEW;
            case "m" -> Kind.MATERIALIZED_VIEW;
            default -> throw new IllegalArgumentException("Unknown relkind " + relkind);
        };
    }

    private static ReplicaIdentity replicaIdentity(String relreplident) {
        return switch (relreplident) {
            case "d" -> ReplicaIdentity.DEFAULT;
            case "n" -> ReplicaIdentity.NOTHING;
            case "f" -> ReplicaIdentity.FULL;
            case "i" -> ReplicaIdentity.INDEX;
            default -> throw new IllegalArgumentException("Unknown relreplident " + relreplident);
        };
    }
}
