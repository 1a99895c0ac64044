// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the server that this client lives while the thread that streams is kept from doing so: by a full queue, a blocking
 * snapshot, a slow catalog. Without it the server would end the connection after {@code wal_sender_timeout}.
 */
final class StatusTicker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StatusTicker.class);

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "tributary-status");
        thread.setDaemon(true);
        return thread;
    });

    private StatusTicker() {}

    static StatusTicker start(ReplicationReader reader, long intervalMillis) {
        StatusTicker ticker = new StatusTicker();
        var unused = ticker.executor.scheduleAtFixedRate(
                () -> tell(reader), intervalMillis, intervalMillis, TimeUnit.MILLISECONDS);
        return ticker;
    }

    /** A failure is left to the thread that streams: it will meet it, too, and knows what to do. Here it would end the ticks. */
    private static void tell(ReplicationReader reader) {
        try {
            reader.tellStatus();
        } catch (SQLException | RuntimeException e) {
            LOG.debug("The status could not be sent", e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
