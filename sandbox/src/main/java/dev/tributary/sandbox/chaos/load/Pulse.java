// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.load;

import dev.tributary.sandbox.SandboxException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Updates the row of {@link LoadTable#PULSE} about five times a second, with a number that increases. When such a
 * number arrives, events flow again.
 */
public final class Pulse implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofMillis(200);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Session session;
    private final Gate gate = new Gate();
    private final Thread thread = new Thread(this::run, "pulse");
    private volatile long last;
    private long next;

    private Pulse(Database database) {
        this.session = new Session(database, TIMEOUT);
        thread.setDaemon(true);
    }

    /** Starts it. Each pulse has numbers of its own, from the clock of this machine, in milliseconds. */
    public static Pulse start(Database database) {
        Pulse pulse = new Pulse(database);
        pulse.next = System.currentTimeMillis();
        pulse.thread.start();
        return pulse;
    }

    /** The highest number whose commit was confirmed; 0 before the first. */
    public long last() {
        return last;
    }

    /** Drops the connection, so that the next update runs on the current primary. */
    public void reconnect() {
        session.abort();
    }

    /** Ends it, at the latest 5 seconds later. */
    @Override
    public void close() {
        gate.end();
        try {
            thread.join(TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("interrupted", e);
        } finally {
            session.close();
        }
    }

    private void run() {
        while (gate.enter()) {
            gate.leave();
            try {
                beat();
            } catch (SQLException e) {
                session.recover(e);
            } catch (RuntimeException e) {
                session.abort();
            }
            gate.pause(PERIOD.toNanos());
        }
        session.close();
    }

    private void beat() throws SQLException {
        long n = next++;
        Connection connection = session.connection();
        try (PreparedStatement update = connection.prepareStatement("UPDATE pulse SET n = ? WHERE id = 1")) {
            update.setLong(1, n);
            if (update.executeUpdate() == 1) {
                last = n;
            }
        }
    }
}
