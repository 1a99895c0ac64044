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
 * The tables of a publication, under the names that their changes are streamed by: partitions, or with {@code
 * publish_via_partition_root} what they are partitions of.
 *
 * @param oids the tables, and the oid of each
 * @param takesAll whether a table that is made later is one of them
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

    /** Tells a table from another that has had, or will have, the same name. */
    public String identity(TableName table) {
        return String.valueOf(oids.get(table));
    }

    /** None if there is no such publication. */
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
