// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sampledb;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A shop at work: orders are placed, paid and shipped, prices change, temperatures are taken. Each action is one
 * transaction. The same seed on the same rows gives the same sequence of actions.
 *
 * <p>The connection belongs to the caller, who closes it when {@link #run()} has returned. One thread runs the
 * traffic; any other may close it or ask for its counts.
 */
public final class ShopTraffic implements Runnable, AutoCloseable {

    private static final long NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Connection connection;
    private final ShopMemory memory;
    private final ShopScript script;
    private final long pause;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile ShopCounts counts = ShopCounts.NONE;

    private ShopTraffic(Connection connection, double perSecond, TrafficMix mix, long seed, ShopMemory memory) {
        this.connection = connection;
        this.memory = memory;
        this.script = new ShopScript(mix, seed, memory);
        this.pause = (long) (NANOS / perSecond);
    }

    /**
     * Traffic that has not started yet.
     *
     * @param connection to a database with the shop in it; not in use elsewhere
     * @param perSecond actions per second; infinity for as many as it takes
     * @param mix how often each kind happens
     * @param seed what decides everything that is left to chance
     */
    public static ShopTraffic on(Connection connection, double perSecond, TrafficMix mix, long seed)
            throws SQLException {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("actions per second must be more than 0: " + perSecond);
        }
        connection.setAutoCommit(false);
        ShopMemory memory = new ShopMemoryLoader(connection).load();
        connection.commit();
        return new ShopTraffic(connection, perSecond, mix, seed, memory);
    }

    /**
     * Acts at its rate until it is closed or its thread is interrupted. When the database is slower than the rate, it
     * does not try to catch up.
     *
     * @throws ShopTrafficException if the database refuses; what was committed before is in the counts
     */
    @Override
    public void run() {
        long due = System.nanoTime();
        try {
            while (!closed.await(Math.max(0, due - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                act();
                due = Math.max(due + pause, System.nanoTime() - NANOS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * One action, now, in the calling thread; for callers that pace themselves.
     *
     * @throws ShopTrafficException if the database refuses
     */
    public void act() {
        JdbcTransaction transaction = new JdbcTransaction(connection);
        try {
            script.next().perform(transaction, memory);
            connection.commit();
            counts = counts.plus(transaction.counts());
        } catch (SQLException e) {
            throw new ShopTrafficException(e);
        }
    }

    /** What is committed so far. */
    public ShopCounts counts() {
        return counts;
    }

    /** Lets {@link #run()} return after the action it is in. */
    @Override
    public void close() {
        closed.countDown();
    }
}
