// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.metrics.EventStatus;
import dev.tributary.metrics.GuardStatus;
import dev.tributary.metrics.TaskStatus;
import io.prometheus.jmx.JmxCollector;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The JMX exporter with our configuration, on our MBeans. */
class JmxExporterTest {

    private static final Path CONFIGURATION = Path.of("..", "docs", "dashboards", "jmx-exporter.yaml");

    @Test
    void itExportsWhatTheConsoleDoesUnderTheSameNames() throws Exception {
        try (TaskStatus task = TaskStatus.open("exported", "exported");
                EventStatus events = EventStatus.open("exported", "exported", "1.2.3", () -> true);
                GuardStatus guard = GuardStatus.open("exported", "exported")) {
            // Given
            task.waiting("Postgres", "CONNECTION_LOST", "It is down.", 3);
            task.retried();
            events.dropped();
            guard.seenWal(5_000, 1_000L);
            guard.seen(new GuardStatus.Facts(
                    "WARNING",
                    "",
                    Duration.ofHours(1),
                    new GuardStatus.Slot("reserved", true, false),
                    new GuardStatus.Wal(3_000L, "", -20, 40, 9L, 10L),
                    new GuardStatus.Standby("", null),
                    new GuardStatus.Load(7, 2, 90)));

            // When
            List<String> exported = exported();

            // Then
            assertThat(exported)
                    .contains(
                            "tributary_state{connector=\"exported\",state=\"WAITING\"} 1.0",
                            "tributary_failures_total{connector=\"exported\",kind=\"CONNECTION_LOST\"} 1.0",
                            "tributary_lag_bytes{connector=\"exported\"} 1000.0",
                            "tributary_slot_level{connector=\"exported\",level=\"WARNING\"} 1.0",
                            "tributary_slot_growth_bytes_per_second{connector=\"exported\"} -20.0",
                            "tributary_slot_lost_in_seconds{connector=\"exported\"} 3600.0",
                            "tributary_dropped_events_total{connector=\"exported\"} 1.0")
                    .noneMatch(line -> line.endsWith(" -1.0"));
            assertThat(withoutClocks(exported)).isSubsetOf(withoutClocks(exposed()));
        }
    }

    private static List<String> exported() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrometheusRegistry registry = new PrometheusRegistry();
        new JmxCollector(CONFIGURATION.toFile()).register(registry);
        PrometheusTextFormatWriter.create().write(out, registry.scrape());
        return ours(out);
    }

    private static List<String> exposed() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Exposition(ManagementFactory.getPlatformMBeanServer(), connector -> Optional.of(TaskStates.RUNNING))
                .write(out, null, true);
        return ours(out);
    }

    private static List<String> ours(ByteArrayOutputStream out) {
        return out.toString(UTF_8)
                .lines()
                .filter(line -> line.startsWith("tributary_") && line.contains("connector=\"exported\""))
                .toList();
    }

    /** The lag changes between two looks. */
    private static List<String> withoutClocks(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.startsWith("tributary_lag_seconds"))
                .toList();
    }
}
