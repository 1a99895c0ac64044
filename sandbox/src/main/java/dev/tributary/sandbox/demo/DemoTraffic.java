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

/** The shop's traffic, in a separate thread. */
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

    /** Throws the exception that ended the traffic, if there was one. */
    void check() {
        RuntimeException cause = failure;
        if (cause != null) {
            throw cause;
        }
    }

    /** Waits, or returns early if the traffic ends. */
    void await(Duration limit) throws InterruptedException {
        thread.join(Math.max(1, limit.toMillis()));
    }

    /** Stops the traffic and returns when the current action is done. The counts no longer change after that. */
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
