// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tables of a publication, by the names that their changes carry: those of partitions, or with
 * {@code publish_via_partition_root} those of the partitioned tables.
 *
 * @param oids the tables, and the oid of each
 * @param takesAll whether the publication includes tables that are created later
 * @param existing the oids of all tables of the database, published or not
 */
public record PublishedTables(Map<TableName, Long> oids, boolean takesAll, Set<Long> existing) {

    private static final String PUBLISHED = """
            SELECT t.schemaname, t.tablename, c.oid
              FROM pg_catalog.pg_publication_tables t
              JOIN pg_catalog.pg_namespace n ON n.nspname = t.schemaname
              JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = t.tablename
             WHERE t.pubname = ?""";

    private static final String ALL = "SELECT puballtables FROM pg_catalog.pg_publication WHERE pubname = ?";
    private static final String EXISTING = "SELECT oid FROM pg_catalog.pg_class WHERE relkind IN ('r', 'p')";

    /** Identifies a table even if another table had, or later has, the same name. */
    public String identity(TableName table) {
        return String.valueOf(oids.get(table));
    }

    /** Reads the tables; none if the publication does not exist. */
    public static PublishedTables read(Connection connection, String publication) throws SQLException {
        Map<TableName, Long> oids = new HashMap<>();
        Database.rows(
                connection,
                PUBLISHED,
                row -> oids.put(new TableName(row.getString(1), row.getString(2)), row.getLong(3)),
                publication);
        List<Boolean> all = Database.rows(connection, ALL, row -> row.getBoolean(1), publication);
        return new PublishedTables(
                Map.copyOf(oids),
                all.contains(true),
                new HashSet<>(Database.rows(connection, EXISTING, row -> row.getLong(1))));
    }
}
