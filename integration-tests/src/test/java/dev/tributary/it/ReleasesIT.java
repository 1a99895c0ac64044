// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tributary.sandbox.ConnectRestException;
import dev.tributary.sandbox.ConnectWorker;
import dev.tributary.sandbox.SchemaRegistry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The core of what the plugin does, in workers of other releases of Connect, and on other versions of Java: the oldest
 * release in every build, all of them with the profile {@code workers}.
 */
class ReleasesIT {

    private static final String AVRO = "dev.tributary.avro.TributaryAvroConverter";

    private final Servers servers = Servers.shared();

    static Stream<WorkerRuntime> runtimes() {
        return WorkerRuntime.chosen().stream();
    }

    @ParameterizedTest
    @MethodSource("runtimes")
    void theCoreWorks(WorkerRuntime runtime) throws Exception {
        System.out.println("ReleasesIT: " + runtime);
        try (ConnectWorker worker = runtime.configure(servers.worker("release-" + runtime.id()))
                .property("exactly.once.source.support", "enabled")
                .property("rest.extension.classes", "dev.tributary.console.ConsoleExtension")
                .start()) {
            assertThat(Files.readString(worker.logFile())).contains("Kafka version: " + runtime.release() + ".");
            listsEveryPluginWithItsVersion(worker);
            refusesABadConfigurationWithTheFix(worker);
            readsASnapshotAndChangesThroughAllTransforms(worker);
            writesAvro(worker);
            resumesExactlyOnce(worker);
            hasAConsoleOrSaysWhyNot(worker, runtime);
            assertThat(linkageErrors(worker)).isEmpty();
        }
    }

    /** REST extensions of Connect 3 are those of javax.ws.rs. */
    private static void hasAConsoleOrSaysWhyNot(ConnectWorker worker, WorkerRuntime runtime) throws Exception {
        int status = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(worker.restUrl().resolve("/tributary/api/connectors"))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
        boolean isOld = runtime.release().startsWith("3.");
        assertThat(status).isEqualTo(isOld ? 404 : 200);
        String log = Files.readString(worker.logFile());
        assertThat(log.contains("The console needs Kafka Connect 4.0 or later")).isEqualTo(isOld);
    }

    private static void listsEveryPluginWithItsVersion(ConnectWorker worker) {
        assertThat(worker.rest().plugins(false))
                .filteredOn(plugin -> plugin.path("class").asText().startsWith("dev.tributary."))
                .as("connector, two converters of which one is for headers, too, seven transforms, two predicates")
                .hasSize(13)
                .allSatisfy(plugin -> assertThat(plugin.path("version").asText())
                        .as("%s", plugin)
                        .isEqualTo("0.1.0"));
    }

