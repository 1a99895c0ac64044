// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.pipeline.notification.Notification;
import io.debezium.pipeline.spi.Offsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends Debezium's notifications that other threads ask for, during one attempt. The thread that streams sends them
 * between two transactions: there the offset of the record in the topic is exact, no group of records is divided, and
 * Debezium's channels, which are made for one thread, have one.
 */
public final class NotificationSender {

    private static final Logger LOG = LoggerFactory.getLogger(NotificationSender.class);

    private final NotificationQueue waiting;
    private volatile @Nullable Channels channels;
    private volatile boolean streaming;

    /** Debezium's notification channels that are enabled. */
    @FunctionalInterface
    public interface Channels {

        /** Sends a notification over each of them; nothing keeps a channel from throwing. */
        void send(Notification notification, Offsets<PostgresPartition, PostgresOffsetContext> offsets);
    }

    /** @param waiting what is to be sent; it outlives this sender */
    public NotificationSender(NotificationQueue waiting) {
        this.waiting = waiting;
    }

    /** Sends them over channels from now on, while {@link #isStreaming()}. */
    public void sendOver(Channels opened) {
        channels = opened;
    }

    /** Whether a thread streams, and sends them. For any thread. */
    public boolean isStreaming() {
        return streaming && channels != null;
    }

    /** The stream begins, or ends. For the thread that streams. */
    void streams(boolean begins) {
        streaming = begins;
    }

    /** Asks for a notification. For any thread; does not block. */
    public void add(AlertNotification notification) {
        waiting.add(notification);
    }

    /** Sends those that wait, unless a transaction is open. For the thread that streams. */
    void send(StreamContext context) {
        if (!waiting.isEmpty() && !context.progress().isInTransaction()) {
            send(Offsets.of(context.partition(), context.offset()));
        }
    }

    void send(Offsets<PostgresPartition, PostgresOffsetContext> offsets) {
        Channels open = channels;
        if (open != null) {
            for (AlertNotification next = waiting.poll(); next != null; next = waiting.poll()) {
                send(next, open, offsets);
            }
        }
    }

    /** No capture fails because of an alert. */
    private static void send(
            AlertNotification next, Channels open, Offsets<PostgresPartition, PostgresOffsetContext> offsets) {
        try {
            open.send(next.notification(), offsets);
        } catch (RuntimeException e) {
            LOG.warn(
                    "A notification of the type {} was not sent over all channels, because one failed with {}."
                            + " The stream continues; the notification is not sent again",
                    next.type(),
                    e.getClass().getName());
        }
    }
}
