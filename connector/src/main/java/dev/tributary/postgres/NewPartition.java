// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A partition whose changes carry its own name, and which is new to the connector. If it was created in its place below
 * a table that was published by then, it has been published from its first row on.
 */
public final class NewPartition {

    /**
     * The entries of the publication for tables that it has been below since it was created; see {@link Partition} for
     * the distance of the commands. A table that was attached, or one above it, may have had rows before. Such rows of
     * the transaction that created it are in the first block; a role that may not read them cannot tell.
     */
    private static final String ENTRIES = """
            WITH RECURSIVE above AS (
              SELECT i.inhparent AS oid, i.xmin::text AS creator,
                     i.xmin = a.xmin AND i.cmin::text::bigint - a.cmin::text::bigint = 2 AS in_place
                FROM pg_catalog.pg_inherits i
                JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid AND c.relispartition
                JOIN pg_catalog.pg_attribute a ON a.attrelid = i.inhrelid AND a.attname = 'tableoid'
               WHERE i.inhrelid = ?::oid
              UNION ALL
              SELECT i.inhparent, above.creator,
                     above.in_place AND i.xmin = a.xmin AND i.cmin::text::bigint - a.cmin::text::bigint = 2
                FROM above
                JOIN pg_catalog.pg_inherits i ON i.inhrelid = above.oid
                JOIN pg_catalog.pg_attribute a ON a.attrelid = i.inhrelid AND a.attname = 'tableoid')
            SELECT r.oid::text, above.creator
              FROM above
              JOIN pg_catalog.pg_publication_rel r ON r.prrelid = above.oid
              JOIN pg_catalog.pg_publication p ON p.oid = r.prpubid
             WHERE above.in_place AND p.pubname = ?""";

    /** Schemas are published since Postgres 15, and with them the partitions of their tables in other schemas. */
    private static final String ENTRIES_OF_SCHEMAS = """

            UNION ALL
            SELECT m.oid::text, above.creator
              FROM above
              JOIN pg_catalog.pg_class c ON c.oid = above.oid
              JOIN pg_catalog.pg_publication_namespace m ON m.pnnspid = c.relnamespace
              JOIN pg_catalog.pg_publication p ON p.oid = m.pnpubid
             WHERE above.in_place AND p.pubname = ?""";

    private static final int WITH_SCHEMAS = 15;

    private static final String CAN_READ = "pg_catalog.has_table_privilege(c.oid, 'SELECT')"
            + " AND pg_catalog.has_schema_privilege(c.relnamespace, 'USAGE')"
            + " AND NOT pg_catalog.row_security_active(c.oid)";

    private static final String READABLE = "SELECT n.nspname, c.relname FROM pg_catalog.pg_class c"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = ?::oid AND " + CAN_READ;

    /** Others are not looked at: to read the size of a table can mean to wait for a lock. */
    private static final String EMPTY = "SELECT c.oid FROM pg_catalog.pg_class c"
            + " WHERE c.oid = ANY (?::oid[]) AND c.relkind = 'r' AND c.relispartition"
            + " AND CASE WHEN " + CAN_READ + " THEN false ELSE pg_catalog.pg_relation_size(c.oid) = 0 END";

    private static final String IN_PLACE = "SELECT i.inhrelid FROM pg_catalog.pg_inherits i"
            + " JOIN pg_catalog.pg_attribute a ON a.attrelid = i.inhrelid AND a.attname = 'tableoid'"
            + " WHERE i.inhrelid = ANY (?::oid[]) AND i.xmin = a.xmin"
            + " AND i.cmin::text::bigint - a.cmin::text::bigint = 2";

    private NewPartition() {}

    private record Entry(String oid, String creator) {}

    /**
     * Whether all rows of a table were streamed, because it was created as a partition below a published table.
     *
     * @param before what was published before it existed
     */
    public static boolean isStreamed(Connection connection, String publication, long oid, PublishedTables before)
            throws SQLException {
        boolean schemas = connection.getMetaData().getDatabaseMajorVersion() >= WITH_SCHEMAS;
        List<Entry> entries = Database.rows(
                connection,
                schemas ? ENTRIES + ENTRIES_OF_SCHEMAS : ENTRIES,
                row -> new Entry(row.getString(1), row.getString(2)),
                schemas
                        ? new String[] {Long.toString(oid), publication, publication}
                        : new String[] {Long.toString(oid), publication});
        for (Entry entry : entries) {
            if (before.hasEntry(entry.oid())) {
                return !hasRowsOf(connection, oid, entry.creator());
            }
        }
        return false;
    }

    private static boolean hasRowsOf(Connection connection, long oid, String creator) throws SQLException {
        List<TableName> readable = Database.rows(
                connection, READABLE, row -> new TableName(row.getString(1), row.getString(2)), Long.toString(oid));
        if (readable.isEmpty()) {
            return false;
        }
        String ofCreator = "SELECT EXISTS (SELECT FROM ONLY " + readable.get(0).quoted()
                + " WHERE ctid < '(1,0)' AND xmin = '" + creator + "'::xid)";
        return Database.rows(connection, ofCreator, row -> row.getBoolean(1)).contains(true);
    }

    /**
     * Those of the tables that are partitions without rows, even of transactions that are running, and that this role
     * may not read: their files are empty. The size of a table can be read without a privilege on it.
     */
    public static Set<Long> empty(Connection connection, Collection<Long> oids) throws SQLException {
        return of(connection, EMPTY, oids);
    }

    /** Those of the tables that were created as partitions; the tables above them may have been attached since. */
    static Set<Long> inPlace(Connection connection, Collection<Long> oids) throws SQLException {
        return of(connection, IN_PLACE, oids);
    }

    private static Set<Long> of(Connection connection, String sql, Collection<Long> oids) throws SQLException {
        return oids.isEmpty()
                ? Set.of()
                : Set.copyOf(Database.rows(
                        connection,
                        sql,
                        row -> row.getLong(1),
                        oids.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"))));
    }
}
