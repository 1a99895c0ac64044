// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.metrics.EventStatus;
import dev.tributary.metrics.GuardStatus;
import dev.tributary.metrics.TableEvents;
import dev.tributary.metrics.TaskStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExpositionTest {

    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0";

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final TaskStatus task = TaskStatus.open("prefix", "shop");
    private final EventStatus events = EventStatus.open("prefix", "shop", "1.2.3", () -> true);
    private final GuardStatus guard = GuardStatus.open("prefix", "shop");
    private Optional<String> connectsState = Optional.of("RUNNING");

    @AfterEach
    void close() {
        guard.close();
        events.close();
        task.close();
    }

    @Test
    void theEventsOfATableAreCountedByOperation() throws Exception {
        // Given
        TableEvents orders = events.table("public.orders", "prefix.public.orders", List.of("id"));
        events.stored(orders.creates(), System.currentTimeMillis() - 7);
        events.stored(orders.creates(), System.currentTimeMillis() - 70);
        events.stored(orders.reads(), EventStatus.NO_COMMIT);

        // When
        List<String> lines = lines(null, true);

        // Then
        assertThat(lines)
                .contains(
                        "# TYPE tributary_events_total counter",
                        "tributary_events_total{connector=\"shop\",operation=\"create\",table=\"public.orders\"} 2.0",
                        "tributary_events_total{connector=\"shop\",operation=\"read\",table=\"public.orders\"} 1.0",
                        "tributary_events_total{connector=\"shop\",operation=\"delete\",table=\"public.orders\"} 0.0",
                        "# TYPE tributary_commit_to_kafka_seconds histogram",
                        "tributary_commit_to_kafka_seconds_bucket{connector=\"shop\",le=\"0.001\"} 0",
                        "tributary_commit_to_kafka_seconds_bucket{connector=\"shop\",le=\"300.0\"} 2",
                        "tributary_commit_to_kafka_seconds_bucket{connector=\"shop\",le=\"+Inf\"} 2",
                        "tributary_commit_to_kafka_seconds_count{connector=\"shop\"} 2",
                        "tributary_info{connector=\"shop\",server=\"prefix\",version=\"1.2.3\"} 1")
                .noneMatch(line -> line.startsWith("tributary_queue_"));
    }

    @Test
    void tablesCanBeLeftOut() throws Exception {
        // Given
        events.stored(events.table("public.orders", "o", List.of()).creates(), EventStatus.NO_COMMIT);
        events.stored(events.table("public.items", "i", List.of()).creates(), EventStatus.NO_COMMIT);

        // When
        List<String> lines = lines(null, false);

        // Then
        assertThat(lines)
                .contains("tributary_events_total{connector=\"shop\",operation=\"create\",table=\"\"} 2.0")
                .noneMatch(line -> line.contains("public."));
    }

    @Test
    void namesOfTablesAreEscaped() throws Exception {
        // Given
        events.table("public.a\"b\\c\nd", "t", List.of());

        // When
        List<String> lines = lines(null, true);

        // Then
        assertThat(lines)
                .contains("tributary_events_total{connector=\"shop\",operation=\"create\","
                        + "table=\"public.a\\\"b\\\\c\\nd\"} 0.0");
    }

    @Test
    void openMetricsIsWrittenForThoseThatAcceptIt() throws Exception {
        assertThat(lines(OPEN_METRICS, true)).last().isEqualTo("# EOF");
        assertThat(exposition().contentType(OPEN_METRICS)).startsWith("application/openmetrics-text");
        assertThat(exposition().contentType("text/plain")).startsWith("text/plain");
        assertThat(exposition().contentType(null)).startsWith("text/plain");
    }

    @Test
    void whatIsNotKnownIsAbsent() throws Exception {
        // Given
        guard.unknown("The server does not answer.");

        // When
        List<String> lines = lines(null, true);

        // Then
        assertThat(lines).noneMatch(line -> line.contains("tributary_slot_")).noneMatch(line -> line.endsWith(" -1.0"));
    }

    @Test
    void theGuardsForecastIsShown() throws Exception {
        // Given
        guard.seenWal(5_000, 1_000L);
        guard.seen(new GuardStatus.Facts(
                "WARNING",
                "",
                Duration.ofHours(1),
                new GuardStatus.Slot("reserved", true, false),
                new GuardStatus.Wal(3_000L, "", -20, 40, null, null),
                new GuardStatus.Standby("", null),
                new GuardStatus.Load(7, 2, 90)));

        // When
        List<String> lines = lines(null, true);

        // Then
        assertThat(lines)
                .contains(
                        "tributary_lag_bytes{connector=\"shop\"} 1000.0",
                        "tributary_slot_retained_bytes{connector=\"shop\"} 3000.0",
                        "tributary_slot_lost_in_seconds{connector=\"shop\"} 3600.0",
                        "tributary_slot_growth_bytes_per_second{connector=\"shop\"} -20.0",
                        "tributary_slot_level{connector=\"shop\",level=\"WARNING\"} 1.0",
                        "tributary_slot_level{connector=\"shop\",level=\"OK\"} 0.0",
                        "tributary_slot_active{connector=\"shop\"} 1.0",
                        "tributary_spilled_bytes_total{connector=\"shop\"} 90.0")
                .noneMatch(line -> line.startsWith("tributary_slot_limit_bytes"));
    }

    @Test
    void aTaskThatWaitsIsShownAsWaiting() throws Exception {
        // Given
        task.waiting("Postgres", "CONNECTION_LOST", "It is down.", 3);

        // When
        List<String> lines = lines(null, true);

        // Then
        assertThat(lines)
                .contains(
                        "tributary_state{connector=\"shop\",state=\"WAITING\"} 1.0",
                        "tributary_state{connector=\"shop\",state=\"RUNNING\"} 0.0",
                        "tributary_failures_in_a_row{connector=\"shop\"} 3.0")
                .anyMatch(line ->
                        line.startsWith("tributary_failures_total{connector=\"shop\",kind=\"CONNECTION_LOST\"}"));
    }

    @Test
    void aTaskThatHasFailedIsKnownFromConnect() throws Exception {
        // Given
        task.close();
        events.close();
        connectsState = Optional.of("FAILED");

        // When
        List<String> lines = lines(null, true);

        // Then
        assertThat(lines).contains("tributary_state{connector=\"shop\",state=\"FAILED\"} 1.0");
    }

    @Test
    void aWorkerThatOnlyWatchesTheSlotDoesNotSayThatTheTaskRuns() throws Exception {
        // Given
        task.close();
        events.close();

        // When
        List<String> lines = lines(null, true);

        // Then
        assertThat(lines).noneMatch(line -> line.startsWith("tributary_state{"));
    }

    @Test
    void debeziumsOwnConnectorsAreShownToCompareWith() throws Exception {
        // Given
        ObjectName debeziums =
                new ObjectName("debezium.postgres:type=connector-metrics,context=streaming,server=legacy");
        ObjectName ours = new ObjectName("debezium.postgres:type=connector-metrics,context=streaming,server=prefix");
        server.registerMBean(new Streaming(), debeziums);
        server.registerMBean(new Streaming(), ours);
        try {
            // When
            List<String> lines = lines(null, true);

            // Then
            assertThat(lines)
                    .contains(
                            "tributary_debezium_lag_seconds{plugin=\"postgres\",server=\"legacy\",task=\"\"} 1.5",
                            "tributary_debezium_connected{plugin=\"postgres\",server=\"legacy\",task=\"\"} 1.0",
                            "tributary_debezium_events_total{operation=\"create\",plugin=\"postgres\","
                                    + "server=\"legacy\",task=\"\"} 5.0")
                    .noneMatch(line -> line.startsWith("tributary_debezium") && line.contains("server=\"prefix\""));
        } finally {
            server.unregisterMBean(ours);
            server.unregisterMBean(debeziums);
        }
    }

    @Test
    void aWorkerWithoutConnectorsHasNothingToSay() throws Exception {
        // Given
        close();

        // When, Then
        assertThat(lines(null, true)).noneMatch(line -> line.startsWith("tributary_"));
    }

    private Exposition exposition() {
        return new Exposition(server, connector -> connectsState);
    }

    private List<String> lines(@Nullable String accept, boolean byTable) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        exposition().write(out, accept, byTable);
        return out.toString(UTF_8).lines().toList();
    }

    /** Some attributes of Debezium's MBean. */
    public interface StreamingMXBean {

        boolean isConnected();

        long getMilliSecondsBehindSource();

        long getTotalNumberOfCreateEventsSeen();
    }

    private static final class Streaming implements StreamingMXBean {

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public long getMilliSecondsBehindSource() {
            return 1_500;
        }

        @Override
        public long getTotalNumberOfCreateEventsSeen() {
            return 5;
        }
    }
}
