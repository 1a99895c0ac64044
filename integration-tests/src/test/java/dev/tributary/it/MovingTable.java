// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A table whose rows one client keeps changing at random, in ways that make them move: values grow and shrink, rows are
 * deleted, vacuum frees space, and sometimes the table is rewritten. Each change of a row increments its version. The
 * key of a deleted row is never used again.
 */
final class MovingTable implements AutoCloseable {

    static final String NAME = "moving";

    private static final int PAUSE_MILLIS = 10;

    /** On a busy machine, a snapshot that begins again with each of them would never end. */
    private static final int MOST_REWRITES = 5;

    /** A rewrite waits for the locks of a running snapshot. */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final TestDatabase database;
    private final SplittableRandom random;
    private final Connection connection;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> writing;
    private int nextId;
    private int rewrites;

    private MovingTable(TestDatabase database, SplittableRandom random, int rows) throws SQLException {
        this.database = database;
        this.random = random;
        this.nextId = rows + 1;
        this.connection = database.connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET lock_timeout = '100ms'");
        }
        this.writing = thread.scheduleWithFixedDelay(this::write, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Creates the table and starts to change it. Every tenth row has a value that is stored out of line. */
    static MovingTable start(TestDatabase database, SplittableRandom random, int rows) throws SQLException {
        database.execute(
                "CREATE TABLE moving (id int PRIMARY KEY, version bigint NOT NULL DEFAULT 1, small text, large text)"
                        + " WITH (autovacuum_enabled = false, fillfactor = 90)",
                "ALTER TABLE moving ALTER large SET STORAGE EXTERNAL",
                "INSERT INTO moving (id, small, large) SELECT i, repeat('s', i % 50),"
                        + " CASE WHEN i % 10 = 0 THEN 'large ' || i || repeat('x', 3000) END"
                        + " FROM generate_series(1, " + rows + ") AS i");
        return new MovingTable(database, random, rows);
    }

    private void write() {
        try (Statement statement = connection.createStatement()) {
            statement.execute(change());
        } catch (SQLException e) {
            if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                throw new IllegalStateException(e);
            }
        }
    }

    private String change() {
        int id = 1 + random.nextInt(nextId);
        // Rewritten about twice a minute; a snapshot then reads the table from its beginning.
        if (random.nextInt(3_000) == 0 && rewrites < MOST_REWRITES) {
            rewrites++;
            return "VACUUM FULL moving";
        }
        return switch (random.nextInt(100)) {
            case 0 -> "VACUUM moving";
            case 1, 2 -> "DELETE FROM moving WHERE id BETWEEN " + id + " AND " + (id + 60);
            default -> rowChange(id);
        };
    }

    private String rowChange(int id) {
        return switch (random.nextInt(16)) {
            case 0, 1 -> "DELETE FROM moving WHERE id = " + id;
            case 2, 3 ->
                "INSERT INTO moving (id, small, large) VALUES (" + nextId++ + ", 'new', 'large ' || " + id
                        + " || repeat('n', " + random.nextInt(4000) + "))";
            case 4 ->
                "UPDATE moving SET version = version + 1, large = 'changed ' || version || repeat('c', "
                        + random.nextInt(4000) + ") WHERE id BETWEEN " + id + " AND " + (id + 10);
            case 5 ->
                "UPDATE moving SET id = " + nextId++ + ", version = version + 1 WHERE id = " + id
                        + " AND large IS NULL";
            default ->
                "UPDATE moving SET version = version + 1, small = repeat('u', " + random.nextInt(200)
                        + ") WHERE id BETWEEN " + id + " AND " + (id + random.nextInt(30));
        };
    }

    /** Stops changing the table. */
    void stop() throws InterruptedException, ExecutionException {
        if (thread.isShutdown()) {
            return;
        }
        if (writing.isDone()) {
            // It has failed, and throws the reason.
            writing.get();
        }
        thread.shutdown();
        assertThat(thread.awaitTermination(WaitLimit.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }

    /** The rows of the table, in the form of {@link MovingTopic#rows}. */
    Map<Integer, String> rows() throws SQLException {
        Map<Integer, String> rows = new TreeMap<>();
        try (Connection reader = database.connect();
                Statement statement = reader.createStatement();
                ResultSet result = statement.executeQuery("SELECT id, version, small, large FROM moving")) {
            while (result.next()) {
                rows.put(result.getInt(1), text(result.getLong(2), result.getString(3), result.getString(4)));
            }
        }
        return rows;
    }

    /** The text by which two rows are compared. */
    static String text(long version, @Nullable String small, @Nullable String large) {
        return version + "|" + small + "|" + (large == null ? "" : large.length() + ":" + large.hashCode());
    }

    @Override
    public void close() throws SQLException {
        thread.shutdownNow();
        connection.close();
    }
}
