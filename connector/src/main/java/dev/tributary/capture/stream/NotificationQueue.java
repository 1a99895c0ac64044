// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The notifications of a task that wait for its stream. Those that an attempt has not sent are sent by the next one.
 * Any thread may use it.
 */
public final class NotificationQueue {

    private static final Logger LOG = LoggerFactory.getLogger(NotificationQueue.class);

    /** There are few; more than these only if the stream makes no progress. */
    private static final int MOST = 100;

    private final Queue<AlertNotification> waiting = new LinkedBlockingQueue<>(MOST);

    /** Adds a notification; does not block. */
    public void add(AlertNotification notification) {
        if (!waiting.offer(notification)) {
            LOG.warn("A notification of the type {} is not sent: too many wait for the stream", notification.type());
        }
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Removes the one that has waited longest; null if none waits. */
    @Nullable
    AlertNotification poll() {
        return waiting.poll();
    }
}
