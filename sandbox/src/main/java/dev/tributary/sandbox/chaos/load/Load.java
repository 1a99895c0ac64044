// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.load;

import dev.tributary.sandbox.SandboxException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Random transactions on all tables of {@link LoadTable}, from several threads. An error of a statement, a broken
 * connection, or a server that does not answer is counted, and the load continues: it connects again and draws the next
 * transaction. Two loads must not run on a database at the same time, see {@link Work}.
 */
public final class Load implements AutoCloseable {

    /** How many threads it has, apart from large transactions. */
    public static final int THREADS = 4;

    /** Transactions per second of all threads together, if {@link #rate} is not called. */
    public static final int DEFAULT_RATE = 150;

    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final Duration LARGE_TIMEOUT = Duration.ofSeconds(40);
    private static final long MAX_ARREARS_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Database database;
    private final SplittableRandom random;
    private final Gate gate = new Gate();
    private final LoadCounts counts = new LoadCounts();
    private final List<Thread> threads = new ArrayList<>();
    private final List<Session> sessions = new ArrayList<>();
    private boolean truncates = true;
    private int largeTransactions;
    private volatile int rate = DEFAULT_RATE;

    /** @param seed determines what each thread draws */
    public Load(Database database, long seed) {
        this.database = database;
        this.random = new SplittableRandom(seed);
    }

    /**
     * Creates the tables, the truth and the rows of the beginning in an empty database.
     *
     * @param rows how many over all tables, about; at least 8,900 are inserted
     */
    public static void prepare(Connection connection, int rows) throws SQLException {
        Truth.create(connection);
        LoadContent.insert(connection, rows);
    }

    /**
     * Whether {@link LoadTable#SCRATCH} is truncated from time to time, as it is by default. Call it before the start.
     */
    public Load truncates(boolean truncates) {
        this.truncates = truncates;
        return this;
    }

    /**
     * The rate that it tries to reach, now or later.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Load rate(int transactionsPerSecond) {
        if (transactionsPerSecond <= 0) {
            throw new IllegalArgumentException("a rate must be positive");
        }
        this.rate = transactionsPerSecond;
        return this;
    }

    /** Starts the threads, once. */
    public synchronized Load start() {
        Mix mix = new Mix(truncates);
        for (int owner = 0; owner < THREADS; owner++) {
            TransactionRunner runner = runner(TIMEOUT, owner, THREADS);
            start("load-" + owner, () -> repeat(mix, runner));
        }
        return this;
    }

    /**
     * Runs one transaction of many rows in a thread of its own, and returns at once: the first is an INSERT, the second
     * an UPDATE, the third a DELETE, and so on.
     */
    public synchronized void largeTransaction(int rows) {
        int number = largeTransactions++;
        TransactionRunner runner = runner(LARGE_TIMEOUT, 0, 1);
        start("load-large-" + number, () -> {
            try (runner) {
                runner.run(work -> {
                    switch (number % 3) {
                        case 0 -> BulkActions.insert(work, rows);
                        case 1 -> BulkActions.update(work, rows);
                        default -> BulkActions.deleteNewest(work, rows);
                    }
                    return true;
                });
            }
            counts.largeEnded.increment();
        });
    }

    /** Large transactions that have ended, committed or not. */
    public long largeTransactionsEnded() {
        return counts.largeEnded.sum();
    }

    /**
     * Holds the threads back and returns when no transaction is open, as far as the load knows: one whose connection
     * broke may still be open on its server. With a server that does not answer it waits up to {@code 40} seconds.
     */
    public void pause() {
        gate.shut();
    }

    /** Continues after {@link #pause()}. */
    public void resume() {
        gate.open();
    }

    /** Drops all connections, so that the next transactions run on the current primary. Open ones fail. */
    public synchronized void reconnect() {
        sessions.forEach(Session::abort);
    }

    /** Transactions whose commit was confirmed. */
    public long committed() {
        return counts.committed.sum();
    }

    /** Transactions that were rolled back on purpose. */
    public long rolledBack() {
        return counts.rolledBack.sum();
    }

    /**
     * Transactions that failed, by SQLSTATE, or by the class of an exception that has none. Some of them may be
     * committed: their confirmation did not arrive.
     */
    public Map<String, Long> failures() {
        return counts.failures();
    }

    /** Ends the threads. A transaction that is open gets 5 seconds to end, then its connection is dropped. */
    @Override
    public void close() {
        gate.end();
        List<Thread> running;
        synchronized (this) {
            running = List.copyOf(threads);
        }
        long deadline = System.nanoTime() + CLOSING.toNanos();
        for (Thread thread : running) {
            join(thread, Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
        }
        reconnect();
        for (Thread thread : running) {
            join(thread, CLOSING.toMillis());
        }
    }

    private void repeat(Mix mix, TransactionRunner runner) {
        long next = System.nanoTime();
        try (runner) {
            while (runner.run(mix::run)) {
                long now = System.nanoTime();
                next = Math.max(next + TimeUnit.SECONDS.toNanos(THREADS) / rate, now - MAX_ARREARS_NANOS);
                gate.pause(next - now);
            }
        }
    }

    private TransactionRunner runner(Duration timeout, int owner, int owners) {
        Session session = new Session(database, timeout);
        sessions.add(session);
        return new TransactionRunner(session, gate, counts, random.split(), owner, owners);
    }

    private void start(String name, Runnable action) {
        Thread thread = new Thread(action, name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private static void join(Thread thread, long millis) {
        try {
            thread.join(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("interrupted", e);
        }
    }
}
