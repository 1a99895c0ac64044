// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sampledb;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The traffic of a shop: orders are placed, paid and shipped, prices change, temperatures are recorded. Each action is
 * a transaction. The same seed on the same rows gives the same sequence of actions.
 *
 * <p>The caller closes the connection after {@link #run()} has returned. One thread runs the traffic; other threads may
 * close it or read its counts.
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
     * Creates traffic without starting it.
     *
     * @param connection a connection to the database of the shop, not used elsewhere
     * @param perSecond actions per second; infinity for no limit
     * @param mix the frequency of each kind of action
     * @param seed the seed of all random decisions
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
     * Performs actions at the rate until it is closed or its thread is interrupted. Does not try to catch up if the
     * database is slower than the rate.
     *
     * @throws ShopTrafficException if the database rejects an action; the counts include all committed actions
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
     * Performs one action now, in the calling thread, for callers that control the rate.
     *
     * @throws ShopTrafficException if the database rejects the action
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

    /** The rows committed so far. */
    public ShopCounts counts() {
        return counts;
    }

    /** Lets {@link #run()} return after the current action. */
    @Override
    public void close() {
        closed.countDown();
    }
}
