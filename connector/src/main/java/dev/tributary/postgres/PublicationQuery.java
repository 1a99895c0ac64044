// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import dev.tributary.postgres.Publication.PublishedTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Reads a {@link Publication}. */
final class PublicationQuery {

    private static final String PUBLICATION = """
            SELECT pubname, puballtables, pubinsert, pubupdate, pubdelete, pubtruncate, pubviaroot,
                   %s AS stored_generated, pg_get_userbyid(pubowner) AS owner,
                   pg_has_role(pubowner, 'USAGE') AS alterable,
                   EXISTS (SELECT FROM pg_replication_slots s
                            WHERE s.slot_name = ? AND NOT\s""" + PublicationAge.isOlder("p.xmin", "s.catalog_xmin") + """
            ) AS younger
              FROM pg_publication p WHERE pubname = ?
            """;

    private static final String TABLES_14 = """
            SELECT schemaname, tablename, NULL::text[] AS columns, NULL::text AS row_filter
              FROM pg_publication_tables WHERE pubname = ? ORDER BY 1, 2
            """;

    /**
     * The view's {@code attnames} has the columns even without a column list; only the catalog shows the difference.
     */
    private static final String TABLES_15 = """
            SELECT t.schemaname, t.tablename, t.rowfilter AS row_filter,
                   ARRAY(SELECT a.attname::text FROM pg_attribute a
                          WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs) ORDER BY a.attnum) AS columns
              FROM pg_publication_tables t
              JOIN pg_publication p USING (pubname)
              JOIN pg_namespace n ON n.nspname = t.schemaname
              JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = t.tablename
              LEFT JOIN pg_publication_rel r ON r.prpubid = p.oid AND r.prrelid = c.oid
             WHERE t.pubname = ? ORDER BY 1, 2
            """;

    private static final String NAMED = """
            SELECT n.nspname, c.relname FROM pg_publication_rel r
              JOIN pg_publication p ON p.oid = r.prpubid
              JOIN pg_class c ON c.oid = r.prrelid
              JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE p.pubname = ? ORDER BY 1, 2
            """;

    private static final String SCHEMAS_15 = """
            SELECT n.nspname FROM pg_publication_namespace pn
              JOIN pg_publication p ON p.oid = pn.pnpubid
              JOIN pg_namespace n ON n.oid = pn.pnnspid
             WHERE p.pubname = ? ORDER BY 1
            """;

    private PublicationQuery() {}

    static Optional<Publication> read(Connection connection, int majorVersion, String name, String slot)
            throws SQLException {
        var sql = PUBLICATION.formatted(majorVersion >= 18 ? "pubgencols = 's'" : "false");
        var found = Database.rows(connection, sql, row -> publication(row, connection, majorVersion), slot, name);
        return found.stream().findFirst();
    }

    private static Publication publication(ResultSet row, Connection connection, int majorVersion) throws SQLException {
        var name = row.getString("pubname");
        var allTables = row.getBoolean("puballtables");
        return new Publication(
                name,
                allTables,
                row.getBoolean("pubinsert"),
                row.getBoolean("pubupdate"),
                row.getBoolean("pubdelete"),
                row.getBoolean("pubtruncate"),
                row.getBoolean("pubviaroot"),
                row.getBoolean("stored_generated"),
                row.getString("owner"),
                row.getBoolean("alterable"),
                row.getBoolean("younger"),
                allTables ? List.of() : tables(connection, majorVersion, name),
                Database.rows(
                        connection,
                        NAMED,
                        named -> new TableName(named.getString("nspname"), named.getString("relname")),
                        name),
                majorVersion >= 15 ? schemas(connection, name) : List.of());
    }

    private static List<PublishedTable> tables(Connection connection, int majorVersion, String name)
            throws SQLException {
        return Database.rows(
                connection,
                majorVersion >= 15 ? TABLES_15 : TABLES_14,
                row -> new PublishedTable(
                        new TableName(row.getString("schemaname"), row.getString("tablename")),
                        Columns.texts(row, "columns"),
                        row.getString("row_filter")),
                name);
    }

    private static List<String> schemas(Connection connection, String name) throws SQLException {
        return Database.rows(connection, SCHEMAS_15, row -> row.getString("nspname"), name);
    }
}
