// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Changes the rows of a table at random, in ways that make them move: values that grow and shrink, deletes, vacuum in
 * between, and sometimes a rewrite. Each change of a row increments its version.
 */
final class MovingRows implements AutoCloseable {

    static final String TOPIC = "oracle.public.moving";

    private static final int OTHER_SESSION = 7;

    private final Wal wal;
    private final SplittableRandom random;
    private int nextId;

    private MovingRows(Wal wal, SplittableRandom random, int rows) {
        this.wal = wal;
        this.random = random;
        this.nextId = rows + 1;
    }

    /** A table with rows. Every tenth has a large value that is stored out of line. */
    static String[] preparations(int rows) {
        return new String[] {
            "CREATE TABLE moving (id int PRIMARY KEY, version bigint NOT NULL DEFAULT 1, small text, large text)"
                    + " WITH (autovacuum_enabled = false, fillfactor = 90)",
            "ALTER TABLE moving ALTER large SET STORAGE EXTERNAL",
            "CREATE TABLE still (id int PRIMARY KEY, v text)",
            "CREATE TABLE nothing (id int PRIMARY KEY)",
            "INSERT INTO moving (id, small, large) SELECT i, repeat('s', i % 50),"
                    + " CASE WHEN i % 10 = 0 THEN 'large ' || i || repeat('x', 3000) END"
                    + " FROM generate_series(1, " + rows + ") AS i",
            "INSERT INTO still SELECT i, 'v' || i FROM generate_series(1, 300) AS i",
            "CREATE PUBLICATION everything FOR ALL TABLES",
        };
    }

    static MovingRows start(Wal wal, SplittableRandom random, int rows) {
        return new MovingRows(wal, random, rows);
    }

    /** Changes rows while no task reads them; may rewrite the table. */
    void writeUnread(int transactions) {
        write(transactions);
        if (random.nextInt(4) == 0) {
            int id = random.nextInt(nextId);
            wal.write(Statement.on(
                    OTHER_SESSION,
                    "DELETE FROM moving WHERE id BETWEEN " + id + " AND " + (id + nextId / 5),
                    "VACUUM FULL moving"));
        }
    }

    void write(int transactions) {
        for (int i = 0; i < transactions; i++) {
            wal.write(Statement.on(OTHER_SESSION, statement()));
        }
    }

    private String statement() {
        int id = 1 + random.nextInt(nextId);
        return switch (random.nextInt(40)) {
            case 0, 1 -> "VACUUM moving";
            case 2, 3, 4, 5 -> "DELETE FROM moving WHERE id = " + id;
            case 6, 7, 8, 9 ->
                "INSERT INTO moving (id, small, large) VALUES (" + nextId++ + ", 'new', 'large ' || " + id
                        + " || repeat('n', " + random.nextInt(4000) + "))";
            case 10, 11 ->
                "UPDATE moving SET version = version + 1, large = 'changed ' || version || repeat('c', "
                        + random.nextInt(4000) + ") WHERE id BETWEEN " + id + " AND " + (id + 20);
            case 12 -> "DELETE FROM moving WHERE id BETWEEN " + id + " AND " + (id + 200);
            case 13 ->
                "UPDATE moving SET id = " + nextId++ + ", version = version + 1 WHERE id = " + id
                        + " AND large IS NULL";
            default ->
                "UPDATE moving SET version = version + 1, small = repeat('u', " + random.nextInt(200)
                        + ") WHERE id BETWEEN " + id + " AND " + (id + random.nextInt(30));
        };
    }

    /** The rows in the database. */
    Map<Integer, String> rows() {
        return new TreeMap<>(wal.query(
                "SELECT id, version || '|' || coalesce(small, '') || '|' || coalesce(large, '') FROM moving"));
    }

    @Override
    public void close() {}
}
