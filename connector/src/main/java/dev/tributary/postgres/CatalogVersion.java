// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.sql.SQLException;

/**
 * A text that changes when a table is created, dropped, renamed, attached to another, made logged, or given a primary
 * key, a replica identity or row security, and when a publication changes. It is far cheaper than reading all of that.
 * Temporary tables do not change it, and neither do those that belong to others, such as TOAST tables.
 */
public final class CatalogVersion {

    /** A sum of hashes, so that it changes even if two tables exchange their names or their places. */
    private static final String SQL = """
            SELECT concat_ws(' ',
              (SELECT sum(pg_catalog.hashtextextended(concat_ws(' ', oid, relname, relnamespace, relreplident,
                        relrowsecurity, relforcerowsecurity), 0))
                 FROM pg_catalog.pg_class WHERE relkind IN ('r', 'p') AND relpersistence = 'p'),
              (SELECT sum(pg_catalog.hashtextextended(concat_ws(' ', i.indrelid, i.indexrelid), 0))
                 FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
                WHERE i.indisprimary AND c.relkind IN ('r', 'p') AND c.relpersistence = 'p'),
              (SELECT sum(pg_catalog.hashtextextended(concat_ws(' ', i.inhrelid, i.inhparent), 0))
                 FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid
                WHERE c.relkind IN ('r', 'p', 'f') AND c.relpersistence = 'p'),
              (SELECT sum(pg_catalog.hashtextextended(p::text, 0)) FROM pg_catalog.pg_publication p),
              (SELECT sum(pg_catalog.hashtextextended(r::text, 0)) FROM pg_catalog.pg_publication_rel r)%s)""";

    /** Schemas are published since Postgres 15. */
    private static final String SCHEMAS = """
            ,
              (SELECT sum(pg_catalog.hashtextextended(n::text, 0)) FROM pg_catalog.pg_publication_namespace n)""";

    private static final int WITH_SCHEMAS = 15;

    private CatalogVersion() {}

    /**
     * Reads it, over a connection of its own.
     *
     * @throws SQLException from the driver, if the database cannot be queried
     */
    public static String read(ConnectionTarget target) throws SQLException {
        try (var connection = Database.connect(target)) {
            var schemas = connection.getMetaData().getDatabaseMajorVersion() >= WITH_SCHEMAS ? SCHEMAS : "";
            return Database.rows(connection, SQL.formatted(schemas), row -> row.getString(1))
                    .get(0);
        }
    }
}
