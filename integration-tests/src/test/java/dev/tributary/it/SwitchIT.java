// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.sandbox.ConnectWorker;
import dev.tributary.sandbox.PluginDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.management.JMException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** From Debezium's connector to this one and back, under load, by changing one line of the configuration. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SwitchIT {

    private final Servers servers = Servers.shared();
    private final PluginDirectory debezium = debezium();
    private final ConnectWorker worker =
            servers.worker("switch").plugin(debezium).jmx().start();

    SwitchIT() throws IOException {}

    @AfterAll
    void stop() {
        worker.close();
    }

    @Test
    void nothingIsLostOnThePublicationForAllTablesThatDebeziumCreates() throws Exception {
        // Given
        TestDatabase database = servers.database();

        try (TestConnector connector = connector(database)) {
            // When, Then
            switchThereAndBack(connector);
            assertThat(database.query("SELECT puballtables FROM pg_publication"))
                    .isEqualTo("t");
        }
    }

    @Test
    void nothingIsLostOnAPublicationOfTheCapturedTables() throws Exception {
        // Given
        TestDatabase database = servers.database();

        try (TestConnector connector = connector(database).with("publication.autocreate.mode", "filtered")) {
            // When, Then
            switchThereAndBack(connector);
            assertThat(database.query("SELECT puballtables FROM pg_publication"))
                    .isEqualTo("f");
        }
    }

    /** Debezium runs with it, and no row may ever be deleted. */
    @Test
    void aTableWhoseKeyTheWalDoesNotHaveDoesNotPreventTheSwitch() throws Exception {
        // Given
        TestDatabase database = servers.database();
        database.execute(
                "CREATE TABLE orders (id int PRIMARY KEY, code int NOT NULL)",
                "CREATE UNIQUE INDEX by_code ON orders (code)",
                "ALTER TABLE orders REPLICA IDENTITY USING INDEX by_code",
                "INSERT INTO orders VALUES (1, 10)");
        try (TestConnector connector = new TestConnector(worker.rest(), database)
                        .tables("public.orders")
                        .with("plugin.name", "pgoutput");
                Topics topics = new Topics(servers, connector)) {
            connector.with("connector.class", TestConnector.DEBEZIUM).start();
            topics.await("orders", 1);

            // When
            connector.with("connector.class", TestConnector.OURS).put();

            // Then
            database.execute("INSERT INTO orders VALUES (2, 20)");
            topics.await("orders", 2);
        }
    }

    private TestConnector connector(TestDatabase database) {
        return new TestConnector(worker.rest(), database)
                .tables("public.versioned")
                .with("plugin.name", "pgoutput")
                .with("extended.headers.enabled", "true");
    }

    private void switchThereAndBack(TestConnector connector) throws Exception {
        TestDatabase database = connector.database();
        Traffic.prepare(database);
        PluginLoading loading = PluginLoading.watch(worker);
        try (Topics topics = new Topics(servers, connector)) {
            connector.with("connector.class", TestConnector.DEBEZIUM).start();
            topics.await(1);
            try (Traffic traffic = Traffic.start(database)) {
                Delivery delivery = new Delivery(traffic, topics);
                delivery.awaitProgress();
                Set<String> streaming = contract("streaming", connector);
                Set<String> snapshot = contract("snapshot", connector);

                connector.with("connector.class", TestConnector.OURS).put();
                awaitRuns(2, topics);
                delivery.awaitProgress();
                assertThat(contract("streaming", connector)).isEqualTo(streaming);
                assertThat(contract("snapshot", connector)).isEqualTo(snapshot);

                connector.with("connector.class", TestConnector.DEBEZIUM).put();
                awaitRuns(3, topics);
                delivery.awaitProgress();
                delivery.finish();
                assertThat(topics.of("versioned"))
                        .filteredOn(change -> change.op().equals("u"))
                        .extracting(SwitchIT::shape)
                        .as("what the records of all runs have in common")
                        .containsOnly(shape(topics.of("versioned").get(1)));
            }
        }
        assertThat(loading.directoriesOf(TestConnector.DEBEZIUM)).containsExactly(debezium.path());
        assertThat(loading.directoriesOf(TestConnector.OURS))
                .containsExactly(servers.plugin().path());
    }

    /**
     * Debezium's own plugin, in addition to our zip, which contains the same classes. Of several copies of one version
     * Connect loads the one whose path sorts last, so the name of this directory sorts after that of the zip.
     */
    private PluginDirectory debezium() throws IOException {
        try (Stream<Path> jars = Files.list(Path.of(System.getProperty("debezium.plugin")))) {
            Path directory = servers.sandbox().directory().resolve("reference");
            return PluginDirectory.ofJars(jars.toList(), directory);
        }
    }

    /** The parts of a record that do not depend on the change or the run. */
    private static List<Object> shape(Change change) {
        Map<String, String> headers = new LinkedHashMap<>(change.headers());
        headers.replace("__debezium.context.runId", "");
        return List.of(
                headers,
                names(change.value()),
                names(change.source()),
                names(change.after()),
                change.source().path("version"),
                change.source().path("connector"),
                change.source().path("name"));
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static void awaitRuns(int count, Topics topics) {
        topics.await("record of run " + count, seen -> topics.runs().size() >= count);
    }

    private Set<String> contract(String context, TestConnector connector) throws IOException, JMException {
        try (Jmx jmx = new Jmx(worker)) {
            return jmx.contract(Jmx.metrics(context, connector));
        }
    }
}
