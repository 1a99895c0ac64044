// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Transactions of several sessions that interleave: inserts, updates, changed keys, deletes, savepoints that are rolled back
 * to, whole transactions rolled back, changes of the tables between them. Each session has keys of its own, so that none
 * waits for another.
 */
final class RandomTransactions {

    static final String[] PREPARATIONS = {
        "CREATE TABLE plain (id int PRIMARY KEY, name text, amount numeric(10, 2), at timestamptz)",
        "CREATE TABLE whole (id int PRIMARY KEY, name text, amount numeric(10, 2), at timestamptz)",
        "ALTER TABLE whole REPLICA IDENTITY FULL",
        "CREATE TABLE \"Quoted.\" (id int PRIMARY KEY, name text, amount numeric(10, 2), at timestamptz)",
        "CREATE PUBLICATION everything FOR ALL TABLES"
    };

    private static final List<String> TABLES = List.of("plain", "whole", "\"Quoted.\"");
    private static final int SESSIONS = 6;
    private static final int KEYS_PER_SESSION = 100_000;

    private final SplittableRandom random;
    private final List<Statement> statements = new ArrayList<>();
    private final boolean[] open = new boolean[SESSIONS];
    private final boolean[] saved = new boolean[SESSIONS];
    private int columns;
    private int moved;

    RandomTransactions(SplittableRandom random) {
        this.random = random;
    }

    /** So many statements and what it takes to end what they began. */
    List<Statement> statements(int count) {
        for (int i = 0; i < count; i++) {
            next(random.nextInt(SESSIONS));
        }
        endAll();
        return statements;
    }

    private void next(int session) {
        if (!open[session]) {
            outside(session);
            return;
        }
        switch (random.nextInt(14)) {
            case 0 -> end(session, "COMMIT");
            case 1 -> end(session, random.nextInt(4) == 0 ? "ROLLBACK" : "COMMIT");
            case 2 -> {
                run(session, "SAVEPOINT s");
                saved[session] = true;
            }
            case 3 -> {
                if (saved[session]) {
                    run(session, "ROLLBACK TO SAVEPOINT s");
                }
            }
            case 4 -> run(session, "SELECT pg_logical_emit_message(true, 'within', 'a message')");
            default -> change(session);
        }
    }

    private void outside(int session) {
        switch (random.nextInt(40)) {
            case 0 -> {
                endAll();
                run(session, "TRUNCATE plain, whole");
            }
            case 1 -> {
                endAll();
                run(session, "ALTER TABLE " + table() + " ADD COLUMN c" + ++columns + " int DEFAULT " + columns);
            }
            case 2 -> run(session, insertMany(session));
            case 3, 4, 5, 6 -> change(session);
            default -> {
                run(session, "BEGIN");
                open[session] = true;
                saved[session] = false;
            }
        }
    }

    private void change(int session) {
        String table = table();
        switch (random.nextInt(6)) {
            case 0 -> run(session, "DELETE FROM " + table + " WHERE id = " + key(session));
            case 1 ->
                run(
                        session,
                        "UPDATE " + table + " SET id = " + (first(session) + 500 + ++moved) + " WHERE id = "
                                + key(session));
            case 2, 3 ->
                run(
                        session,
                        "UPDATE " + table + " SET name = name || '" + random.nextInt(10) + "' WHERE id = "
                                + key(session));
            default ->
                run(
                        session,
                        "INSERT INTO " + table + " (id, name, amount, at) VALUES (" + key(session) + ", 'n"
                                + random.nextInt() + "', " + random.nextInt(100_000) + " / 100.0, now())"
                                + " ON CONFLICT (id) DO UPDATE SET amount = excluded.amount");
        }
    }

    private String insertMany(int session) {
        return "INSERT INTO " + table() + " (id, name) SELECT i, 'many' FROM generate_series(" + first(session) + ", "
                + (first(session) + 10 + random.nextInt(100)) + ") AS i ON CONFLICT DO NOTHING";
    }

    private void endAll() {
        for (int session = 0; session < SESSIONS; session++) {
            if (open[session]) {
                end(session, "COMMIT");
            }
        }
    }

    private void end(int session, String how) {
        run(session, how);
        open[session] = false;
    }

    private void run(int session, String sql) {
        statements.add(new Statement(session, sql));
    }

    private String table() {
        return TABLES.get(random.nextInt(TABLES.size()));
    }

    private int key(int session) {
        return first(session) + random.nextInt(30);
    }

    private static int first(int session) {
        return session * KEYS_PER_SESSION;
    }
}
