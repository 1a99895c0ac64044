// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static dev.tributary.oracle.Statement.on;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Changes that make it hard to resume exactly.
 *
 * @param name what makes it hard
 * @param tables the statements that create the tables
 * @param statements the changes
 */
record Workload(String name, List<String> tables, List<Statement> statements) {

    private static final String TABLE = "CREATE TABLE t (id int PRIMARY KEY, v text)";

    private static final Workload CHANGED_KEYS = new Workload("changed keys", List.of(TABLE), changedKeys());
    private static final Workload TRUNCATES = new Workload(
            "truncates of several tables",
            List.of(TABLE, "CREATE TABLE u (id int)", "CREATE TABLE w (id int)"),
            truncates());

    /** The workloads in which one change is several records. */
    static final List<Workload> OF_SEVERAL_RECORDS = List.of(CHANGED_KEYS, TRUNCATES);

    /** Too large for a handover: each contender reads it from its start. */
    static final Workload HUGE = new Workload("huge transaction", List.of(TABLE), large(30_000));

    static final List<Workload> TO_BE_INTERRUPTED = List.of(
            new Workload("large transaction", List.of(TABLE), large(3_000)),
            new Workload("thousands of interleaved transactions", List.of(TABLE), interleaved()),
            new Workload("two transactions in turn", List.of(TABLE), inTurn()),
            new Workload("one commit after the other", List.of(TABLE), backToBack()),
            CHANGED_KEYS,
            TRUNCATES,
            new Workload("transactions of every shape", Transactions.tables(), Transactions.changes()));

    String[] preparations() {
        List<String> sql = new ArrayList<>(tables);
        sql.add("CREATE PUBLICATION everything FOR ALL TABLES");
        return sql.toArray(String[]::new);
    }

    private static List<Statement> large(int rows) {
        return on(
                0,
                "INSERT INTO t VALUES (0, 'before')",
                "BEGIN",
                "INSERT INTO t SELECT i, 'row ' || i FROM generate_series(1, " + rows + ") i",
                "COPY t (id) FROM PROGRAM 'seq " + (rows + 1) + " " + (rows + 1_000) + "'",
                "UPDATE t SET id = -id WHERE id % 100 = 0 OR id > " + (rows + 500),
                "DELETE FROM t WHERE id % 3 = 0",
                "COMMIT",
                "INSERT INTO t VALUES (99999, 'after')");
    }

    /** Twenty connections, most of them in a transaction at any time. */
    private static List<Statement> interleaved() {
        Random random = new Random(7);
        int sessions = 20;
        boolean[] open = new boolean[sessions];
        List<Statement> statements = new ArrayList<>();
        for (int i = 0; i < 6_000; i++) {
            int session = random.nextInt(sessions);
            if (!open[session]) {
                statements.addAll(on(session, "BEGIN"));
                open[session] = true;
            }
            statements.addAll(on(session, "INSERT INTO t VALUES (" + i + ", '" + session + "')"));
            if (random.nextInt(3) == 0) {
                statements.addAll(on(session, "COMMIT"));
                open[session] = false;
            }
        }
        IntStream.range(0, sessions)
                .filter(session -> open[session])
                .forEach(session -> statements.addAll(on(session, "COMMIT")));
        return statements;
    }

    /** The changes of two transactions alternate in the WAL, and the one that began first ends last. */
    private static List<Statement> inTurn() {
        List<Statement> statements = new ArrayList<>();
        statements.addAll(on(1, "BEGIN"));
        statements.addAll(on(2, "BEGIN"));
        for (int i = 0; i < 100; i++) {
            statements.addAll(on(1 + i % 2, "INSERT INTO t VALUES (" + i + ", 'x')"));
        }
        statements.addAll(on(2, "COMMIT"));
        statements.addAll(on(0, "INSERT INTO t VALUES (1000, 'between')"));
        statements.addAll(on(1, "INSERT INTO t VALUES (1001, 'late')", "COMMIT"));
        return statements;
    }

    /** Nothing is between the end of a commit and the first change of the next transaction. */
    private static List<Statement> backToBack() {
        return on(
                0,
                IntStream.range(0, 300)
                        .mapToObj(i -> "INSERT INTO t VALUES (" + i + ", 'x')")
                        .toArray(String[]::new));
    }

    private static List<Statement> changedKeys() {
        List<Statement> statements =
                new ArrayList<>(on(0, "INSERT INTO t SELECT i, 'x' FROM generate_series(1, 20) i"));
        for (int i = 1; i < 40; i++) {
            statements.addAll(on(
                    0,
                    "BEGIN",
                    "UPDATE t SET id = id + 1000 WHERE id = " + i,
                    "UPDATE t SET id = id + 2000",
                    "DELETE FROM t WHERE id % 40 = " + i,
                    "COMMIT"));
        }
        return statements;
    }

    private static List<Statement> truncates() {
        List<Statement> statements = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            statements.addAll(on(
                    0,
                    "BEGIN",
                    "INSERT INTO t VALUES (" + i + ", 'x')",
                    "TRUNCATE u, t, w",
                    "INSERT INTO u VALUES (" + i + ")",
                    "TRUNCATE w, u",
                    "COMMIT",
                    "TRUNCATE t, u"));
        }
        return statements;
    }

    @Override
    public String toString() {
        return name;
    }
}
