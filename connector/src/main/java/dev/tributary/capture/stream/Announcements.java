// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.pipeline.notification.NotificationService;
import io.debezium.pipeline.spi.Offsets;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Debezium's notifications that other threads ask for. The thread that streams sends them between two transactions:
 * there the offset of the record in the topic is exact, no group of records is divided, and Debezium's channels, which
 * are made for one thread, have one.
 */
public final class Announcements {

    private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);

    /** There are few; more than these only if the stream does not get on. */
    private static final int MOST = 100;

    private final Queue<Announcement> waiting = new LinkedBlockingQueue<>(MOST);
    private volatile @Nullable NotificationService<PostgresPartition, PostgresOffsetContext> service;
    private volatile boolean streaming;

    /** Sends them with a service from now on, while {@link #isStreaming()}. */
    public void sendWith(NotificationService<PostgresPartition, PostgresOffsetContext> opened) {
        service = opened;
    }

    /** Whether a thread streams, and sends them. For any thread. */
    public boolean isStreaming() {
        return streaming && service != null;
    }

    /** The stream begins, or ends. For the thread that streams. */
    void streams(boolean begins) {
        streaming = begins;
    }

    /** Asks for a notification. For any thread; does not block. */
    public void announce(Announcement announcement) {
        if (!waiting.offer(announcement)) {
            LOG.warn("A notification of the type {} is not sent: too many wait for the stream", announcement.type());
        }
    }

    /** Sends those that wait, unless a transaction is open. For the thread that streams. */
    void send(StreamContext context) {
        if (waiting.isEmpty() || context.progress().isInTransaction()) {
            return;
        }
        NotificationService<PostgresPartition, PostgresOffsetContext> channels = service;
        for (Announcement next = waiting.poll(); next != null && channels != null; next = waiting.poll()) {
            channels.notify(next.notification(), Offsets.of(context.partition(), context.offset()));
        }
    }
}
