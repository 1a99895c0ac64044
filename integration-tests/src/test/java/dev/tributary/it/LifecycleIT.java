// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.sandbox.ConnectRest;
import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Changes that are made while an operator pauses, stops, deletes or restarts a connector. */
class LifecycleIT {

    private final Servers servers = Servers.shared();
    private final ConnectRest rest = servers.rest();
    private final TestDatabase database = servers.database();

    LifecycleIT() throws SQLException {
        database.execute("CREATE TABLE item (id int PRIMARY KEY)", "INSERT INTO item VALUES (1)");
    }

    @Test
    void changesMadeWhilePausedArriveOnResume() throws Exception {
        // Given: a second connector, which shows when the change would have arrived
        try (TestConnector connector = connector("paused");
                TestConnector witness = connector("witness");
                Topics topics = new Topics(servers, connector);
                Topics witnessed = new Topics(servers, witness)) {
            connector.start();
            topics.await("item", 1);
            witness.start();
            witnessed.await("item", 1);
            rest.pause(connector.name());
            await("paused").until(() -> connector.taskState().equals("PAUSED"));

            // When
            database.execute("INSERT INTO item VALUES (2)");
            witnessed.await("item", 2);
            database.execute("INSERT INTO item VALUES (3)");
            witnessed.await("item", 3);

            // Then
            topics.readAvailable();
            assertThat(topics.of("item")).hasSize(1);
            rest.resume(connector.name());
            assertThat(topics.await("item", 3))
                    .extracting(Change::brief)
                    .containsExactly("r {\"id\":1}", "c {\"id\":2}", "c {\"id\":3}");
        }
    }

    @Test
    void aRestartedConnectorResumesWhereItStopped() throws Exception {
        // Given
        try (TestConnector connector = connector("restarted").with("extended.headers.enabled", "true");
                Topics topics = new Topics(servers, connector)) {
            connector.start();
            database.execute("INSERT INTO item VALUES (2)");
            topics.await("item", 2);
            Set<String> firstRun = topics.runs();

            // When
            rest.restart(connector.name(), true);
            await("another run").until(() -> {
                database.execute("INSERT INTO item SELECT max(id) + 1 FROM item");
                topics.readAvailable();
                return !firstRun.containsAll(topics.runs());
            });

            // Then
            int rows = Integer.parseInt(String.valueOf(database.query("SELECT count(*) FROM item")));
            topics.await("last row", seen -> ids(topics).contains(rows));
            assertThat(ids(topics)).hasSize(rows);
            assertThat(snapshotReads(topics)).isOne();
        }
    }

    @Test
    void aConnectorThatIsDeletedAndCreatedAgainResumesFromItsOffsets() throws Exception {
        // Given
        try (TestConnector connector = connector("recreated");
                Topics topics = new Topics(servers, connector)) {
            connector.start();
            database.execute("INSERT INTO item VALUES (2)");
            topics.await("item", 2);
            stop(connector);
            JsonNode offsets = rest.offsets(connector.name()).path("offsets");
            rest.delete(connector.name());
            database.execute("INSERT INTO item VALUES (3)");

            // When
            connector.start();
            topics.await("row made meanwhile", seen -> ids(topics).contains(3));
            database.execute("INSERT INTO item VALUES (4)");
            topics.await("row made afterwards", seen -> ids(topics).contains(4));

            // Then
            assertThat(offsets).hasSize(1);
            assertThat(offsets.path(0).path("partition")).hasToString("{\"server\":\"" + connector.name() + "\"}");
            assertThat(offsets.path(0).path("offset").path("lsn").isIntegralNumber())
                    .isTrue();
            assertThat(snapshotReads(topics)).isOne();
        }
    }

    @Test
    void offsetsThatAreResetLeadToAnotherSnapshot() throws Exception {
        // Given
        try (TestConnector connector = connector("reset");
                Topics topics = new Topics(servers, connector)) {
            connector.start();
            topics.await("item", 1);
            stop(connector);

            // When
            rest.resetOffsets(connector.name());
            rest.resume(connector.name());

            // Then
            assertThat(topics.await("item", 2))
                    .extracting(Change::brief)
                    .containsExactly("r {\"id\":1}", "r {\"id\":1}");
        }
    }

    @Test
    void offsetsAreAcceptedBackAsTheyWereRead() throws Exception {
        // Given
        try (TestConnector connector = connector("altered");
                Topics topics = new Topics(servers, connector)) {
            connector.start();
            topics.await("item", 1);
            stop(connector);
            JsonNode offsets = rest.offsets(connector.name());

            // When
            rest.alterOffsets(connector.name(), offsets);
            database.execute("INSERT INTO item VALUES (2)");
            rest.resume(connector.name());

            // Then
            assertThat(topics.await("item", 2))
                    .extracting(Change::brief)
                    .containsExactly("r {\"id\":1}", "c {\"id\":2}");
        }
    }

    @Test
    void twoConnectorsOnADatabaseEachDeliverTheirTables() throws Exception {
        // Given
        database.execute("CREATE TABLE other (id int PRIMARY KEY)");
        try (TestConnector items = connector("items");
                TestConnector others = connector("others").tables("public.other");
                Topics itemTopics = new Topics(servers, items);
                Topics otherTopics = new Topics(servers, others)) {
            items.start();
            others.start();

            // When
            database.execute("INSERT INTO item VALUES (2)", "INSERT INTO other VALUES (1), (2)");

            // Then
            itemTopics.await("item", 2);
            otherTopics.await("other", 2);
            assertThat(itemTopics.changes())
                    .extracting(Change::brief)
                    .containsExactlyInAnyOrder("r {\"id\":1}", "c {\"id\":2}");
            assertThat(otherTopics.changes())
                    .extracting(Change::brief)
                    .containsExactlyInAnyOrder("c {\"id\":1}", "c {\"id\":2}");
        }
    }

    private TestConnector connector(String role) {
        String name = database.name() + "_" + role;
        return new TestConnector(rest, database, name)
                .tables("public.item")
                .with("publication.name", name)
                .with("topic.creation.default.partitions", "1");
    }

    private void stop(TestConnector connector) {
        rest.stop(connector.name());
        await("stopped").until(() -> {
            JsonNode status = rest.status(connector.name());
            return status.path("connector").path("state").asText().equals("STOPPED")
                    && status.path("tasks").isEmpty();
        });
    }

    private static Set<Integer> ids(Topics topics) {
        return topics.changes().stream()
                .map(change -> change.key().path("id").asInt())
                .collect(Collectors.toSet());
    }

    private static long snapshotReads(Topics topics) {
        return topics.changes().stream()
                .filter(change -> change.op().equals("r"))
                .count();
    }
}
