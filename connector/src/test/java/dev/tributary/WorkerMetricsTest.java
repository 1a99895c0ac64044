// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.metrics.EventStatus;
import dev.tributary.metrics.TaskStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.internals.PluginMetricsImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With the registry and the view of it that a worker gives to a task. */
class WorkerMetricsTest {

    private static final String NAME = "worker-metrics";

    private final Metrics worker = new Metrics();
    private long now;

    @AfterEach
    void close() {
        worker.close();
    }

    private PluginMetricsImpl ofTask() {
        return new PluginMetricsImpl(worker, Map.of("connector", NAME, "task", "0"));
    }

    private WorkerMetrics metrics(PluginMetricsImpl registry, TaskStatus status, EventStatus events) {
        return new WorkerMetrics(registry, NAME, status, events, () -> now);
    }

    private Set<String> names() {
        return ofTasks().keySet();
    }

    private Map<String, KafkaMetric> ofTasks() {
        return worker.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().group().equals("plugins"))
                .collect(Collectors.toMap(metric -> metric.getKey().name(), Map.Entry::getValue));
    }

    private Object state() {
        return Objects.requireNonNull(ofTasks().get("state"), "state").metricValue();
    }

    /** Connect starts the next task although the last one, which it has asked to stop, is still busy. */
    @Test
    void aTaskAddsItsOwnWhenTheOneBeforeHasEnded() throws Exception {
        try (TaskStatus first = TaskStatus.open(NAME, NAME);
                EventStatus events = EventStatus.open(NAME, NAME, "1", () -> true);
                PluginMetricsImpl next = ofTask()) {
            // Given
            PluginMetricsImpl before = ofTask();
            metrics(before, first, events);
            first.waiting("a thing", "KIND", "What", 1);
            assertThat(state()).isEqualTo("WAITING");
            TaskStatus second = TaskStatus.open(NAME, NAME);
            second.running();

            // When
            WorkerMetrics metrics = metrics(next, second, events);
            now += Duration.ofSeconds(5).toNanos();
            metrics.run();

            // Then
            assertThat(state()).isEqualTo("WAITING");

            // When
            before.close();
            assertThat(names()).isEmpty();
            metrics.run();

            // Then: that is tried from time to time only
            assertThat(names()).isEmpty();

            // When
            now += Duration.ofSeconds(5).toNanos();
            metrics.run();

            // Then
            assertThat(names()).hasSize(9);
            assertThat(state()).isEqualTo("RUNNING");
            second.close();
        }
    }

    @Test
    void whatIsAddedAlreadyIsNotAddedAgain() throws Exception {
        try (TaskStatus status = TaskStatus.open(NAME, NAME);
                EventStatus events = EventStatus.open(NAME, NAME, "1", () -> true);
                PluginMetricsImpl next = ofTask()) {
            // Given
            PluginMetricsImpl before = ofTask();
            before.addMetric(before.metricName("queue-records", "", new LinkedHashMap<>()), (Gauge<Integer>)
                    (config, time) -> 1);

            // When
            WorkerMetrics metrics = metrics(next, status, events);
            before.close();
            now += Duration.ofSeconds(5).toNanos();
            metrics.run();

            // Then
            assertThat(names()).hasSize(9);
        }
    }
}
