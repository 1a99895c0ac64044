// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A client that keeps writing numbered versions of a few rows of the table {@code versioned}, whatever happens to the
 * server, and remembers which versions are committed. Versions increase across all rows, so their order is the order of
 * the database.
 */
final class Traffic implements AutoCloseable {

    /** The row that exists before the traffic starts, for the snapshot. */
    static final int FIRST_ROW = -1;

    private static final int ROWS = 12;
    static final int CHANGES_PER_TRANSACTION = 4;
    private static final int PAUSE_MILLIS = 10;

    private final TestDatabase database;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> writing;
    private final Set<Long> committed = new ConcurrentSkipListSet<>();
    private final Set<Long> inDoubt = new ConcurrentSkipListSet<>();
    private final AtomicInteger failures = new AtomicInteger();
    private @Nullable Connection connection;
    private long version;

    private Traffic(TestDatabase database) {
        this.database = database;
        this.writing = thread.scheduleWithFixedDelay(this::write, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Creates the table with one row. */
    static void prepare(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE TABLE versioned (id int PRIMARY KEY, version bigint NOT NULL)",
                "INSERT INTO versioned VALUES (" + FIRST_ROW + ", 0)");
    }

    static Traffic start(TestDatabase database) {
        return new Traffic(database);
    }

    /** The versions whose commit the server has confirmed so far. */
    Collection<Long> committed() {
        return Set.copyOf(committed);
    }

    /** The versions that may arrive: the committed ones, and those whose commit was not confirmed. */
    Collection<Long> possible() {
        Set<Long> possible = new HashSet<>(committed);
        possible.addAll(inDoubt);
        return possible;
    }

    /** The number of failed writes. */
    int failures() {
        return failures.get();
    }

    @Override
    public void close() {
        stop();
    }

    /** Stops writing. The versions stay known. */
    void stop() {
        if (thread.isShutdown()) {
            return;
        }
        assertThat(writing.isDone()).as("the writer failed").isFalse();
        thread.shutdown();
        try {
            if (!thread.awaitTermination(WaitLimit.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("The last transaction does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        disconnect();
    }

    private void write() {
        Set<Long> open = new HashSet<>();
        boolean committing = false;
        try {
            Connection writer = connected();
            try (PreparedStatement upsert = writer.prepareStatement("INSERT INTO versioned VALUES (?, ?)"
                    + " ON CONFLICT (id) DO UPDATE SET version = excluded.version")) {
                for (int i = 0; i < CHANGES_PER_TRANSACTION; i++) {
                    version++;
                    // The same row twice in a row: a transaction that changes a row more than once.
                    upsert.setLong(1, version / 2 % ROWS);
                    upsert.setLong(2, version);
                    upsert.executeUpdate();
                    open.add(version);
                }
            }
            committing = true;
            writer.commit();
            committed.addAll(open);
        } catch (SQLException e) {
            failures.incrementAndGet();
            if (committing) {
                inDoubt.addAll(open);
            }
            disconnect();
        }
    }

    private Connection connected() throws SQLException {
        Connection current = connection;
        if (current == null) {
            current = database.connect();
            current.setAutoCommit(false);
            connection = current;
        }
        return current;
    }

    private void disconnect() {
        Connection current = connection;
        connection = null;
        if (current != null) {
            try {
                current.close();
            } catch (SQLException e) {
                // It does not have to close in order.
                failures.incrementAndGet();
            }
        }
    }
}
