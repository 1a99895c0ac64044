// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.sandbox.ConnectWorker;
import dev.tributary.sandbox.PostgresServer;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.TakesScreenshot;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chromium.HasCdp;
import org.openqa.selenium.logging.LogEntry;

/** The console in a real worker, as a person sees it in a real browser, and as a program reads it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleIT {

    private static final String EXTENSION = "dev.tributary.console.ConsoleExtension";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Servers servers = Servers.shared();
    private final PostgresServer postgres = servers.newPostgres()
            .setting("max_slot_wal_keep_size", "64MB")
            .setting("min_wal_size", "32MB")
            .setting("max_wal_size", "32MB")
            .start();
    private final ConnectWorker worker = servers.worker("console")
            .property("rest.extension.classes", EXTENSION)
            .property("console.actions", "true")
            .start();
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebDriver browser = Browser.start();

    @AfterAll
    void stop() {
        browser.quit();
        worker.close();
        postgres.close();
    }

    private TestConnector connector(TestDatabase database) {
        return new TestConnector(worker.rest(), database)
                .with("wal.guard.interval.ms", "500")
                .with("signal.poll.interval.ms", "200")
                .with("read.only", "true");
    }

    private URI console(String path) {
        return worker.restUrl().resolve("/tributary/" + path);
    }

    private void open(String path) {
        browser.get(console(path).toString());
    }

    /** The text of the first element as it is now; empty if there is none. */
    private String text(String selector) {
        return read("element.innerText", selector);
    }

    private String read(String expression, String selector) {
        Object value = ((JavascriptExecutor) browser)
                .executeScript(
                        "const element = document.querySelector(arguments[0]); return element ? " + expression
                                + " : ''",
                        selector);
        return String.valueOf(value);
    }

    private void click(String selector) {
        // The page is drawn anew every two seconds.
        await(selector).ignoreExceptionsInstanceOf(WebDriverException.class).until(() -> {
            List<WebElement> found = browser.findElements(By.cssSelector(selector));
            found.stream().limit(1).forEach(WebElement::click);
            return !found.isEmpty();
        });
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(console(path)).build(), BodyHandlers.ofString());
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return MAPPER.readTree(answer.body());
    }

    private HttpResponse<String> post(String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(console(path)).POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** For a person to look at: target/console/*.png, light and dark. */
    private void screenshot(String name) throws IOException {
        for (String scheme : List.of("light", "dark")) {
            ((HasCdp) browser)
                    .executeCdpCommand(
                            "Emulation.setEmulatedMedia",
                            Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
            File taken = ((TakesScreenshot) browser).getScreenshotAs(OutputType.FILE);
            Path directory = Files.createDirectories(Path.of("target", "console"));
            Files.write(directory.resolve(name + "-" + scheme + ".png"), Files.readAllBytes(taken.toPath()));
        }
    }

    private void assertNoComplaints() {
        assertThat(browser.manage().logs().get("browser").getAll())
                .extracting(LogEntry::getMessage)
                .noneMatch(message -> message.contains("Content Security Policy") || message.contains("Uncaught"));
    }

    @Test
    void aRunningConnectorIsShownPausedAndResumed() throws Exception {
        // Given
        TestDatabase database = Servers.database(postgres);
        database.execute("CREATE TABLE \"<b>item</b>\" (id serial PRIMARY KEY, secret text, \"<i>x</i>\" text)");
        database.execute("INSERT INTO \"<b>item</b>\" (secret) SELECT 'old ' || i FROM generate_series(1, 50) AS i");
        try (TestConnector connector = connector(database).start();
                Topics topics = new Topics(servers, connector)) {
            topics.await(50);
            database.execute("INSERT INTO \"<b>item</b>\" (secret) VALUES ('4111-1111 <img src=x>')");
            database.execute("INSERT INTO \"<b>item</b>\" (secret) VALUES (repeat('wide', 225000))");
            topics.await(52);

            // When
            open("");

            // Then
            await("the overview").until(() -> text("main table").contains(connector.name()));
            assertThat(text("main table")).contains("running");
            screenshot("overview");

            // When
            click("main table a");

            // Then
            await("its page").until(() -> text("h2").equals(connector.name()));
            await("its slot").until(() -> text(".facts").contains("of 64 MB"));
            await("its charts")
                    .until(() -> !browser.findElements(By.cssSelector(".chart canvas"))
                            .isEmpty());
            screenshot("connector");

            // When
            click("#samples summary");
            click("#load-samples");

            // Then
            await("the sample").until(() -> text("#samples table").contains("secret: •"));
            assertThat(browser.getPageSource()).doesNotContain("4111-1111").doesNotContain("widewide");
            assertThat(browser.findElements(By.cssSelector("main img, main b, main i")))
                    .isEmpty();
            assertThat(text("main")).contains("<i>x</i>: •");

            // When
            click("#check");

            // Then
            await("the check").until(() -> text("#findings").contains("Check of"));

            // When
            click("#pause");
            assertThat(text("dialog")).contains("the slot is lost");
            click("#confirm");

            // Then
            await("paused").until(() -> connector.connectorState().equals("PAUSED"));
            await("shown as paused").until(() -> text(".title").contains("paused"));

            // When
            click("#resume");
            click("#confirm");

            // Then
            await("running").until(() -> text(".title").contains("running"));
            assertNoComplaints();
        }
        await("no longer there").until(() -> text("main").contains("no Postgres connector of this name"));
    }

    @Test
    void theBarOfASnapshotMoves() throws Exception {
        // Given
        TestDatabase database = Servers.database(postgres);
        database.execute("CREATE TABLE big (id int PRIMARY KEY, filler text)");
        database.execute(
                "INSERT INTO big SELECT i, md5(i::text) || repeat('x', 1868) FROM generate_series(1, 30000) AS i");
        database.execute("ANALYZE");
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", servers.broker().bootstrapServers()))) {
            // The broker lets through what it allows for eleven seconds, and then nothing for as long.
            limitProducer(admin, database.name(), 1_000_000.0);
            try (TestConnector connector = connector(database)
                    // The bar moves when a chunk is done; these are read one after another.
                    .with("snapshot.max.threads", "1")
                    .with("max.queue.size", "2048")
                    .with("max.batch.size", "512")
                    .with("producer.override.buffer.memory", "1000000")
                    .with("producer.override.batch.size", "16384")
                    .put()) {

                // When
                open("#/" + connector.name());

                // Then
                Set<String> seen = new TreeSet<>();
                await("a bar that moves").until(() -> {
                    seen.add(read("'at ' + element.value", "#snapshot progress"));
                    seen.remove("");
                    return seen.size() >= 2;
                });
                assertThat(text("#snapshot")).contains("of about 30,000 rows");
                screenshot("snapshot");
                limitProducer(admin, database.name(), null);
                await("its end").until(() -> text(".title").contains("running"));
                assertNoComplaints();
            }
        }
    }

    /** @param bytesPerSecond null for no limit */
    private static void limitProducer(Admin admin, String connector, @Nullable Double bytesPerSecond) throws Exception {
        ClientQuotaEntity producer =
                new ClientQuotaEntity(Map.of(ClientQuotaEntity.CLIENT_ID, "connector-producer-" + connector + "-0"));
        admin.alterClientQuotas(List.of(new ClientQuotaAlteration(
                        producer, List.of(new ClientQuotaAlteration.Op("producer_byte_rate", bytesPerSecond)))))
                .all()
                .get();
    }

    @Test
    void aLostSlotShowsCauseAndFix() throws Exception {
        // Given
        TestDatabase database = Servers.database(postgres);
        database.execute("CREATE TABLE item (id serial PRIMARY KEY, note text)");
        try (TestConnector connector = connector(database).start()) {
            worker.rest().stop(connector.name());
            await("stopped").until(() -> connector.connectorState().equals("STOPPED"));
            open("#/" + connector.name());

            // When
            await("lost").until(() -> {
                database.execute("INSERT INTO item (note) SELECT string_agg(md5(random()::text), '')"
                        + " FROM generate_series(1, 100) AS row, generate_series(1, 300) GROUP BY row");
                database.execute("CHECKPOINT");
                return text(".title").contains("slot lost");
            });

            // Then
            assertThat(text("main")).contains("is lost: the server has removed WAL", "Fix:");
            screenshot("slot-lost");

            // When
            click("#reset");
            assertThat(text("dialog")).contains("It forgets its position");
            click("#cancel");
            worker.rest().resume(connector.name());

            // Then
            await("failed").until(() -> connector.taskState().equals("FAILED"));
            await("shown as failed, with the fix")
                    .until(() -> text(".notice.bad").contains("Failed")
                            && text(".notice.bad").contains("Fix:"));
            screenshot("failed");
            browser.manage().window().setSize(new Dimension(390, 844));
            screenshot("failed-phone");
            browser.manage().window().setSize(new Dimension(1280, 900));
            assertNoComplaints();
        }
    }

    @Test
    void aTableIsReadAgainOnRequest() throws Exception {
        // Given
        TestDatabase database = Servers.database(postgres);
        database.execute("CREATE TABLE \"order.line\" (id serial PRIMARY KEY, note text)");
        database.execute("INSERT INTO \"order.line\" (note) SELECT 'row' FROM generate_series(1, 30)");
        try (TestConnector connector = connector(database).start();
                Topics topics = new Topics(servers, connector)) {
            topics.await(30);
            String path = "api/connectors/" + connector.name() + "/snapshot";
            for (String type : List.of("incremental", "blocking")) {
                int before = topics.changes().size();

                // When
                HttpResponse<String> answer = post(
                        path,
                        "{\"table\": \"public.order.line\", \"type\": \"" + type + "\"}",
                        "Content-Type",
                        "application/json");

                // Then
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                topics.await(before + 30);
            }
        }
    }

    @Test
    void requestsFromOtherSitesAreRefused() throws Exception {
        // Given
        TestDatabase database = Servers.database(postgres);
        try (TestConnector connector = connector(database).start()) {
            String check = "api/connectors/" + connector.name() + "/check";

            // When, then
            assertThat(post(check, "{}", "Content-Type", "application/json", "Origin", "http://evil.example")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(post(check, "{}", "Content-Type", "application/json", "Sec-Fetch-Site", "cross-site")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(post(check, "{}", "Content-Type", "text/plain").statusCode())
                    .isEqualTo(403);
            assertThat(post(check, "{}", "Content-Type", "application/json").statusCode())
                    .isEqualTo(200);
            assertThat(post("api/connectors/none/check", "{}", "Content-Type", "application/json")
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void theFactsHaveNoSecret() throws Exception {
        // Given
        TestDatabase database = Servers.database(postgres);
        try (TestConnector connector = connector(database).start()) {
            String password = connector.config().get("database.password");

            // When
            await("its options")
                    .until(() -> json("api/connectors/" + connector.name())
                            .path("facts")
                            .has("connector"));
            String facts = json("api/connectors/" + connector.name()).toString();

            // Then
            assertThat(facts).contains("database.password").doesNotContain(password);
            assertThat(json("api/worker").toString()).doesNotContain(password);
            assertThat(json("api").path("openapi").asText()).startsWith("3.");
            HttpResponse<String> page = get("");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'")
                    .doesNotContain("unsafe");
            assertThat(page.body()).doesNotContain("http://").doesNotContain("https://");
        }
    }

    /** A second worker, whose operator wants values to be shown, and which then does not answer any more. */
    @Test
    void eachWorkerShowsTheTasksOfAll() throws Exception {
        // Given
        TestDatabase database = Servers.database(postgres);
        database.execute("CREATE TABLE item (id serial PRIMARY KEY, note text)");
        ConnectWorker one = pair();
        ConnectWorker two = pair();
        try (TestConnector connector = new TestConnector(one.rest(), database).start();
                Topics topics = new Topics(servers, connector)) {
            database.execute("INSERT INTO item (note) VALUES (repeat('long ', 1000))");
            topics.await(1);
            String path = "/tributary/api/connectors/" + connector.name();

            for (ConnectWorker asked : List.of(one, two)) {
                // When
                await("facts at " + asked).until(() -> {
                    JsonNode facts = json(asked, path).path("facts");
                    return facts.path("task").path("state").asText().equals("RUNNING") && facts.has("connector");
                });
                await("an event at " + asked)
                        .until(() -> !json(asked, path + "/samples?topic=" + connector.name() + ".public.item")
                                .path("events")
                                .isEmpty());
                String sample = json(asked, path + "/samples?topic=" + connector.name() + ".public.item")
                        .toString();

                // Then
                assertThat(sample).contains("long long").contains("…").hasSizeLessThan(1000);
            }

            // When
            String owner = json(one, path).path("tasks").path(0).path("worker").asText();
            ConnectWorker runs = one.restUrl().getAuthority().equals(owner) ? one : two;
            ConnectWorker other = runs == one ? two : one;
            runs.pause();

            // Then
            await("a worker that does not answer")
                    .until(() ->
                            json(other, "/tributary/api/connectors")
                                    .path("workers")
                                    .findValuesAsText("problem")
                                    .stream()
                                    .anyMatch(problem -> problem.contains("cannot be reached")));
            runs.resume();
        } finally {
            one.close();
            two.close();
        }
    }

    private ConnectWorker pair() {
        return servers.worker("console-pair")
                .property("rest.extension.classes", EXTENSION)
                .property("console.event.values", "true")
                .start();
    }

    private JsonNode json(ConnectWorker asked, String path) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(HttpRequest.newBuilder(asked.restUrl().resolve(path)).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return MAPPER.readTree(answer.body());
    }
}
