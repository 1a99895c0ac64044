// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.sandbox.ConnectWorker;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The console in a real worker, as a program reads it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleApiIT {

    private final Servers servers = Servers.shared();
    private final ConnectWorker worker = servers.worker("console-api")
            .property("rest.extension.classes", ConsoleIT.EXTENSION)
            .property("console.actions", "true")
            .property("config.providers", "file")
            .property("config.providers.file.class", "org.apache.kafka.common.config.provider.FileConfigProvider")
            .start();
    private final ConsoleApi console = new ConsoleApi(worker);

    @AfterAll
    void stop() {
        worker.close();
    }

    private TestConnector connector(TestDatabase database) {
        return new TestConnector(worker.rest(), database)
                .with("signal.poll.interval.ms", "200")
                .with("read.only", "true");
    }

    @Test
    void aTableIsReadAgainOnRequest() throws Exception {
        // Given
        TestDatabase database = servers.database();
        database.execute("CREATE TABLE \"order.line\" (id serial PRIMARY KEY, note text)");
        database.execute("INSERT INTO \"order.line\" (note) SELECT 'row' FROM generate_series(1, 30)");
        try (TestConnector connector = connector(database).start();
                Topics topics = new Topics(servers, connector)) {
            topics.await(30);
            String path = "api/connectors/" + connector.name() + "/snapshot";
            for (String type : List.of("incremental", "blocking")) {
                int before = topics.changes().size();

                // When
                await().untilAsserted(() -> {
                    // Refused until the first snapshot has ended.
                    HttpResponse<String> answer = console.post(
                            path,
                            "{\"table\": \"public.order.line\", \"type\": \"" + type + "\"}",
                            "Content-Type",
                            "application/json");
                    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                });

                // Then
                topics.await(before + 30);
            }
        }
    }

    @Test
    void requestsFromOtherSitesAreRefused() throws Exception {
        // Given
        TestDatabase database = servers.database();
        try (TestConnector connector = connector(database).start()) {
            String check = "api/connectors/" + connector.name() + "/check";

            // When, then
            assertThat(console.post(check, "{}", "Content-Type", "application/json", "Origin", "http://evil.example")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(console.post(check, "{}", "Content-Type", "application/json", "Sec-Fetch-Site", "cross-site")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(console.post(check, "{}", "Content-Type", "text/plain").statusCode())
                    .isEqualTo(403);
            assertThat(console.post(check, "{}", "Content-Type", "application/json")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(console.post("api/connectors/none/check", "{}", "Content-Type", "application/json")
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    /** It is resolved as Connect does, and appears nowhere. */
    @Test
    void aPlanTakesThePasswordFromAProviderOfTheWorker(@TempDir Path directory) throws Exception {
        // Given
        TestDatabase database = servers.database();
        database.execute("CREATE TABLE item (id int PRIMARY KEY)");
        Map<String, String> config = new HashMap<>(connector(database).config());
        String password = config.get("database.password");
        Path secrets = directory.resolve("secrets.properties");
        Files.writeString(secrets, "user=" + config.get("database.user") + "\npassword=" + password + "\n");
        config.put("database.user", "${file:" + secrets + ":user}");
        config.put("database.password", "${file:" + secrets + ":password}");

        for (Object body : List.of(config, Map.of("name", "planned", "config", config))) {
            // When
            HttpResponse<String> answer = console.post(
                    "api/plan?probe=false",
                    new ObjectMapper().writeValueAsString(body),
                    "Content-Type",
                    "application/json");

            // Then
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body())
                    .contains("\"canStart\":true", "public.item")
                    .doesNotContain(password);
        }
        assertThat(worker.rest().connectors().toString()).doesNotContain("planned");
    }

    @Test
    void whatIsNoConfigurationIsRefused() throws Exception {
        for (String body : List.of(
                "{", "[]", "{}", "\"text\"", "{\"database.password\": {\"a\": \"secret\"}}", "{\"a\": secret}")) {
            // When
            HttpResponse<String> answer = console.post("api/plan", body, "Content-Type", "application/json");

            // Then
            assertThat(answer.statusCode()).as(body).isEqualTo(400);
            assertThat(answer.body()).doesNotContain("secret");
        }
        assertThat(console.post("api/plan", "{}", "Content-Type", "application/json", "Origin", "http://evil.example")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void theFactsHaveNoSecret() throws Exception {
        // Given
        TestDatabase database = servers.database();
        try (TestConnector connector = connector(database).start()) {
            String password = connector.config().get("database.password");

            // When
            await("its options")
                    .until(() -> console.json("api/connectors/" + connector.name())
                            .path("facts")
                            .has("connector"));
            String facts = console.json("api/connectors/" + connector.name()).toString();

            // Then
            assertThat(facts).contains("database.password").doesNotContain(password);
            assertThat(console.json("api/worker").toString()).doesNotContain(password);
            assertThat(console.json("api").path("openapi").asText()).startsWith("3.");
            HttpResponse<String> page = console.get("");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'")
                    .doesNotContain("unsafe");
            assertThat(page.body()).doesNotContain("http://").doesNotContain("https://");
        }
    }
}
