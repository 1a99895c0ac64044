// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Reads {@link RelatedColumn}s: of each column one row for itself, and one for each table that shares its values. */
public final class RelatedColumnQuery {

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
              UNION ALL SELECT oid, relative, true FROM below WHERE relative <> oid)
            SELECT r.oid, n.nspname, c.relname, c.relkind = 'p' AS partitioned, a.attnum, a.attname, r.below,
                   CASE WHEN r.relative <> r.oid THEN rn.nspname END AS relative_schema, rc.relname AS relative_name
              FROM relatives r
              JOIN pg_catalog.pg_class c ON c.oid = r.oid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_catalog.pg_class rc ON rc.oid = r.relative
              JOIN pg_catalog.pg_namespace rn ON rn.oid = rc.relnamespace
              JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
               AND (r.relative = r.oid
                    OR EXISTS (SELECT FROM pg_catalog.pg_attribute b
                                WHERE b.attrelid = r.relative AND b.attname = a.attname AND NOT b.attisdropped))
             ORDER BY n.nspname, c.relname, a.attnum, r.below, rn.nspname, rc.relname
            """;

    private static final String OF_FAMILIES = """
            EXISTS (SELECT FROM pg_catalog.pg_inherits i WHERE c.oid IN (i.inhrelid, i.inhparent))""";

    private static final String BY_NAME = """
            EXISTS (SELECT FROM unnest(?::text[], ?::text[]) AS requested (schema, name)
                      JOIN pg_catalog.pg_namespace o ON o.nspname = requested.schema
                     WHERE o.oid = c.relnamespace AND c.relname = requested.name)""";

    private static final String BY_OID = "c.oid = %d";

    private RelatedColumnQuery() {}

    /** The columns of all tables that are partitions or have some, or inherit or are inherited from. */
    static List<RelatedColumn> ofFamilies(Connection connection) throws SQLException {
        return Database.rows(connection, SQL.formatted(OF_FAMILIES), RelatedColumnQuery::column);
    }

    /** The columns of a table. */
    public static List<RelatedColumn> of(Connection connection, long oid) throws SQLException {
        return Database.rows(connection, SQL.formatted(BY_OID.formatted(oid)), RelatedColumnQuery::column);
    }

    /** The columns of tables. */
    public static List<RelatedColumn> of(Connection connection, Collection<TableName> tables) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SQL.formatted(BY_NAME))) {
            TableName.bind(statement, tables);
            List<RelatedColumn> columns = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    columns.add(column(rows));
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
                row.getBoolean("below"));
    }
}
