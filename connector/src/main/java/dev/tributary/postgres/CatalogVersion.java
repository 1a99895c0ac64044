// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.sql.SQLException;

/**
 * A text that changes when a table is created, dropped, renamed, attached to another or given a primary key or a
 * replica identity, and when a publication gets or loses a table. It is far cheaper than reading all of that.
 */
public final class CatalogVersion {

    private static final String SQL = """
            SELECT concat_ws(' ',
              (SELECT count(*) || '/' || sum(oid::bigint * (1 + ascii(relreplident::text))
                      + hashtext(relname::text) + relnamespace::bigint)
                 FROM pg_catalog.pg_class WHERE relkind IN ('r', 'p') AND relpersistence = 'p'),
              (SELECT count(*) || '/' || sum(indrelid::bigint) FROM pg_catalog.pg_index WHERE indisprimary),
              (SELECT count(*) || '/' || sum(inhrelid::bigint + inhparent::bigint) FROM pg_catalog.pg_inherits),
              (SELECT count(*) || '/' || sum(oid::bigint) FROM pg_catalog.pg_publication_rel)%s)""";

    /** Schemas are published since Postgres 15. */
    private static final String SCHEMAS = """
            ,
              (SELECT count(*) || '/' || sum(oid::bigint) FROM pg_catalog.pg_publication_namespace)""";

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
