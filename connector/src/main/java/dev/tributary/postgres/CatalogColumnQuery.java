// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Reads {@link CatalogColumn}s. */
final class CatalogColumnQuery {

    private static final String SQL = """
            WITH RECURSIVE roots AS (
              SELECT oid, oid AS root, typtype, typbasetype, typname, typcategory FROM pg_type
              UNION ALL
              SELECT r.oid, b.oid, b.typtype, b.typbasetype, b.typname, b.typcategory
                FROM roots r JOIN pg_type b ON b.oid = r.typbasetype WHERE r.typtype = 'd'),
            keys AS (
              SELECT DISTINCT ON (i.indrelid) i.indrelid, (i.indkey::int2[])[0:i.indnkeyatts - 1] AS columns
                FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
               WHERE i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
               ORDER BY i.indrelid, i.indisprimary DESC, x.relname),
            columns AS (
              SELECT n.nspname, c.relname, a.attname, a.attnum, a.atttypid, a.atttypmod,
                     coalesce(a.attnum = ANY (k.columns), false) AS key,
                     count(*) OVER (PARTITION BY c.oid, lower(a.attname)) > 1 AS similar
                FROM pg_class c
                JOIN pg_namespace n ON n.oid = c.relnamespace
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                LEFT JOIN keys k ON k.indrelid = c.oid
               WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
                 AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast'))
            SELECT k.nspname, k.relname, k.attname, format_type(k.atttypid, k.atttypmod) AS type, k.key, k.similar,
                   CASE WHEN r.typcategory = 'A' THEN 'array' ELSE r.typname END AS base,
                   r.typtype = 'e' OR r.root IN ('text'::regtype, 'varchar'::regtype, 'bpchar'::regtype,
                                                 '"char"'::regtype, 'name'::regtype) AS is_text
              FROM columns k JOIN roots r ON r.oid = k.atttypid AND r.typtype <> 'd'
             WHERE k.similar OR %s
             ORDER BY k.nspname, k.relname, k.attnum
            """;

    private CatalogColumnQuery() {}

    /** All columns, or only those with similar names. */
    static List<CatalogColumn> read(Connection connection, boolean all) throws SQLException {
        return Database.rows(connection, SQL.formatted(all), CatalogColumnQuery::column);
    }

    private static CatalogColumn column(ResultSet row) throws SQLException {
        return new CatalogColumn(
                new TableName(row.getString("nspname"), row.getString("relname")),
                row.getString("attname"),
                row.getString("type"),
                row.getString("base"),
                row.getBoolean("is_text"),
                row.getBoolean("key"),
                row.getBoolean("similar"));
    }
}
