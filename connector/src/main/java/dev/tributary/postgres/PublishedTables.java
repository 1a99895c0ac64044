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
 * @param members for each table, everything that makes it part of the publication. If nothing of that is left later, it
 *     may have been taken out in the meantime
 * @param all that of a table that is created later, if the publication includes such tables; empty if it does not
 * @param original the oids of tables that have certainly had their name and their file since they were created. Another
 *     one may have rows from a time at which it had a name that the filters exclude, or was unlogged
 * @param existing the oids of all tables of the database, published or not
 * @param skipsMissing whether the server leaves out changes of a time at which there was no publication, instead of
 *     refusing to send anything: since Postgres 18
 */
public record PublishedTables(
        Map<TableName, Long> oids,
        Map<TableName, String> members,
        String all,
        Set<Long> original,
        Set<Long> existing,
        boolean skipsMissing) {

    /**
     * A rename writes the row of the table's type again, but not those of its system columns. So does another owner. A
     * table that becomes logged gets another file; at first the file has the oid of the table (Postgres 14 to 18).
     */
    private static final String PUBLISHED = """
            SELECT t.schemaname, t.tablename, c.oid, p.oid || '.' || CASE WHEN p.puballtables THEN '' ELSE coalesce(
                     (SELECT string_agg(r.oid::text, ',' ORDER BY r.oid) FROM pg_catalog.pg_publication_rel r
                       WHERE r.prpubid = p.oid AND r.prrelid = ANY (c.oid || ARRAY(
                               SELECT relid::oid FROM pg_catalog.pg_partition_ancestors(c.oid)))), '')%s END,
                   %s
              FROM pg_catalog.pg_publication_tables t
              JOIN pg_catalog.pg_publication p ON p.pubname = t.pubname
              JOIN pg_catalog.pg_namespace n ON n.nspname = t.schemaname
              JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = t.tablename
              JOIN pg_catalog.pg_type y ON y.oid = c.reltype
              JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tableoid'
             WHERE t.pubname = ?""";

    private static final String HAS_FIRST_FILE = "coalesce(pg_catalog.pg_relation_filenode(c.oid), c.oid) = c.oid";

    private static final String IS_ORIGINAL = "y.xmin = a.xmin AND y.cmin::text = a.cmin::text AND " + HAS_FIRST_FILE;

    private static final String IS_NOW = "SELECT %s" + """
              FROM pg_catalog.pg_class c
              JOIN pg_catalog.pg_type y ON y.oid = c.reltype
              JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tableoid'
             WHERE c.oid = ?::oid""";

    /** Schemas are published since Postgres 15, and with them the partitions of their tables in other schemas. */
    private static final String BY_SCHEMA = """
             || coalesce((SELECT string_agg('+' || m.oid, '' ORDER BY m.oid)
                            FROM pg_catalog.pg_publication_namespace m
                           WHERE m.pnpubid = p.oid AND m.pnnspid IN (
                                 SELECT s.relnamespace FROM pg_catalog.pg_class s
                                  WHERE s.oid = ANY (c.oid || ARRAY(
                                        SELECT relid::oid FROM pg_catalog.pg_partition_ancestors(c.oid))))), '')""";

    private static final int WITH_SCHEMAS = 15;
    private static final int SKIPPING = 18;

    private static final String ALL =
            "SELECT oid || '.' FROM pg_catalog.pg_publication WHERE pubname = ? AND puballtables";

    private static final String EXISTING = "SELECT oid FROM pg_catalog.pg_class WHERE relkind IN ('r', 'p')";

    /** Whether the publication includes tables that are created later. */
    public boolean takesAll() {
        return !all.isEmpty();
    }

    /** Identifies a table even if another table had, or later has, the same name. */
    public String identity(TableName table) {
        return String.valueOf(oids.get(table));
    }

    /** What makes a table part of the publication; empty if it is not. */
    public String member(TableName table) {
        return members.getOrDefault(table, "");
    }

    /** Whether the publication has this entry, for a table or for one that it is a partition of. */
    boolean hasEntry(String oid) {
        return members.values().stream()
                .anyMatch(member -> List.of(member.split("[.,+]")).indexOf(oid) > 0);
    }

    /** The oid of a published table; 0 if it is not published. */
    public long oid(TableName table) {
        return oids.getOrDefault(table, 0L);
    }

    /** Whether a table with this oid existed. */
    public boolean isKnown(long oid) {
        return existing.contains(oid);
    }

    /** Whether a table has certainly had its name and its file since it was created. */
    public boolean isOriginal(TableName table) {
        return original.contains(oid(table));
    }

    /** The same now. True of a table that no longer exists. */
    public static boolean isOriginal(Connection connection, long oid) throws SQLException {
        return is(connection, IS_ORIGINAL, oid);
    }

    /** Whether a table has had its file since it was created, so that it was never unlogged. True if it is gone. */
    public static boolean hasFirstFile(Connection connection, long oid) throws SQLException {
        return is(connection, HAS_FIRST_FILE, oid);
    }

    private static boolean is(Connection connection, String condition, long oid) throws SQLException {
        return !Database.rows(connection, IS_NOW.formatted(condition), row -> row.getBoolean(1), Long.toString(oid))
                .contains(false);
    }

    /** Reads the tables; none if the publication does not exist. */
    public static PublishedTables read(Connection connection, String publication) throws SQLException {
        Map<TableName, Long> oids = new HashMap<>();
        Map<TableName, String> members = new HashMap<>();
        Set<Long> original = new HashSet<>();
        int version = connection.getMetaData().getDatabaseMajorVersion();
        // Before the others: a table that is created in between must not count as one that was not published.
        Set<Long> existing = new HashSet<>(Database.rows(connection, EXISTING, row -> row.getLong(1)));
        Database.rows(
                connection,
                PUBLISHED.formatted(version >= WITH_SCHEMAS ? BY_SCHEMA : "", IS_ORIGINAL),
                row -> {
                    TableName table = new TableName(row.getString(1), row.getString(2));
                    oids.put(table, row.getLong(3));
                    members.put(table, row.getString(4));
                    return row.getBoolean(5) && original.add(row.getLong(3));
                },
                publication);
        List<String> all = Database.rows(connection, ALL, row -> row.getString(1), publication);
        return new PublishedTables(
                Map.copyOf(oids),
                Map.copyOf(members),
                all.stream().findFirst().orElse(""),
                Set.copyOf(original),
                existing,
                version >= SKIPPING);
    }
}
