// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The events that arrive in Kafka for changes in Postgres. */
class ChangeEventsIT {

    private final Servers servers = Servers.shared();

    @Test
    void aRowIsReadInTheSnapshotAndItsChangesFollowInOrder() throws Exception {
        // Given
        TestDatabase database = servers.database();
        database.execute(
                "CREATE TABLE item (id int PRIMARY KEY, name text)",
                "ALTER TABLE item REPLICA IDENTITY FULL",
                "INSERT INTO item VALUES (1, 'in the snapshot')");

        try (TestConnector connector = new TestConnector(servers.rest(), database).tables("public.item");
                Topics topics = new Topics(servers, connector)) {
            // When
            connector.start();
            topics.await(1);
            database.execute(
                    "INSERT INTO item VALUES (2, 'two')",
                    "UPDATE item SET name = 'zwei' WHERE id = 2",
                    "DELETE FROM item WHERE id = 2");

            // Then
            List<Change> changes = topics.await("item", 5);
            assertThat(changes)
                    .filteredOn(change -> change.op().equals("r"))
                    .singleElement()
                    .satisfies(read -> assertThat(read.key()).hasToString("{\"id\":1}"))
                    .satisfies(read -> assertThat(read.after()).hasToString("{\"id\":1,\"name\":\"in the snapshot\"}"));
            assertThat(changes)
                    .filteredOn(change -> !change.op().equals("r"))
                    .extracting(change -> change.brief() + " " + change.before() + " -> " + change.after())
                    .containsExactly(
                            "c {\"id\":2} null -> {\"id\":2,\"name\":\"two\"}",
                            "u {\"id\":2} {\"id\":2,\"name\":\"two\"} -> {\"id\":2,\"name\":\"zwei\"}",
                            "d {\"id\":2} {\"id\":2,\"name\":\"zwei\"} -> null",
                            "- {\"id\":2}  -> ");
        }
    }

    @Test
    void allChangesOfAKeyAreInOnePartitionAndInOrderAndATombstoneFollowsTheDelete() throws Exception {
        // Given
        TestDatabase database = servers.database();
        database.execute("CREATE TABLE item (id int PRIMARY KEY, step int)");

        try (TestConnector connector = new TestConnector(servers.rest(), database).tables("public.item");
                Topics topics = new Topics(servers, connector)) {
            connector.start();

            // When
            List<String> lives = new ArrayList<>();
            lives.add("INSERT INTO item SELECT n, 0 FROM generate_series(1, 40) n");
            IntStream.rangeClosed(1, 3).forEach(step -> lives.add("UPDATE item SET step = " + step));
            lives.add("DELETE FROM item");
            database.execute(lives.toArray(String[]::new));

            // Then
            List<Change> changes = topics.await("item", 40 * 6);
            Map<String, List<Change>> byKey = changes.stream()
                    .collect(Collectors.groupingBy(change -> change.key().toString()));
            assertThat(byKey).hasSize(40).allSatisfy((key, life) -> {
                assertThat(life).extracting(Change::op).containsExactly("c", "u", "u", "u", "d", "-");
                assertThat(life)
                        .extracting(Change::partition)
                        .containsOnly(life.get(0).partition());
                assertThat(life.subList(0, 4))
                        .extracting(change -> change.after().path("step").asInt())
                        .containsExactly(0, 1, 2, 3);
                assertThat(life.get(5).offset()).isEqualTo(life.get(4).offset() + 1);
            });
            assertThat(changes).extracting(Change::partition).containsAll(Set.of(0, 1, 2, 3, 4, 5));
        }
    }

    @Test
    void aChangedPrimaryKeyIsADeleteOfTheOldKeyAndACreateOfTheNew() throws Exception {
        // Given
        TestDatabase database = servers.database();
        database.execute("CREATE TABLE item (id int PRIMARY KEY, name text)");

        try (TestConnector connector = new TestConnector(servers.rest(), database).tables("public.item");
                Topics topics = new Topics(servers, connector)) {
            connector.start();

            // When
            database.execute("INSERT INTO item VALUES (1, 'one')", "UPDATE item SET id = 10, name = 'ten'");

            // Then
            List<Change> changes = topics.await("item", 4);
            assertThat(changes)
                    .filteredOn(change -> change.key().path("id").asInt() == 1)
                    .extracting(Change::op)
                    .containsExactly("c", "d", "-");
            assertThat(changes)
                    .filteredOn(change -> change.op().equals("d"))
                    .singleElement()
                    .satisfies(delete -> assertThat(delete.headers())
                            .hasEntrySatisfying(
                                    "__debezium.newkey",
                                    header -> assertThat(header).contains("10")));
            assertThat(changes)
                    .filteredOn(change -> change.key().path("id").asInt() == 10)
                    .singleElement()
                    .satisfies(create -> assertThat(create.op()).isEqualTo("c"))
                    .satisfies(create -> assertThat(create.after()).hasToString("{\"id\":10,\"name\":\"ten\"}"))
                    .satisfies(create -> assertThat(create.headers())
                            .hasEntrySatisfying(
                                    "__debezium.oldkey",
                                    header -> assertThat(header).contains("1")));
        }
    }

