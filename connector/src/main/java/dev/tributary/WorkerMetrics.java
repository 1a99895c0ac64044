// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import dev.tributary.metrics.EventStatus;
import dev.tributary.metrics.GuardStatus;
import dev.tributary.metrics.TaskStatus;
import java.util.LinkedHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of a task in the worker's own registry, from where the worker's reporters take them (KIP-877). A number
 * that is not known is not a number.
 *
 * <p>Only for workers of Connect 4.1 and later: on an older one, this class must not be loaded. The worker removes the
 * metrics when the task ends.
 */
final class WorkerMetrics {

    private static final double MILLIS_PER_SECOND = TimeUnit.SECONDS.toMillis(1);

    private final PluginMetrics metrics;

    private WorkerMetrics(PluginMetrics metrics) {
        this.metrics = metrics;
    }

    /** Adds the metrics of a task. */
    static void add(SourceTaskContext context, String topicPrefix, TaskStatus task, EventStatus events) {
        @Nullable PluginMetrics ofTask = context.pluginMetrics();
        if (ofTask != null) {
            new WorkerMetrics(ofTask).add(topicPrefix, task, events);
        }
    }

    private void add(String topicPrefix, TaskStatus task, EventStatus events) {
        gauge("state", "RUNNING or WAITING", task::getState);
        number("failures-total", "Failures since the worker started", () -> sum(task));
        number("retries-total", "Attempts after a failure since the worker started", task::getRetries);
        gauge(
                "lag-seconds",
                "The age of the oldest change that is not stored in Kafka",
                () -> known(events.getLagMillis()) / MILLIS_PER_SECOND);
        number("lag-bytes", "WAL that is not acknowledged, in bytes", events::getLagBytes);
        number("queue-records", "Records that wait for Connect", events::getQueueRecords);
        number("queue-bytes", "Bytes of records that wait for Connect", events::getQueueBytes);
        ofGuard(
                topicPrefix,
                "slot-retained-bytes",
                "WAL that the server retains for the slot, in bytes",
                GuardStatus::getRetainedBytes);
        ofGuard(
                topicPrefix,
                "slot-lost-in-seconds",
                "The forecast: in how many seconds the slot is lost",
                GuardStatus::getSecondsUntilLost);
    }

    private static long sum(TaskStatus task) {
        return task.getFailures().values().stream().mapToLong(Long::longValue).sum();
    }

    private void ofGuard(String topicPrefix, String name, String description, ToLongFunction<GuardStatus> value) {
        number(
                name,
                description,
                () -> GuardStatus.of(topicPrefix).map(value::applyAsLong).orElse((long) GuardStatus.NONE));
    }

    private void number(String name, String description, Supplier<Long> value) {
        gauge(name, description, () -> known(value.get()));
    }

    private static double known(long value) {
        return value < 0 ? Double.NaN : value;
    }

    private void gauge(String name, String description, Supplier<Object> value) {
        metrics.addMetric(metrics.metricName(name, description, new LinkedHashMap<>()), (Gauge<Object>)
                (config, now) -> value.get());
    }
}