    private void refusesABadConfigurationWithTheFix(ConnectWorker worker) throws SQLException {
        TestConnector connector = new TestConnector(worker.rest(), servers.database())
                .with("publication.autocreate.mode", "disabled")
                .with("transforms", "mask")
                .with("transforms.mask.type", "dev.tributary.transforms.MaskFields")
                .with("transforms.mask.rules", "*.customers.email");

        ConnectRestException refused = catchThrowableOfType(ConnectRestException.class, connector::put);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused)
                .hasMessageContaining("CREATE PUBLICATION dbz_publication")
                .hasMessageContaining("*.customers.email");
    }

    private void readsASnapshotAndChangesThroughAllTransforms(ConnectWorker worker) throws Exception {
        TestDatabase database = servers.database();
        database.execute(
                "CREATE TABLE customers (id int PRIMARY KEY, email text, region text, seen int, profile jsonb)",
                "ALTER TABLE customers REPLICA IDENTITY FULL",
                "CREATE TABLE outbox (id int PRIMARY KEY, aggregatetype text, aggregateid text, payload jsonb)",
                "INSERT INTO customers SELECT n, 'c' || n || '@example.org', 'north', 0, '{\"phone\": \"1\", \"n\": 2}'"
                        + " FROM generate_series(1, 500) n");
        try (TestConnector connector = TransformChain.in(new TestConnector(worker.rest(), database))
                        .with("transforms.mask.rules", "*.customers.email=hash,*.customers.profile:/phone=redact")
                        .with("transforms.outbox.table.expand.json.payload", "true")
                        .start();
                Topics rows = new Topics(servers.broker().bootstrapServers(), "app." + database.name());
                Topics messages =
                        new Topics(servers.broker().bootstrapServers(), "app.outbox.event." + database.name())) {
            assertThat(rows.await(500).get(0).value().path("profile").asText())
                    .contains("\"n\": 2")
                    .doesNotContain("\"1\"");

            database.execute(
                    "UPDATE customers SET region = 'east' WHERE id = 7",
                    "INSERT INTO outbox VALUES (7, '" + database.name() + "', 'a-1', '{\"total\": 12.5}')",
                    "DELETE FROM customers WHERE id = 8");

            List<Change> changes =
                    rows.await("the tombstone", seen -> seen.stream().anyMatch(Change::isTombstone));
            assertThat(changes).hasSize(502);
            assertThat(changes.get(500).headers()).containsEntry("ce_type", "public.customers.updated");
            assertThat(changes.get(500).value().path("email").asText()).matches("[0-9a-f]{64}");
            assertThat(messages.await(1).get(0).value().path("total").asDouble())
                    .isEqualTo(12.5);
        }
    }

    private void writesAvro(ConnectWorker worker) throws Exception {
        TestDatabase database = servers.database();
        database.execute(
                "CREATE TABLE item (id int PRIMARY KEY, price numeric(8,2), at timestamptz)",
                "INSERT INTO item VALUES (1, 1.25, now())");
        try (SchemaRegistry registry = servers.sandbox().schemaRegistry().start();
                TestConnector connector = new TestConnector(worker.rest(), database)
                        .without("key.converter.schemas.enable")
                        .without("value.converter.schemas.enable")
                        .with("topic.creation.default.partitions", "1")
                        .with("key.converter", AVRO)
                        .with("value.converter", AVRO)
                        .with("key.converter.schema.registry.url", registry.url())
                        .with("value.converter.schema.registry.url", registry.url())
                        .start();
                AvroTopic topic = new AvroTopic(
                        servers.broker().bootstrapServers(),
                        connector.name() + ".public.item",
                        new AvroTopic.Registry(registry.url()))) {
            topic.await(1);
            database.execute("INSERT INTO item VALUES (2, 2.50, now())");
            assertThat(topic.await(2).get(1).key().get("id")).isEqualTo(2);
        }
    }

    private void resumesExactlyOnce(ConnectWorker worker) throws Exception {
        TestDatabase database = servers.database();
        Traffic.prepare(database);
        try (TestConnector connector = new TestConnector(worker.rest(), database)
                        .tables("public.versioned")
                        .with("exactly.once.support", "required")
                        .with("transaction.boundary", "connector")
                        .start();
                Topics topics = new Topics(servers, connector)) {
            topics.await(1);
            try (Traffic traffic = Traffic.start(database)) {
                Delivery delivery = new Delivery(traffic, topics);
                delivery.awaitProgress();
                worker.stop();
                delivery.awaitWritten();
                worker.start();
                delivery.awaitProgress();
                worker.kill();
                delivery.awaitWritten();
                worker.start();
                delivery.awaitProgress();
                delivery.finish();
            }
            assertThat(topics.changes())
                    .extracting(change -> change.after().path("version").asLong())
                    .doesNotHaveDuplicates();
            assertThat(worker.rest().offsets(connector.name()).toString()).contains(connector.name(), "lsn");
        }
    }

    /** A class, method or field that this release does not have. */
    private static List<String> linkageErrors(ConnectWorker worker) throws IOException {
        try (Stream<String> log = Files.lines(worker.logFile())) {
            return log.filter(line -> line.contains("NoSuchMethodError")
                            || line.contains("NoClassDefFoundError")
                            || line.contains("NoSuchFieldError")
                            || line.contains("AbstractMethodError"))
                    .toList();
        }
    }
}
