// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.tributary.sandbox.ConnectWorker;
import dev.tributary.sandbox.PostgresServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guard watches the slot of a connector that nobody runs, and a real receiver gets its alerts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WalGuardIT {

    private final Servers servers = Servers.shared();
    private final PostgresServer postgres = servers.newPostgres()
            .setting("max_slot_wal_keep_size", "64MB")
            .setting("min_wal_size", "32MB")
            .setting("max_wal_size", "32MB")
            .start();
    private final ConnectWorker worker = servers.worker("guard").jmx().start();
    private final List<JsonNode> alerts = new CopyOnWriteArrayList<>();
    private final HttpServer receiver;

    WalGuardIT() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeAll
    void receive() {
        receiver.createContext("/hook", exchange -> {
            alerts.add(new ObjectMapper().readTree(exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterAll
    void stop() {
        receiver.stop(0);
        worker.close();
        postgres.close();
    }

    private static ObjectName guard(TestConnector connector) throws Exception {
        return new ObjectName("dev.tributary:type=guard,server=" + ObjectName.quote(connector.name()));
    }

    /** A paused task still reads, until its queue is full; a stopped one does not. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theSlotOfAConnectorThatDoesNotRunIsWatchedUntilItIsLost(boolean isPaused) throws Exception {
        // Given
        TestDatabase database = Servers.database(postgres);
        database.execute("CREATE TABLE item (id serial PRIMARY KEY, note text)");
        String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
        try (TestConnector connector = new TestConnector(worker.rest(), database)
                        .with("wal.guard.interval.ms", "200")
                        .with("wal.guard.webhook.url", url)
                        .with("wal.guard.webhook.secret", Secrets.newFor("wal.guard.webhook.secret"))
                        .start();
                Topics topics = new Topics(servers, connector);
                Jmx jmx = new Jmx(worker)) {
            database.execute("INSERT INTO item DEFAULT VALUES");
            topics.await(1);
            await("a look").until(() -> jmx.read(guard(connector), "Level").equals("OK"));
            assertThat(jmx.read(guard(connector), "Active")).isEqualTo(true);
            assertThat(jmx.number(guard(connector), "LimitBytes")).isEqualTo(64 << 20);
            assertThat(jmx.number(guard(connector), "RetainedBytes")).isNotNegative();
            assertThat(jmx.number(guard(connector), "FreeConnections")).isPositive();

            // When
            alerts.clear();
            if (isPaused) {
                worker.rest().pause(connector.name());
            } else {
                worker.rest().stop(connector.name());
            }
            await("no longer running").until(() -> connector.connectorState().equals(isPaused ? "PAUSED" : "STOPPED"));
            await("lost").until(() -> {
                database.execute("INSERT INTO item (note) SELECT string_agg(md5(random()::text), '')"
                        + " FROM generate_series(1, 100) AS row, generate_series(1, 300) GROUP BY row");
                database.execute("CHECKPOINT");
                return jmx.read(guard(connector), "Level").equals("LOST");
            });

            // Then
            await("the last alert")
                    .until(() -> alerts.stream()
                            .anyMatch(alert -> alert.path("level").asText().equals("LOST")));
            assertThat(alerts)
                    .extracting(alert -> alert.path("level").asText())
                    .containsSubsequence("CRITICAL", "LOST")
                    .doesNotHaveDuplicates();
            assertThat(alerts.get(0).path("message").asText())
                    .contains(
                            "will be lost",
                            "max_slot_wal_keep_size",
                            "is paused or stopped",
                            "PUT /connectors/" + connector.name() + "/resume");
            assertThat(Files.readString(worker.logFile())).doesNotContain(url);

            // When
            worker.rest().delete(connector.name());

            // Then
            await("nobody watches any more").until(() -> !jmx.exists(guard(connector)));
            await("no connection")
                    .until(() -> "0"
                            .equals(database.query("SELECT count(*) FROM pg_stat_activity"
                                    + " WHERE application_name = 'Tributary guard'")));
        }
    }
}
