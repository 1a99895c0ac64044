// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import io.debezium.pipeline.notification.Notification;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * An alert as a notification of Debezium's.
 *
 * @param aggregate what it is about
 * @param type what has happened to that
 * @param data what else there is to say; without values of rows
 * @param at when it was noticed
 */
public record AlertNotification(String aggregate, String type, Map<String, String> data, Instant at) {

    public AlertNotification {
        data = Map.copyOf(data);
    }

    Notification notification() {
        return new Notification(UUID.randomUUID().toString(), aggregate, type, data, at.toEpochMilli());
    }
}
