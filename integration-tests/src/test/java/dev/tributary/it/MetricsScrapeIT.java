// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.sandbox.ConnectWorker;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real Prometheus scrapes the console of a worker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsScrapeIT {

    private static final String PATH = "/tributary/metrics";

    private final Servers servers = Servers.shared();
    private final ConnectWorker worker = servers.worker("scraped")
            .property("rest.extension.classes", "dev.tributary.console.ConsoleExtension")
            .jmx()
            .start();
    private Prometheus prometheus;

    @BeforeAll
    void scrape(@TempDir Path directory) throws IOException {
        prometheus = Prometheus.scraping(worker.restUrl().getAuthority(), PATH, directory);
    }

    @AfterAll
    void stop() throws InterruptedException {
        prometheus.close();
        worker.close();
    }

    /** With Debezium's own sources, too. */
    @ParameterizedTest
    @ValueSource(strings = {"tributary", "debezium"})
    void everyRowThatIsReadAndEveryChangeIsCountedOnce(String path) throws Exception {
        // Given
        TestDatabase database = servers.database();
        database.execute(
                "CREATE TABLE item (id int PRIMARY KEY, step int)", "INSERT INTO item VALUES (-1, 0), (-2, 0)");

        try (TestConnector connector =
                connector(database).with("capture.path", path).with("skipped.operations", "none")) {
            connector.start();
            awaitEvents(connector, Map.of("read", 2.0));

            // When
            database.execute(
                    "INSERT INTO item SELECT n, 0 FROM generate_series(1, 50) n",
                    "UPDATE item SET step = 1 WHERE id BETWEEN 1 AND 20",
                    "DELETE FROM item WHERE id = 50",
                    "TRUNCATE item");

            // Then
            awaitEvents(connector, Map.of("read", 2.0, "create", 50.0, "update", 20.0, "delete", 1.0, "truncate", 1.0));
            // A scrape can come between two events.
            await("the histogram").until(() -> value("tributary_commit_to_kafka_seconds_count", connector) == 72);
            assertThat(value("tributary_commit_to_kafka_seconds_sum", connector))
                    .isNotNegative();
        }
    }

    @Test
    void whatABackfillReadsIsCounted() throws Exception {
        // Given
        TestDatabase database = servers.database();
        database.execute(
                "CREATE TABLE first (id int PRIMARY KEY)",
                "CREATE TABLE item (id int PRIMARY KEY)",
                "INSERT INTO item SELECT generate_series(1, 1000)",
                "INSERT INTO first VALUES (1)");

        try (TestConnector connector = connector(database).tables("public.first")) {
            connector.start();
            await("a stored offset")
                    .until(() ->
                            worker.rest().offsets(connector.name()).toString().contains("captured_tables"));

            // When
            connector.tables("public.first,public.item").start();

            // Then
            awaitEvents(connector, Map.of("read", 1000.0));
        }
    }

    @Test
    void lagSlotQueueAndStateAreThereAndAreTheTruth() throws Exception {
        // Given
        TestDatabase database = servers.database();
        database.execute("CREATE TABLE item (id serial PRIMARY KEY)");

        try (TestConnector connector = connector(database)) {
            // When
            connector.start();
            database.execute("INSERT INTO item DEFAULT VALUES");
            awaitEvents(connector, Map.of("create", 1.0));

            // Then
            await("the guard's look").until(() -> value("tributary_slot_retained_bytes", connector) > 0);
            // An earlier look has seen the new slot before the task read from it.
            await("a reader").until(() -> value("tributary_slot_active", connector) == 1);
            assertThat(value("tributary_queue_limit_records", connector)).isPositive();
            assertThat(value("tributary_lag_bytes", connector)).isNotNegative();
            await("no lag").until(() -> value("tributary_lag_seconds", connector) == 0);
            assertThat(states(connector)).containsEntry("RUNNING", 1.0).containsEntry("FAILED", 0.0);
            assertThat(prometheus.query("tributary_info{connector=\"" + connector.name() + "\"}", "server"))
                    .containsOnlyKeys(connector.name());

            // When
            worker.rest().pause(connector.name());

            // Then
            await("paused").until(() -> states(connector).getOrDefault("PAUSED", 0.0) == 1);
        }
    }

    @Test
    void theWorkersOwnRegistryHasThemAsWell() throws Exception {
        // Given
        TestDatabase database = servers.database();
        database.execute("CREATE TABLE item (id serial PRIMARY KEY)");

        try (TestConnector connector = connector(database);
                Jmx jmx = new Jmx(worker)) {
            // When
            connector.start();

            // Then
            ObjectName plugin = new ObjectName("kafka.connect:type=plugins,connector=" + connector.name() + ",task=0");
            await("the metrics of the task").until(() -> jmx.exists(plugin));
            assertThat(jmx.attributes(plugin))
                    .contains(
                            "state",
                            "failures-total",
                            "retries-total",
                            "lag-seconds",
                            "lag-bytes",
                            "queue-records",
                            "queue-bytes",
                            "slot-retained-bytes",
                            "slot-lost-in-seconds");
            assertThat(jmx.read(plugin, "state")).isEqualTo("RUNNING");
            await("a look of the guard").until(() -> (Double) jmx.read(plugin, "slot-retained-bytes") >= 0);

            // When
            worker.rest().delete(connector.name());

            // Then
            await("the end of the task").until(() -> !jmx.exists(plugin));
        }
    }

    @Test
    void prometheussOwnToolHasNothingToSayAgainstTheNames() throws Exception {
        // Given
        TestDatabase database = servers.database();
        database.execute("CREATE TABLE item (id serial PRIMARY KEY)", "INSERT INTO item DEFAULT VALUES");

        try (TestConnector connector = connector(database).start()) {
            awaitEvents(connector, Map.of("read", 1.0));

            // When
            HttpResponse<String> page = Prometheus.get(worker.restUrl() + PATH);
            Process tool = new ProcessBuilder(Prometheus.find("promtool").toString(), "check", "metrics")
                    .redirectErrorStream(true)
                    .start();
            try (OutputStream in = tool.getOutputStream()) {
                in.write(page.body().getBytes(UTF_8));
            }
            String output = new String(tool.getInputStream().readAllBytes(), UTF_8);

            // Then
            assertThat(output).isEmpty();
            assertThat(tool.waitFor()).isZero();
            assertThat(page.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
            assertThat(Prometheus.get(worker.restUrl() + PATH, "Accept", "application/openmetrics-text; version=1.0.0")
                            .body())
                    .endsWith("# EOF\n");
        }
    }

    private TestConnector connector(TestDatabase database) {
        return new TestConnector(worker.rest(), database)
                .tables("public.item")
                .with("wal.guard.interval.ms", "200")
                .with("topic.creation.default.partitions", "1");
    }

    private void awaitEvents(TestConnector connector, Map<String, Double> expected) {
        await("the events")
                .untilAsserted(() -> assertThat(prometheus.query(
                                "tributary_events_total{connector=\"" + connector.name()
                                        + "\", table=\"public.item\"} > 0",
                                "operation"))
                        .isEqualTo(expected));
    }

    private Map<String, Double> states(TestConnector connector) {
        return prometheus.query("tributary_state{connector=\"" + connector.name() + "\"}", "state");
    }

    /** The value of a series; not a number if there is none. */
    private double value(String name, TestConnector connector) {
        return prometheus
                .query(name + "{connector=\"" + connector.name() + "\"}", "none")
                .getOrDefault("", Double.NaN);
    }
}
