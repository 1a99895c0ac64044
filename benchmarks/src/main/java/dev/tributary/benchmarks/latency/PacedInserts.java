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
 * Commits single rows at a steady rate. The time of each commit is fixed in advance, so that a slow commit does not
 * delay the schedule of the others.
 */
final class PacedInserts implements AutoCloseable {

    private static final int WRITERS = 4;

    private final BenchTable table;
    private final int perSecond;
    private final ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    private final List<Future<?>> running = new ArrayList<>();

    PacedInserts(BenchTable table, int perSecond) {
        this.table = table;
        this.perSecond = perSecond;
    }

    /** Starts to insert the rows and returns at once. */
    void start(SendTimes times) {
        long begin = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500);
        for (int writer = 0; writer < WRITERS; writer++) {
            int first = writer;
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
            for (int row = first; row < times.count(); row += WRITERS) {
                insert.setLong(1, times.id(row));
                insert.setLong(2, times.id(row));
                awaitNanoTime(begin + TimeUnit.SECONDS.toNanos(row) / perSecond);
                times.sent(row);
                insert.executeUpdate();
                times.committed(row);
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
