// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A table that holds rows of a partitioned table, at whatever level below it.
 *
 * @param name its name
 * @param identity identifies it as a partition of this root: it differs from that of the table by itself
 * @param root the partitioned table
 * @param inPlace whether it was created in its place; false if it, or a table between it and the root, was attached
 * @param creator the transaction that created it; empty if this role may not read it
 */
public record Partition(TableName name, String identity, TableName root, boolean inPlace, String creator) {

    /**
     * {@code CREATE TABLE … PARTITION OF} writes the row of pg_inherits in the second command after those of the
     * columns (Postgres 14 to 18). A transaction that creates, fills and attaches a table can have the same distance.
     */
    private static final String SQL = """
            WITH RECURSIVE tree AS (
              SELECT r.oid AS root, r.oid, true AS in_place, '' AS creator
                FROM pg_catalog.pg_class r
                JOIN pg_catalog.pg_namespace n ON n.oid = r.relnamespace
                JOIN unnest(?::text[], ?::text[]) AS requested (schema, name)
                     ON requested.schema = n.nspname AND requested.name = r.relname
               WHERE r.relkind = 'p'
              UNION ALL
              SELECT t.root, i.inhrelid,
                     t.in_place AND i.xmin = a.xmin AND i.cmin::text::bigint - a.cmin::text::bigint = 2, i.xmin::text
                FROM tree t
                JOIN pg_catalog.pg_inherits i ON i.inhparent = t.oid
                JOIN pg_catalog.pg_attribute a ON a.attrelid = i.inhrelid AND a.attname = 'tableoid')
            SELECT n.nspname, c.relname, t.root || '>' || c.oid, rn.nspname, r.relname, t.in_place,
                   CASE WHEN pg_catalog.has_table_privilege(c.oid, 'SELECT')
                             AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
                             AND NOT pg_catalog.row_security_active(c.oid)
                        THEN t.creator ELSE '' END
              FROM tree t
              JOIN pg_catalog.pg_class c ON c.oid = t.oid AND c.relkind = 'r'
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_catalog.pg_class r ON r.oid = t.root
              JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
            """;

    /** Those of the tables that are partitioned, even if they have no partition yet. */
    public static Set<TableName> partitioned(Connection connection, Collection<TableName> tables) throws SQLException {
        return Database.rows(
                        connection,
                        "SELECT n.nspname, c.relname FROM pg_catalog.pg_class c"
                                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'p'",
                        row -> new TableName(row.getString(1), row.getString(2)))
                .stream()
                .filter(tables::contains)
                .collect(Collectors.toSet());
    }

    /** Reads the partitions of those of the tables that are partitioned. */
    public static List<Partition> read(Connection connection, Collection<TableName> tables) throws SQLException {
        try (var statement = connection.prepareStatement(SQL)) {
            TableName.bind(statement, tables);
            try (var rows = statement.executeQuery()) {
                var partitions = new ArrayList<Partition>();
                while (rows.next()) {
                    partitions.add(new Partition(
                            new TableName(rows.getString(1), rows.getString(2)),
                            rows.getString(3),
                            new TableName(rows.getString(4), rows.getString(5)),
                            rows.getBoolean(6),
                            rows.getString(7)));
                }
                return partitions;
            }
        }
    }

    /**
     * Whether it may hold rows that are older than its place, so that no change of the partitioned table has them. Such
     * rows of the transaction that created it are in the first block, unless all of them have been changed since.
     */
    public boolean mayHaveOlderRows(Connection connection) throws SQLException {
        if (!inPlace || creator.isEmpty()) {
            return !inPlace;
        }
        String ofCreator = "SELECT EXISTS (SELECT FROM ONLY " + name.quoted() + " WHERE ctid < '(1,0)' AND xmin = '"
                + creator + "'::xid)";
        return Database.rows(connection, ofCreator, row -> row.getBoolean(1)).contains(true);
    }
}