    @Test
    void aTruncateArrivesWithoutAKeyIfItIsNotSkipped() throws Exception {
        // Given
        TestDatabase database = servers.database();
        database.execute("CREATE TABLE item (id int PRIMARY KEY)", "INSERT INTO item VALUES (0)");

        try (TestConnector connector = new TestConnector(servers.rest(), database)
                        .tables("public.item")
                        .with("skipped.operations", "none");
                Topics topics = new Topics(servers, connector)) {
            connector.start();
            topics.await("item", 1);

            // When
            database.execute("INSERT INTO item VALUES (1)", "TRUNCATE item");

            // Then
            assertThat(topics.await("item", 3))
                    .extracting(Change::brief)
                    .containsExactlyInAnyOrder("r {\"id\":0}", "c {\"id\":1}", "t ");
        }
    }

    @Test
    void aTruncateIsSkippedByDefault() throws Exception {
        // Given
        TestDatabase database = servers.database();
        database.execute("CREATE TABLE item (id int PRIMARY KEY)", "INSERT INTO item VALUES (0)");

        try (TestConnector connector = new TestConnector(servers.rest(), database)
                        .tables("public.item")
                        .with("topic.creation.default.partitions", "1");
                Topics topics = new Topics(servers, connector)) {
            connector.start();
            topics.await("item", 1);

            // When
            database.execute("INSERT INTO item VALUES (1)", "TRUNCATE item", "INSERT INTO item VALUES (2)");

            // Then
            assertThat(topics.await("item", 3))
                    .extracting(Change::brief)
                    .containsExactly("r {\"id\":0}", "c {\"id\":1}", "c {\"id\":2}");
        }
    }

    @Test
    void aLogicalMessageArrivesWithItsPrefixAsKey() throws Exception {
        // Given
        TestDatabase database = servers.database();
        database.execute("CREATE TABLE item (id int PRIMARY KEY)");

        try (TestConnector connector = new TestConnector(servers.rest(), database)
                        .tables("public.item")
                        .with("binary.handling.mode", "base64");
                Topics topics = new Topics(servers, connector)) {
            connector.start();

            // When
            database.execute("SELECT pg_logical_emit_message(false, 'loose', 'outside')");
            database.transaction(
                    "SELECT pg_logical_emit_message(true, 'bound', 'inside')", "INSERT INTO item VALUES (1)");

            // Then
            topics.await("item", 1);
            assertThat(topics.await("message", 2))
                    .extracting(Change::brief, ChangeEventsIT::content)
                    .containsExactlyInAnyOrder(
                            tuple("m {\"prefix\":\"loose\"}", "outside"), tuple("m {\"prefix\":\"bound\"}", "inside"));
        }
    }

    @Test
    void anUnchangedToastedValueArrivesAsThePlaceholder() throws Exception {
        // Given
        TestDatabase database = servers.database();
        database.execute(
                "CREATE TABLE item (id int PRIMARY KEY, name text, body text)",
                "ALTER TABLE item ALTER body SET STORAGE EXTERNAL");
        String body = "x".repeat(20_000);

        try (TestConnector connector = new TestConnector(servers.rest(), database).tables("public.item");
                Topics topics = new Topics(servers, connector)) {
            connector.start();

            // When
            database.execute(
                    "INSERT INTO item VALUES (1, 'one', '" + body + "')",
                    "UPDATE item SET name = 'uno'",
                    "UPDATE item SET body = 'short'");

            // Then
            assertThat(topics.await("item", 3))
                    .extracting(change -> change.after().path("body").asText())
                    .containsExactly(body, "__debezium_unavailable_value", "short");
        }
    }

    private static String content(Change message) {
        String base64 = message.value().path("message").path("content").asText();
        return new String(Base64.getDecoder().decode(base64), UTF_8);
    }
}
