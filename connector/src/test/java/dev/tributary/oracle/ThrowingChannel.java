// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import io.debezium.config.CommonConnectorConfig;
import io.debezium.pipeline.notification.Notification;
import io.debezium.pipeline.notification.channels.NotificationChannel;
import java.util.concurrent.atomic.AtomicInteger;

/** A user's notification channel that fails to send alerts. */
public final class ThrowingChannel implements NotificationChannel {

    static final String NAME = "throwing";

    /** How many alerts were not sent. */
    static final AtomicInteger FAILURES = new AtomicInteger();

    @Override
    public void init(CommonConnectorConfig config) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void send(Notification notification) {
        if (notification.getAggregateType().equals("WAL guard")) {
            FAILURES.incrementAndGet();
            throw new IllegalStateException("no network");
        }
    }

    @Override
    public void close() {}
}
