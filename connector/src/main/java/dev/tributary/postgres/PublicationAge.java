// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/** How long a publication has contained its tables. */
public final class PublicationAge {

    /**
     * What makes a table part of the publication is a row of a catalog that is written once. The slot began, and begins
     * again, at a moment at which all transactions before {@code catalog_xmin} had ended. A publication for all tables
     * counts as younger after ALTER PUBLICATION.
     */
    private static final String SQL =
            """
            SELECT t.schemaname, t.tablename
              FROM pg_catalog.pg_publication_tables t
              JOIN pg_catalog.pg_publication p ON p.pubname = t.pubname
              JOIN pg_catalog.pg_namespace n ON n.nspname = t.schemaname
              JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = t.tablename
              JOIN pg_catalog.pg_replication_slots s ON s.slot_name = ?
             WHERE t.pubname = ?
               AND (p.puballtables AND\s""" + isOlder("p.xmin", "s.catalog_xmin") + """

                    OR EXISTS (SELECT FROM pg_catalog.pg_publication_rel r
                                WHERE r.prpubid = p.oid AND\s""" + isOlder("r.xmin", "s.catalog_xmin") + """

                                  AND r.prrelid = ANY (c.oid || ARRAY(
                                        SELECT relid::oid FROM pg_catalog.pg_partition_ancestors(c.oid))))%s)""";

    /** Schemas are published since Postgres 15, and with them the partitions of their tables in other schemas. */
    private static final String BY_SCHEMA = """

                    OR EXISTS (SELECT FROM pg_catalog.pg_publication_namespace m
                                WHERE m.pnpubid = p.oid AND\s""" + isOlder("m.xmin", "s.catalog_xmin") + """

                                  AND m.pnnspid IN (
                                      SELECT o.relnamespace FROM pg_catalog.pg_class o
                                       WHERE o.oid = ANY (c.oid || ARRAY(
                                             SELECT relid::oid FROM pg_catalog.pg_partition_ancestors(c.oid)))))""";

    private static final int WITH_SCHEMAS = 15;

    private PublicationAge() {}

    /**
     * SQL that tells whether a row was written by a transaction before another one. A frozen row keeps the id of its
     * transaction, and after two billion others its age is negative; {@code catalog_xmin} is never as old as that.
     */
    static String isOlder(String xmin, String horizon) {
        return "(pg_catalog.age(%1$s) < 0 OR pg_catalog.age(%1$s) > pg_catalog.age(%2$s))".formatted(xmin, horizon);
    }

    /** The tables that a publication has had since before the position of a slot. */
    public static Set<TableName> olderTables(Connection connection, String publication, String slot)
            throws SQLException {
        boolean schemas = connection.getMetaData().getDatabaseMajorVersion() >= WITH_SCHEMAS;
        return Set.copyOf(Database.rows(
                connection,
                SQL.formatted(schemas ? BY_SCHEMA : ""),
                row -> new TableName(row.getString(1), row.getString(2)),
                slot,
                publication));
    }
}
