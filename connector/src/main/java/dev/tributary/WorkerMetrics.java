// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import dev.tributary.metrics.EventStatus;
import dev.tributary.metrics.GuardStatus;
import dev.tributary.metrics.TaskStatus;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metrics of a task in the worker's own registry, from where the worker's reporters take them (KIP-877). A number
 * that is not known is not a number.
 *
 * <p>Only for workers of Connect 4.1 and later: on an older one, this class must not be loaded. The worker removes the
 * metrics when the task ends. A task that was restarted while it was busy ends after the next one has started, and
 * until then its metrics have the names. So the next one adds its own when the names are free.
 *
 * <p>For one thread at a time.
 */
final class WorkerMetrics implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerMetrics.class);

    private static final double MILLIS_PER_SECOND = TimeUnit.SECONDS.toMillis(1);
    private static final long PAUSE_NANOS = Duration.ofSeconds(5).toNanos();

    private final PluginMetrics metrics;
    private final LongSupplier nanos;
    private final Queue<Missing> missing = new ArrayDeque<>();
    private long lastTry;

    /** A metric that is still to be added. */
    private record Missing(String name, String description, Gauge<Object> value) {}

    /** @param nanos a clock like {@link System#nanoTime()} */
    WorkerMetrics(PluginMetrics metrics, String topicPrefix, TaskStatus task, EventStatus events, LongSupplier nanos) {
        this.metrics = metrics;
        this.nanos = nanos;
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
        addMissing();
    }

    /** Adds what is missing, if that was not tried a moment ago. */
    @Override
    public void run() {
        if (!missing.isEmpty() && nanos.getAsLong() - lastTry >= PAUSE_NANOS) {
            addMissing();
        }
    }

    private void addMissing() {
        lastTry = nanos.getAsLong();
        try {
            for (Missing next = missing.peek(); next != null; next = missing.peek()) {
                metrics.addMetric(
                        metrics.metricName(next.name(), next.description(), new LinkedHashMap<>()), next.value());
                missing.remove();
            }
        } catch (RuntimeException e) {
            // No capture fails because of a metric.
            LOG.debug("{} metrics cannot be added to the worker's yet", missing.size(), e);
        }
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
        missing.add(new Missing(name, description, (config, now) -> value.get()));
    }
}
