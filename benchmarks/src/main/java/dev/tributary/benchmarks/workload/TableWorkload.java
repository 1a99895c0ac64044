// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.workload;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Changes of one table, written while no connector is reading. */
public final class TableWorkload {

    private static final long UNLIMITED = Long.MAX_VALUE;

    private final BenchTable bench;
    private final String table;
    private final String change;
    private final long rowsPerTransaction;

    /** The last id that can be changed. After it, the first rows are changed again. */
    private final long lastId;

    private long nextId;

    private TableWorkload(BenchTable bench, String table, String change, long rowsPerTransaction, long lastId)
            throws SQLException {
        this.bench = bench;
        this.table = table;
        this.change = change;
        this.rowsPerTransaction = rowsPerTransaction;
        this.lastId = lastId;
        this.nextId = lastId == UNLIMITED ? bench.highestId(table) + 1 : 1;
    }

    /** Inserts into the table of all benchmarks. */
    public static TableWorkload inserts(BenchTable bench, long rowsPerTransaction) throws SQLException {
        return new TableWorkload(bench, BenchTable.TABLE, BenchTable.insert(), rowsPerTransaction, UNLIMITED);
    }

    /**
     * Updates of three columns. The whole old rows are in the WAL, too ({@code REPLICA IDENTITY FULL}).
     *
     * @param rows how many rows the table has
     */
    public static TableWorkload updates(BenchTable bench, long rows) throws SQLException {
        String table = "public.item_updated";
        bench.copy(table, rows);
        bench.execute("ALTER TABLE " + table + " REPLICA IDENTITY FULL");
        return new TableWorkload(
                bench,
                table,
                "UPDATE " + table + " SET customer = customer + 1, status = 'packed', due_at = due_at + interval '1 s'"
                        + " WHERE id BETWEEN ? AND ?",
                Backlog.ROWS_PER_TRANSACTION,
                rows);
    }

    /**
     * Deletes. Each becomes two records, of which the second is a tombstone.
     *
     * @param rows how many rows can be deleted in all
     */
    public static TableWorkload deletes(BenchTable bench, long rows) throws SQLException {
        String table = "public.item_deleted";
        bench.copy(table, rows);
        return new TableWorkload(
                bench, table, "DELETE FROM " + table + " WHERE id BETWEEN ? AND ?", Backlog.ROWS_PER_TRANSACTION, rows);
    }

    /** Inserts of rows with 80 columns of ten types, with about 2 KB of text. */
    public static TableWorkload wide(BenchTable bench) throws SQLException {
        String table = "public.wide";
        List<String> columns = new ArrayList<>();
        List<String> values = new ArrayList<>();
        add(columns, values, 15, "integer", "(id * %d %% 1000000)::integer");
        add(columns, values, 9, "bigint", "id * 1000003 * %d");
        add(columns, values, 10, "numeric(12, 2)", "(id * %d %% 1000000)::numeric / 100");
        add(columns, values, 12, "text", "md5((id * %1$d)::text) || ' ' || md5((id + %1$d)::text)");
        add(columns, values, 9, "varchar(40)", "left(md5((id + 7 * %d)::text), 24)");
        add(
                columns,
                values,
                8,
                "timestamptz",
                "timestamptz '2026-01-01 00:00:00+00' + id * %d * interval '0.000123 s'");
        add(columns, values, 6, "date", "date '2026-01-01' + (id %% (300 + %d))::integer");
        add(columns, values, 4, "boolean", "id %% %d = 0");
        add(columns, values, 3, "uuid", "md5((id + 11 * %d)::text)::uuid");
        add(columns, values, 3, "jsonb", "jsonb_build_object('id', id, 'tags', jsonb_build_array('a', 'b', %d))");
        bench.execute(
                "CREATE TABLE " + table + " (id bigint PRIMARY KEY, " + String.join(", ", columns)
                        + ") WITH (autovacuum_enabled = false)",
                BenchTable.publish(table));
        return new TableWorkload(bench, table, insert(table, values), Backlog.ROWS_PER_TRANSACTION, UNLIMITED);
    }

    /** Inserts of rows with a text of 50 KB, which is stored outside of the row (TOAST). */
    public static TableWorkload documents(BenchTable bench) throws SQLException {
        String table = "public.document";
        bench.execute(
                "CREATE TABLE " + table + " (id bigint PRIMARY KEY, title text NOT NULL, body text NOT NULL)"
                        + " WITH (autovacuum_enabled = false)",
                "ALTER TABLE " + table + " ALTER COLUMN body SET STORAGE EXTERNAL",
                BenchTable.publish(table));
        String body = "(SELECT string_agg(md5((id * 10000 + part)::text), ' ') FROM generate_series(1, 1515) AS part)";
        return new TableWorkload(bench, table, insert(table, List.of("'Document ' || id", body)), 50, UNLIMITED);
    }

    private static void add(List<String> columns, List<String> values, int count, String type, String value) {
        for (int i = 1; i <= count; i++) {
            columns.add("c" + (columns.size() + 1) + " " + type + " NOT NULL");
            values.add(String.format(value, i));
        }
    }

    private static String insert(String table, List<String> values) {
        return "INSERT INTO " + table + " SELECT id, " + String.join(", ", values)
                + " FROM generate_series(?::bigint, ?::bigint) AS id";
    }

    /** The captured table, with its schema. */
    public String table() {
        return table;
    }

    /** Writes changes of rows with consecutive ids, and runs a checkpoint. */
    public Backlog load(long rows) throws SQLException {
        long first = rows > lastId - nextId + 1 ? 1 : nextId;
        nextId = first + rows;
        return Backlog.load(bench, change, first, rows, rowsPerTransaction);
    }
}
