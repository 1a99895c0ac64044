// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.workload;

import dev.tributary.sandbox.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The captured table: ten columns of the most common types, about 260 bytes of text per row. */
public final class BenchTable {

    public static final String DATABASE = "bench";
    public static final String TABLE = "public.item";
    public static final String PUBLICATION = "bench";

    /** Without autovacuum, which could run during a measurement. */
    public static final String DDL = """
            CREATE TABLE item (
                id          bigint PRIMARY KEY,
                customer    integer NOT NULL,
                price       numeric(12, 2) NOT NULL,
                status      varchar(20) NOT NULL,
                title       text NOT NULL,
                description text NOT NULL,
                reference   uuid NOT NULL,
                created_at  timestamptz NOT NULL,
                due_at      timestamp NOT NULL,
                active      boolean NOT NULL
            ) WITH (autovacuum_enabled = false)""";

    /** All columns except the key, each a function of {@code id}, so that every run has the same rows. */
    private static final String VALUES = """
            id % 1000000,
            (id % 100000)::numeric / 100,
            (ARRAY['new','paid','packed','shipped','delivered','returned'])[1 + id % 6],
            'Item ' || id || ', ' || left(md5(id::text), 30),
            md5((2 * id)::text) || ' ' || md5((3 * id)::text) || ' ' || md5((5 * id)::text),
            md5((7 * id)::text)::uuid,
            timestamptz '2026-01-01 00:00:00+00' + id * interval '1.000123 s',
            timestamp '2026-02-01 00:00:00' + id * interval '1.000321 s',
            id % 3 = 0
            """;

    private final PostgresServer postgres;

    private BenchTable(PostgresServer postgres) {
        this.postgres = postgres;
    }

    /** Creates database, table and publication. */
    public static BenchTable create(PostgresServer postgres) throws SQLException {
        create(postgres, DATABASE);
        return new BenchTable(postgres);
    }

    /** Creates a database with the table and the publication. */
    static void create(PostgresServer postgres, String database) throws SQLException {
        postgres.execute(PostgresServer.DATABASE, "CREATE DATABASE " + database);
        postgres.execute(database, DDL, "CREATE PUBLICATION " + PUBLICATION + " FOR TABLE item");
    }

    /** The statement that inserts the rows of a range of ids, which are its two parameters. */
    public static String insert() {
        return insertInto("item");
    }

    private static String insertInto(String table) {
        return "INSERT INTO " + table + " SELECT id, " + VALUES + " FROM generate_series(?::bigint, ?::bigint) AS id";
    }

    /** All columns except the key, each as an expression of {@code id}. */
    static String values() {
        return VALUES;
    }

    /** The statement that adds a table to the publication. */
    static String publish(String table) {
        return "ALTER PUBLICATION " + PUBLICATION + " ADD TABLE " + table;
    }

    /** Creates a table of the same columns, publishes it, and inserts rows with ids from 1. */
    void copy(String table, long rows) throws SQLException {
        execute(
                "CREATE TABLE " + table + " (LIKE item INCLUDING ALL) WITH (autovacuum_enabled = false)",
                publish(table));
        if (rows > 0) {
            Backlog.load(this, insertInto(table), 1, rows, Backlog.ROWS_PER_TRANSACTION);
        }
    }

    /** Runs statements in the database. */
    void execute(String... statements) throws SQLException {
        postgres.execute(DATABASE, statements);
    }

    /** A new connection. The caller closes it. */
    public Connection connect() throws SQLException {
        return postgres.connect(PostgresServer.SUPERUSER, DATABASE);
    }

    /** Vacuums, analyzes and runs a checkpoint, so that a reader need not write hint bits, and finds statistics. */
    public void settle() throws SQLException {
        postgres.execute(DATABASE, "VACUUM (FREEZE, ANALYZE) item", "CHECKPOINT");
    }

    /** The number of rows, which is also the highest id. */
    public long rows() throws SQLException {
        return highestId("item");
    }

    /** The highest id of a table in the database, 0 if it is empty. */
    long highestId(String table) throws SQLException {
        return number("SELECT coalesce(max(id), 0) FROM " + table);
    }

    /** The average size of a row in the text format of pgoutput, without the lengths and types of columns. */
    public long averageTextBytes() throws SQLException {
        return number("SELECT avg(length(concat(id, customer, price, status, title, description, reference,"
                + " created_at, due_at, left(active::text, 1))))::bigint FROM item WHERE id <= 100000");
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
