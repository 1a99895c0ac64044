// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.latency;

import dev.tributary.benchmarks.workload.BenchTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Commits rows at a steady rate: one by one, or from 2,000 per second on in transactions of several. The time of each
 * commit is fixed in advance, and latency counts from there: a commit that is late because an earlier one was slow has
 * waited as a user would.
 */
final class PacedInserts implements AutoCloseable {

    private static final int WRITERS = 4;
    private static final int TRANSACTIONS_PER_SECOND = 1_000;

    private final BenchTable table;
    private final int perSecond;
    private final int perTransaction;
    private final ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    private final List<Future<?>> running = new ArrayList<>();

    PacedInserts(BenchTable table, int perSecond) {
        this.table = table;
        this.perSecond = perSecond;
        this.perTransaction = rowsPerTransaction(perSecond);
    }

    /** The rows of a transaction, so that there are at most a thousand transactions per second. */
    static int rowsPerTransaction(int perSecond) {
        return Math.max(1, perSecond / TRANSACTIONS_PER_SECOND);
    }

    /** Starts to insert the rows and returns at once. */
    void start(SendTimes times) {
        long begin = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500);
        for (int writer = 0; writer < WRITERS; writer++) {
            int first = writer * perTransaction;
            Callable<Void> task = () -> {
                insert(times, first, begin);
                return null;
            };
            running.add(writers.submit(task));
        }
    }

    boolean isDone() {
        return running.stream().allMatch(Future::isDone);
    }

    /** Throws the exception that a writer has failed with, if there is one. */
    void requireSuccess() throws SQLException, InterruptedException {
        for (Future<?> writer : running) {
            try {
                writer.get();
            } catch (ExecutionException e) {
                throw new SQLException("a writer has failed", e.getCause());
            }
        }
    }

    /** Each insert is a transaction, so sending the insert sends the commit. */
    private void insert(SendTimes times, int first, long begin) throws SQLException {
        try (Connection connection = table.connect();
                PreparedStatement insert = connection.prepareStatement(BenchTable.insert())) {
            for (int row = first; row < times.count(); row += WRITERS * perTransaction) {
                int last = Math.min(row + perTransaction, times.count()) - 1;
                insert.setLong(1, times.id(row));
                insert.setLong(2, times.id(last));
                long due = begin + TimeUnit.SECONDS.toNanos(row) / perSecond;
                awaitNanoTime(due);
                times.due(row, last, due);
                insert.executeUpdate();
                times.committed(row, last);
            }
        }
    }

    private static void awaitNanoTime(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    @Override
    public void close() {
        writers.shutdownNow();
    }
}
