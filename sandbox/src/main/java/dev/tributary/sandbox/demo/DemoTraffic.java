// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.demo;

import dev.tributary.sampledb.ShopCounts;
import dev.tributary.sampledb.ShopTraffic;
import dev.tributary.sampledb.TrafficMix;
import dev.tributary.sandbox.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The shop's traffic in a thread of its own. */
final class DemoTraffic implements AutoCloseable {

    private final Connection connection;
    private final ShopTraffic traffic;
    private final Thread thread = new Thread(this::run, "demo-traffic");
    private volatile @Nullable RuntimeException failure;

    DemoTraffic(PostgresServer postgres, double rate, long seed) throws SQLException {
        this.connection = postgres.connect(PostgresServer.SUPERUSER, DemoConnector.DATABASE);
        this.traffic = ShopTraffic.on(connection, rate, TrafficMix.WORKING_DAY, seed);
        thread.setDaemon(true);
        thread.start();
    }

    ShopCounts counts() {
        return traffic.counts();
    }

    /** Throws what ended it, if something did. */
    void check() {
        RuntimeException cause = failure;
        if (cause != null) {
            throw cause;
        }
    }

    /** Waits, and returns early if the traffic ends by itself. */
    void await(Duration limit) throws InterruptedException {
        thread.join(Math.max(1, limit.toMillis()));
    }

    /** Returns when the action it is in is done; the counts do not change any more. */
    void stop() {
        traffic.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws SQLException {
        stop();
        connection.close();
    }

    private void run() {
        try {
            traffic.run();
        } catch (RuntimeException e) {
            failure = e;
        }
    }
}
