// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import dev.tributary.postgres.ConnectionTarget;
import dev.tributary.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands for a synchronous standby that takes some milliseconds: the server waits for one that does not exist, and this
 * ends each wait, as an administrator can.
 */
final class SlowStandby implements AutoCloseable {

    private static final String CONFIRM = "SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity"
            + " WHERE wait_event = 'SyncRep' AND state_change < clock_timestamp() - interval '10 ms'";
    private static final long PAUSE_MILLIS = 3;

    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicLong confirmed = new AtomicLong();
    private final CompletableFuture<Void> confirming;

    private SlowStandby(ConnectionTarget target) {
        confirming = Background.run(() -> confirm(target));
    }

    /** @param server one whose {@code synchronous_standby_names} has a name that nobody has */
    static SlowStandby of(PostgresServer server) {
        return new SlowStandby(server.target("postgres", "postgres"));
    }

    /** How many commits it has let pass. */
    long confirmed() {
        return confirmed.get();
    }

    private void confirm(ConnectionTarget target) {
        try (Connection connection = DriverManager.getConnection(target.url(), target.properties());
                Statement statement = connection.createStatement()) {
            while (!stopped.get()) {
                try (ResultSet row = statement.executeQuery(CONFIRM)) {
                    row.next();
                    confirmed.addAndGet(row.getLong(1));
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stopped.set(true);
        confirming.join();
    }
}
