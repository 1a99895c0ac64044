// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import dev.tributary.capture.CaptureTask;
import dev.tributary.capture.stream.AlertNotification;
import dev.tributary.guard.Alert;
import dev.tributary.guard.Receiver;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Sends alerts over Debezium's notification channels, which only a running task has: also if the guard of another
 * worker is the one that logs them.
 *
 * @param leases those that want the slot to be watched
 */
record Notifications(Set<Guards.Lease> leases) implements Receiver {

    private static final String AGGREGATE = "WAL guard";

    @Override
    public boolean isReady() {
        return running().isPresent();
    }

    @Override
    public void alert(Alert alert) {
        running().ifPresent(task -> task.send(notification(alert)));
    }

    private Optional<CaptureTask> running() {
        return leases.stream()
                .map(Guards.Lease::running)
                .filter(Objects::nonNull)
                .filter(CaptureTask::sendsNotifications)
                .findFirst();
    }

    private static AlertNotification notification(Alert alert) {
        Map<String, String> data = new HashMap<>();
        data.put("connector_name", alert.connector());
        data.put("slot", alert.slot());
        data.put("message", alert.message());
        data.put("growth_bytes_per_second", String.valueOf(alert.growthPerSecond()));
        if (alert.retainedBytes() != null) {
            data.put("retained_bytes", alert.retainedBytes().toString());
        }
        if (alert.secondsUntilLost() != null) {
            data.put("seconds_until_lost", alert.secondsUntilLost().toString());
        }
        return new AlertNotification(AGGREGATE, alert.level().name(), data, alert.at());
    }
}
