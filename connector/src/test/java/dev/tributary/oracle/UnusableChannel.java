// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import io.debezium.config.CommonConnectorConfig;
import io.debezium.pipeline.notification.Notification;
import io.debezium.pipeline.notification.channels.NotificationChannel;

/** A user's notification channel that fails to start. */
public final class UnusableChannel implements NotificationChannel {

    static final String NAME = "unusable";

    @Override
    public void init(CommonConnectorConfig config) {
        throw new IllegalStateException("no network");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void send(Notification notification) {}

    @Override
    public void close() {}
}
