// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps writing to the table {@code goods}: inserts, updates, changed keys and deletes of random rows, in transactions
 * of random size. Each write has a new, higher version, so the order of the events can be checked.
 */
final class Goods implements AutoCloseable {

    static final String[] PREPARATIONS = {
        "CREATE TABLE goods (id int PRIMARY KEY, version bigint NOT NULL, name text)",
        "CREATE TABLE signals (id varchar(64) PRIMARY KEY, type varchar(32) NOT NULL, data varchar(2048))",
        "INSERT INTO goods SELECT i, 0, 'good ' || i FROM generate_series(1, 3000) AS i",
        "CREATE PUBLICATION everything FOR ALL TABLES"
    };

    private static final int KEYS = 3_000;
    private static final long PAUSE_MILLIS = 2;

    private final Connection connection;
    private final SplittableRandom random;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicLong version = new AtomicLong();
    private final CompletableFuture<Void> writing;

    private Goods(Connection connection, SplittableRandom random) throws SQLException {
        this.connection = connection;
        this.random = random;
        connection.setAutoCommit(false);
        writing = Background.run(this::write);
    }

    /** @param setting statements for the session that writes */
    static Goods write(Connection connection, SplittableRandom random, String... setting) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : setting) {
                statement.execute(sql);
            }
        }
        return new Goods(connection, random);
    }

    /** The latest version that may have been written. */
    long version() {
        return version.get();
    }

    /** The versions of the rows in the database, by id. */
    static Map<Integer, Long> in(Connection connection) throws SQLException {
        Map<Integer, Long> rows = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT id, version FROM goods")) {
            while (found.next()) {
                rows.put(found.getInt(1), found.getLong(2));
            }
        }
        return rows;
    }

    private void write() {
        try (Statement statement = connection.createStatement()) {
            while (!stopped.get()) {
                for (int i = 1 + random.nextInt(random.nextInt(20) == 0 ? 200 : 5); i > 0; i--) {
                    statement.execute(next());
                }
                if (random.nextInt(10) == 0) {
                    connection.rollback();
                } else {
                    connection.commit();
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String next() {
        int id = 1 + random.nextInt(KEYS);
        long next = version.incrementAndGet();
        return switch (random.nextInt(6)) {
            case 0 -> "DELETE FROM goods WHERE id = " + id;
            case 1 ->
                "UPDATE goods SET id = " + (id + KEYS) + ", version = " + next + " WHERE id = " + id
                        + " AND NOT EXISTS (SELECT FROM goods WHERE id > " + KEYS + " LIMIT 1 OFFSET 100)"
                        + " AND NOT EXISTS (SELECT FROM goods WHERE id = " + id + " + " + KEYS + ")";
            case 2, 3 -> "UPDATE goods SET version = " + next + " WHERE id = " + id;
            default ->
                "INSERT INTO goods VALUES (" + id + ", " + next
                        + ", 'new') ON CONFLICT (id) DO UPDATE SET version = excluded.version";
        };
    }

    /** Stops writing. */
    void stop() {
        stopped.set(true);
        writing.join();
    }

    @Override
    public void close() throws SQLException {
        stopped.set(true);
        writing.join();
        connection.close();
    }
}
