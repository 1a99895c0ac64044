// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** Reads {@link RelatedColumn}s: of each column one row for itself, and one for each column that shares its values. */
public final class RelatedColumnQuery {

    /**
     * Generated columns and those that their expressions name. The dependency is one of the expression (Postgres 15) or
     * of the column (before).
     */
    private static final String GENERATED = """
            SELECT g.attrelid, g.attnum, g.attname, b.attname AS base
              FROM pg_catalog.pg_attribute g
              JOIN pg_catalog.pg_attrdef e ON e.adrelid = g.attrelid AND e.adnum = g.attnum
              JOIN LATERAL (
                SELECT d.refobjsubid FROM pg_catalog.pg_depend d
                 WHERE d.classid = 'pg_catalog.pg_attrdef'::regclass AND d.objid = e.oid
                   AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = g.attrelid
                UNION
                SELECT d.refobjsubid FROM pg_catalog.pg_depend d
                 WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = g.attrelid AND d.objsubid = g.attnum
                   AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = g.attrelid) AS named ON true
              JOIN pg_catalog.pg_attribute b
                ON b.attrelid = g.attrelid AND b.attnum = named.refobjsubid AND b.attnum > 0 AND b.attnum <> g.attnum
             WHERE g.attgenerated <> ''""";

    private static final String SQL = """
            WITH RECURSIVE named AS (
              SELECT c.oid FROM pg_catalog.pg_class c
               WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND %s),
            above AS (
              SELECT oid, oid AS relative FROM named
              UNION SELECT a.oid, i.inhparent FROM above a JOIN pg_catalog.pg_inherits i ON i.inhrelid = a.relative),
            below AS (
              SELECT oid, oid AS relative FROM named
              UNION SELECT b.oid, i.inhrelid FROM below b JOIN pg_catalog.pg_inherits i ON i.inhparent = b.relative),
            relatives AS (
              SELECT oid, relative, false AS below FROM above
              UNION ALL SELECT oid, relative, true FROM below WHERE relative <> oid),
            generated AS (
            %s AND g.attrelid IN (SELECT relative FROM relatives))
            SELECT r.oid, n.nspname, c.relname, c.relkind = 'p' AS partitioned, a.attnum, a.attname, r.below,
                   CASE WHEN other.name IS NOT NULL THEN rn.nspname END AS relative_schema,
                   rc.relname AS relative_name, other.name AS relative_column
              FROM relatives r
              JOIN pg_catalog.pg_class c ON c.oid = r.oid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_catalog.pg_class rc ON rc.oid = r.relative
              JOIN pg_catalog.pg_namespace rn ON rn.oid = rc.relnamespace
              JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
              JOIN LATERAL (
                SELECT NULL::name AS name WHERE r.relative = r.oid
                UNION ALL
                SELECT b.attname FROM pg_catalog.pg_attribute b
                 WHERE r.relative <> r.oid AND b.attrelid = r.relative AND b.attname = a.attname AND NOT b.attisdropped
                UNION ALL
                SELECT g.base FROM generated g
                 WHERE g.attrelid = r.relative AND g.attname = a.attname) AS other ON true
             ORDER BY n.nspname, c.relname, a.attnum, r.below, rn.nspname, rc.relname, other.name
            """;

    private static final String OWN = """
            SELECT c.oid, n.nspname, c.relname, c.relkind = 'p' AS partitioned, a.attnum, a.attname, false AS below,
                   NULL AS relative_schema, NULL AS relative_name, NULL AS relative_column
              FROM pg_catalog.pg_class c
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
             WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND %s
            """;

