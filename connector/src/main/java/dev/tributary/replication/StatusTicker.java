// SPDX-License-Identifier: Apache-2.0
package dev.tributary.replication;

import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends status messages on a thread of its own, because the thread that streams may be blocked: by a full queue, a
 * blocking snapshot, or a slow catalog query. Otherwise the server would close the connection after
 * {@code wal_sender_timeout}.
 */
public final class StatusTicker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StatusTicker.class);

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "tributary-status");
        thread.setDaemon(true);
        return thread;
    });

    private StatusTicker() {}

    /** Starts to send a status message every {@code intervalMillis} milliseconds, until this is closed. */
    public static StatusTicker start(ReplicationReader reader, long intervalMillis) {
        StatusTicker ticker = new StatusTicker();
        var unused = ticker.executor.scheduleAtFixedRate(
                () -> send(reader), intervalMillis, intervalMillis, TimeUnit.MILLISECONDS);
        return ticker;
    }

    /**
     * Leaves a failure to the thread that streams, which meets it as well. Thrown from here, it would end the ticks.
     */
    private static void send(ReplicationReader reader) {
        try {
            reader.sendStatus();
        } catch (SQLException | RuntimeException e) {
            LOG.debug("The status could not be sent", e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
