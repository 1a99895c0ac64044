// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Random statements of several connections whose transactions overlap. Each connection writes only to ids with a
 * certain remainder, so that none waits for another. Statements that lock a whole table run while no transaction is
 * open.
 */
final class RandomChanges {

    private static final int SESSIONS = 4;
    private static final int SAVEPOINTS = 3;

    private final Random random;
    private final List<RandomTable> tables = new ArrayList<>();
    private final List<Statement> statements = new ArrayList<>();
    private final boolean[] open = new boolean[SESSIONS];
    private final int[] savepoints = new int[SESSIONS];
    private final int[] rows = new int[SESSIONS];

    private RandomChanges(long seed) {
        this.random = new Random(seed);
        int count = 1 + random.nextInt(4);
        IntStream.range(0, count).forEach(i -> tables.add(new RandomTable("r" + i, random)));
    }

    /** About this many statements for a seed. Every transaction ends. */
    static List<Statement> of(long seed, int count) {
        RandomChanges changes = new RandomChanges(seed);
        changes.tables.forEach(table -> changes.add(0, table.create()));
        while (changes.statements.size() < count) {
            changes.next();
        }
        changes.endAll();
        return changes.statements;
    }

    private void next() {
        int session = random.nextInt(SESSIONS);
        int choice = random.nextInt(100);
        if (choice == 0) {
            endAll();
            changeTables(session);
        } else if (choice < 18) {
            boundary(session);
        } else if (choice < 22) {
            add(session, "SELECT pg_logical_emit_message(" + random.nextBoolean() + ", 'p', 'm" + choice + "')");
        } else {
            changeRows(session, tables.get(random.nextInt(tables.size())));
        }
    }

    private void boundary(int session) {
        if (!open[session]) {
            add(session, "BEGIN");
            open[session] = true;
            return;
        }
        switch (random.nextInt(6)) {
            case 0 -> end(session, "ROLLBACK");
            case 1 -> savepoint(session);
            case 2 -> backToSavepoint(session);
            default -> end(session, "COMMIT");
        }
    }

    private void savepoint(int session) {
        if (savepoints[session] < SAVEPOINTS) {
            add(session, "SAVEPOINT s" + savepoints[session]++);
        }
    }

    private void backToSavepoint(int session) {
        if (savepoints[session] > 0) {
            add(session, (random.nextBoolean() ? "ROLLBACK TO s" : "RELEASE s") + --savepoints[session]);
        }
    }

    private void end(int session, String how) {
        add(session, how);
        open[session] = false;
        savepoints[session] = 0;
    }

    private void endAll() {
        for (int session = 0; session < SESSIONS; session++) {
            if (open[session]) {
                end(session, random.nextInt(4) == 0 ? "ROLLBACK" : "COMMIT");
            }
        }
    }

    private void changeRows(int session, RandomTable table) {
        switch (random.nextInt(7)) {
            case 0, 1, 2 -> {
                int count = random.nextInt(20) == 0 ? 200 : 1 + random.nextInt(3);
                add(session, table.insert(Integer.toString(id(session, rows[session])), count, SESSIONS));
                rows[session] += count;
            }
            case 3, 4 -> add(session, table.update(mine(session)));
            case 5 -> add(session, table.move(Integer.toString(id(session, rows[session]++)), mine(session)));
            default -> add(session, table.delete(mine(session)));
        }
    }

    /** The row of a session with a number; no two rows ever have the same id. */
    private static int id(int session, int row) {
        return session + SESSIONS * row;
    }

    /** Finds one row of the session's own, or none. */
    private String mine(int session) {
        return "id = " + id(session, Math.max(0, rows[session] - 1 - random.nextInt(6)));
    }

    private void changeTables(int session) {
        RandomTable table = tables.get(random.nextInt(tables.size()));
        switch (random.nextInt(4)) {
            case 0 ->
                add(
                        session,
                        "TRUNCATE "
                                + String.join(
                                        ", ",
                                        tables.stream().map(RandomTable::name).toList()));
            case 1 -> {
                add(session, "DROP TABLE " + table.name());
                add(session, table.create());
            }
            case 2 -> {
                add(session, "BEGIN");
                changeRows(session, table);
                add(session, table.alter());
                changeRows(session, table);
                add(session, "COMMIT");
            }
            default -> add(session, table.alter());
        }
    }

    private void add(int session, String sql) {
        statements.add(new Statement(session, sql));
    }

    private void add(int session, List<String> sql) {
        sql.forEach(each -> add(session, each));
    }
}