    /** The relatives of a table have the columns that it has in common with them under its names. */
    private static final String STATE = """
            WITH RECURSIVE above AS (
              SELECT %1$d::oid AS oid
              UNION SELECT i.inhparent FROM above a JOIN pg_catalog.pg_inherits i ON i.inhrelid = a.oid),
            below AS (
              SELECT %1$d::oid AS oid
              UNION SELECT i.inhrelid FROM below b JOIN pg_catalog.pg_inherits i ON i.inhparent = b.oid),
            relatives AS (SELECT oid FROM above UNION SELECT oid FROM below)
            SELECT (SELECT md5(string_agg(c.oid || '.' || n.nspname || '.' || c.relname, '/' ORDER BY c.oid))
                      FROM relatives
                      JOIN pg_catalog.pg_class c USING (oid)
                      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace)
                   || (SELECT md5(string_agg(a.attnum || '.' || a.attname, '/' ORDER BY a.attnum))
                         FROM pg_catalog.pg_attribute a
                        WHERE a.attrelid = %1$d::oid AND a.attnum > 0 AND NOT a.attisdropped)
                   || (SELECT coalesce(md5(string_agg(concat_ws('.', attrelid, attnum, base), '/'
                                                      ORDER BY attrelid, attnum, base)), '')
                         FROM (%2$s AND g.attrelid IN (SELECT oid FROM relatives)) AS generated)
            """;

    private static final String OF_FAMILIES = """
            (EXISTS (SELECT FROM pg_catalog.pg_inherits i WHERE c.oid IN (i.inhrelid, i.inhparent))
             OR EXISTS (SELECT FROM pg_catalog.pg_attribute g WHERE g.attrelid = c.oid AND g.attgenerated <> ''))""";

    private static final String BY_NAME = """
            EXISTS (SELECT FROM unnest(?::text[], ?::text[]) AS requested (schema, name)
                      JOIN pg_catalog.pg_namespace o ON o.nspname = requested.schema
                     WHERE o.oid = c.relnamespace AND c.relname = requested.name)""";

    private static final String BY_OID = "c.oid = %d";

    private RelatedColumnQuery() {}

    /**
     * The columns of tables that are partitions or have some, inherit or are inherited from, or have generated columns.
     *
     * @param wanted which of them to return: there is one for each column and each of its relatives
     */
    static List<RelatedColumn> ofFamilies(
            Connection connection, Collection<TableName> tables, Predicate<RelatedColumn> wanted) throws SQLException {
        return read(connection, SQL.formatted(BY_NAME + " AND " + OF_FAMILIES, GENERATED), tables, wanted);
    }

    /** The columns of tables, without those of other tables. */
    public static List<RelatedColumn> own(Connection connection, Collection<TableName> tables) throws SQLException {
        return read(connection, OWN.formatted(BY_NAME), tables, column -> true);
    }

    /** A text that changes if {@link #of(Connection, long)} does. */
    public static String state(Connection connection, long oid) throws SQLException {
        return Database.rows(
                        connection,
                        STATE.formatted(oid, GENERATED),
                        row -> Objects.requireNonNullElse(row.getString(1), ""))
                .get(0);
    }

    /** The columns of a table. */
    public static List<RelatedColumn> of(Connection connection, long oid) throws SQLException {
        return Database.rows(connection, SQL.formatted(BY_OID.formatted(oid), GENERATED), RelatedColumnQuery::column);
    }

    /** The columns of tables. */
    public static List<RelatedColumn> of(Connection connection, Collection<TableName> tables) throws SQLException {
        return read(connection, SQL.formatted(BY_NAME, GENERATED), tables, column -> true);
    }

    private static List<RelatedColumn> read(
            Connection connection, String sql, Collection<TableName> tables, Predicate<RelatedColumn> wanted)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            TableName.bind(statement, tables);
            List<RelatedColumn> columns = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    RelatedColumn column = column(rows);
                    if (wanted.test(column)) {
                        columns.add(column);
                    }
                }
            }
            return columns;
        }
    }

    private static RelatedColumn column(ResultSet row) throws SQLException {
        String schema = row.getString("relative_schema");
        return new RelatedColumn(
                row.getLong("oid"),
                new TableName(row.getString("nspname"), row.getString("relname")),
                row.getBoolean("partitioned"),
                row.getInt("attnum"),
                row.getString("attname"),
                schema == null ? null : new TableName(schema, row.getString("relative_name")),
                row.getString("relative_column"),
                row.getBoolean("below"));
    }
}
