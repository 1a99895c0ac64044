// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.sandbox.ConnectWorker;
import dev.tributary.sandbox.PluginDirectory;
import dev.tributary.sandbox.SchemaRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The Avro converter in a real worker, with a real registry, beside Apicurio's converter. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AvroIT {

    private static final String OURS = "dev.tributary.avro.TributaryAvroConverter";
    private static final String APICURIOS = "io.apicurio.registry.utils.converter.AvroConverter";

    private final Servers servers = Servers.shared();
    private final SchemaRegistry server = servers.sandbox().schemaRegistry().start();
    private final AvroTopic.Registry registry = new AvroTopic.Registry(server.url());
    private final PluginDirectory apicurio = PluginDirectory.ofJars(
            servers.sandbox().distribution().registryConverter(),
            servers.sandbox().directory().resolve("apicurio-converter"));
    private final ConnectWorker worker = servers.worker("avro")
            .plugin(apicurio)
            // Apicurio's converter does not list itself as a service.
            .property("plugin.discovery", "hybrid_warn")
            .start();

    @BeforeAll
    void requireCompatibility() {
        registry.requires("BACKWARD");
    }

    @AfterAll
    void stop() {
        worker.close();
        server.close();
    }

    /** With the options of both converters, so that one line per converter switches between them. */
    private TestConnector connector(TestDatabase database, String converter) {
        TestConnector connector = new TestConnector(worker.rest(), database)
                .without("key.converter.schemas.enable")
                .without("value.converter.schemas.enable")
                .with("topic.creation.default.partitions", "1");
        for (String part : List.of("key.converter", "value.converter")) {
            connector
                    .with(part, converter)
                    .with(part + ".schema.registry.url", server.url())
                    .with(part + ".apicurio.registry.url", server.nativeUrl())
                    .with(part + ".apicurio.registry.auto-register", "true")
                    .with(part + ".apicurio.registry.as-confluent", "true")
                    .with(part + ".apicurio.registry.use-id", "contentId")
                    .with(part + ".apicurio.registry.headers.enabled", "false");
        }
        return connector;
    }

    private AvroTopic topic(TestConnector connector, String table) {
        return new AvroTopic(servers.broker().bootstrapServers(), connector.name() + ".public." + table, registry);
    }

    @Test
    void aRunningConnectorIsSwitchedFromApicuriosConverterAndBack() throws Exception {
        TestDatabase database = servers.database();
        database.execute(
                "CREATE TABLE item (id int PRIMARY KEY, name text NOT NULL, price numeric(10,2), at timestamptz,"
                        + " tags text[], made date DEFAULT '2026-01-01', doc jsonb, ok boolean, weight float8, raw bytea)");
        String insert = "INSERT INTO item SELECT n, 'item ' || n || ' äöü', n * 1.25, now(), ARRAY['a', NULL, n::text],"
                + " '2026-02-03', '{\"n\": 1}', n %% 2 = 0, n / 3.0, decode('00ff', 'hex') FROM generate_series(%d, %d) n";
        database.execute(insert.formatted(1, 10));
        try (TestConnector connector = connector(database, APICURIOS).start();
                AvroTopic topic = topic(connector, "item")) {
            topic.await(10);
            database.execute(insert.formatted(11, 20));
            topic.await(20);

            connector.with("key.converter", OURS).with("value.converter", OURS).start();
            database.execute(insert.formatted(21, 30));
            topic.await(30);
            connector
                    .with("key.converter", APICURIOS)
                    .with("value.converter", APICURIOS)
                    .start();
            database.execute(insert.formatted(31, 40));
            List<AvroTopic.Message> messages = topic.await(40);

            assertThat(messages.stream().map(message -> message.key().get("id")).toList())
                    .isEqualTo(IntStream.rangeClosed(1, 40).boxed().toList());
            assertThat(messages.stream().map(AvroTopic.Message::schema).distinct())
                    .as("ids of schemas")
                    .hasSize(1);
            for (String part : List.of("-key", "-value")) {
                assertThat(registry.versions(connector.name() + ".public.item" + part))
                        .hasSize(1);
            }
            assertThat(messages.get(25).after().get("name")).hasToString("item 26 äöü");
            assertThat(messages.get(25).after().get("ok")).isEqualTo(true);
        }
    }

    @Test
    void schemasEvolveWhileTheConnectorRuns() throws Exception {
        TestDatabase database = servers.database();
        database.execute("CREATE TABLE item (id int PRIMARY KEY, name text, price int)");
        try (TestConnector connector = connector(database, OURS).start();
                AvroTopic topic = topic(connector, "item")) {
            String subject = connector.name() + ".public.item-value";
            database.execute("INSERT INTO item VALUES (1, 'a', 10)");
            topic.await(1);
            Schema first = registry.schema(subject, 1);

            database.execute("ALTER TABLE item ADD COLUMN note text");
            database.execute("INSERT INTO item VALUES (2, 'b', 20, 'new')");
            database.execute("ALTER TABLE item ADD COLUMN stock int NOT NULL DEFAULT 5");
            database.execute("INSERT INTO item VALUES (3, 'c', 30, 'new')");
            database.execute("ALTER TABLE item DROP COLUMN price");
            database.execute("INSERT INTO item VALUES (4, 'd', 'new')");
            database.execute("ALTER TABLE item RENAME COLUMN note TO remark");
            database.execute("INSERT INTO item VALUES (5, 'e', 'renamed')");
            database.execute("ALTER TABLE item ALTER COLUMN id TYPE bigint");
            List<AvroTopic.Message> messages = topic.await(5);

            assertThat(registry.versions(subject)).hasSize(5);
            assertThat(messages.get(2).after().get("stock")).isEqualTo(5);
            assertThat(messages.get(4).after().get("remark")).hasToString("renamed");
            assertThat(messages.get(4).after().getSchema().getField("note")).isNull();
            // A consumer with the schema of the first version: what it does not know is skipped.
            GenericRecord seen = topic.read(1, first);
            assertThat(((GenericRecord) seen.get("after")).get("name")).hasToString("b");
            assertThat(((GenericRecord) seen.get("after")).get("price")).isEqualTo(20);
            GenericRecord without = topic.read(3, first);
            assertThat(((GenericRecord) without.get("after")).get("price")).isNull();
        }
    }

    @Test
    void anIncompatibleSchemaStopsTheTaskWithAnExplanation() throws Exception {
        TestDatabase database = servers.database();
        database.execute("CREATE TABLE item (id int PRIMARY KEY, code int)");
        try (TestConnector connector = connector(database, OURS).start();
                AvroTopic topic = topic(connector, "item")) {
            database.execute("INSERT INTO item VALUES (1, 10)");
            topic.await(1);

            database.execute("ALTER TABLE item ALTER COLUMN code TYPE text");
            database.execute("INSERT INTO item VALUES (2, 'ten')");
            await("the task failed").until(() -> connector.taskState().equals("FAILED"));

            assertThat(connector.trace())
                    .contains(connector.name() + ".public.item-value")
                    .contains("BACKWARD")
                    .contains("version 1")
                    .contains("code was int and is string");

            registry.requires("NONE");
            worker.rest().restart(connector.name(), true);
            assertThat(topic.await(2).get(1).after().get("code")).hasToString("ten");
        } finally {
            registry.requires("BACKWARD");
        }
    }

    /** Connect gives up a record that waits for the registry when the task is stopped, and says that it was dropped. */
    @Test
    void noRecordIsLostIfTheTaskIsRestartedWhileTheRegistryIsAway() throws Exception {
        TestDatabase database = servers.database();
        database.execute("CREATE TABLE item (id int PRIMARY KEY)");
        try (SchemaRegistry other = servers.sandbox().schemaRegistry().start();
                TestConnector connector = connector(database, OURS)
                        .with("key.converter.schema.registry.url", other.url())
                        .with("value.converter.schema.registry.url", other.url())
                        .with("value.converter.http.read.timeout.ms", "500")
                        .with("value.converter.http.connect.timeout.ms", "500")
                        .with("value.converter.max.retries", "1")
                        .with("errors.retry.timeout", "-1")
                        .with("errors.retry.delay.max.ms", "1000")
                        .start();
                AvroTopic topic = new AvroTopic(
                        servers.broker().bootstrapServers(),
                        connector.name() + ".public.item",
                        new AvroTopic.Registry(other.url()))) {
            database.execute("INSERT INTO item VALUES (1)");
            topic.await(1);
            other.pause();
            // What is known needs no registry; what is new waits for it.
            database.execute("INSERT INTO item VALUES (2)");
            database.execute("ALTER TABLE item ADD COLUMN note text");
            database.execute("INSERT INTO item VALUES (3, 'x')");
            await("the registry missed").until(() -> log().contains("does not answer"));
            assertThat(connector.taskState()).isEqualTo("RUNNING");

            worker.rest().restart(connector.name(), true);
            await("the task given up")
                    .until(() -> log().contains("Graceful stop of task " + connector.name() + "-0 failed"));
            await("the record given up")
                    .until(() -> log().contains("[" + connector.name() + "|task-0] Finished streaming"));
            other.resume();

            topic.awaitKey(3);
            assertThat(connector.taskState()).isEqualTo("RUNNING");
        }
    }

    private String log() throws IOException {
        return Files.readString(worker.logFile());
    }
}
