// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Keys, partitions, names and filters of tables. */
class TablesIT {

    private final Servers servers = Servers.shared();

    @Test
    void aTableWithoutAPrimaryKeyHasEventsWithoutAKey() throws Exception {
        // Given
        TestDatabase database = servers.database();
        database.execute("CREATE TABLE note (text text)", "ALTER TABLE note REPLICA IDENTITY FULL");

        try (TestConnector connector = new TestConnector(servers.rest(), database)
                        .tables("public.note")
                        .with("topic.creation.default.partitions", "1");
                Topics topics = new Topics(servers, connector)) {
            connector.start();

            // When
            database.execute("INSERT INTO note VALUES ('a')", "UPDATE note SET text = 'b'", "DELETE FROM note");

            // Then
            List<Change> changes = topics.await("note", 3);
            assertThat(changes)
                    .allSatisfy(
                            change -> assertThat(change.key().isMissingNode()).isTrue());
            assertThat(changes)
                    .extracting(change -> change.op() + " " + change.before() + " -> " + change.after())
                    .startsWith(
                            "c null -> {\"text\":\"a\"}",
                            "u {\"text\":\"a\"} -> {\"text\":\"b\"}",
                            "d {\"text\":\"b\"} -> null");
        }
    }

    @Test
    void aTableThatIsAddedToTheListIsReadAsItIsAndThenStreamed() throws Exception {
        // Given
        TestDatabase database = servers.database();
        database.execute(
                "CREATE TABLE first (id int PRIMARY KEY)",
                "CREATE TABLE later (id int PRIMARY KEY)",
                "INSERT INTO later SELECT generate_series(1, 1000)");

        try (TestConnector connector = new TestConnector(servers.rest(), database)
                        .tables("public.first")
                        .with("topic.creation.default.partitions", "1");
                Topics topics = new Topics(servers, connector)) {
            connector.start();
            database.execute("INSERT INTO first VALUES (1)");
            topics.await("first", 1);
            Awaitility.await("a stored offset")
                    .until(() ->
                            servers.rest().offsets(connector.name()).toString().contains("captured_tables"));

            // When
            connector.tables("public.first,public.later").start();
            topics.await("later", 1000);
            database.execute("INSERT INTO first VALUES (2)", "UPDATE later SET id = 1001 WHERE id = 1");

            // Then
            List<Change> later = topics.await("later", 1003);
            assertThat(later.subList(0, 1000)).extracting(Change::op).containsOnly("r");
            assertThat(later.subList(0, 1000))
                    .extracting(change -> change.source().path("snapshot").asText())
                    .containsOnly("incremental");
            assertThat(later.subList(1000, 1003)).extracting(Change::op).containsExactly("d", "-", "c");
            assertThat(topics.await("first", 2)).extracting(Change::op).containsExactly("c", "c");
        }
    }

    @Test
    void messageKeyColumnsAreTheKeyOfTheTablesTheyName() throws Exception {
        // Given
        TestDatabase database = servers.database();
        database.execute(
                "CREATE TABLE line (orders int, number int, name text)", "ALTER TABLE line REPLICA IDENTITY FULL");

        try (TestConnector connector = new TestConnector(servers.rest(), database)
                        .tables("public.line")
                        .with("message.key.columns", "public.line:orders,number");
                Topics topics = new Topics(servers, connector)) {
            connector.start();

            // When
            database.execute("INSERT INTO line VALUES (7, 1, 'a')", "UPDATE line SET name = 'b'", "DELETE FROM line");

            // Then
            String key = "{\"orders\":7,\"number\":1}";
            assertThat(topics.await("line", 4))
                    .extracting(Change::brief)
                    .containsExactly("c " + key, "u " + key, "d " + key, "- " + key);
        }
    }

    @Test
    void aCompositeKeyHasItsColumnsInTheOrderOfThePrimaryKey() throws Exception {
        // Given
        TestDatabase database = servers.database();
        database.execute("CREATE TABLE line (name text, number int, orders int, PRIMARY KEY (orders, number))");

        try (TestConnector connector = new TestConnector(servers.rest(), database).tables("public.line");
                Topics topics = new Topics(servers, connector)) {
            connector.start();

            // When
            database.execute("INSERT INTO line VALUES ('a', 1, 7)", "UPDATE line SET name = 'b'", "DELETE FROM line");

            // Then
            String key = "{\"orders\":7,\"number\":1}";
            assertThat(topics.await("line", 4))
                    .extracting(Change::brief)
                    .containsExactly("c " + key, "u " + key, "d " + key, "- " + key);
        }
    }

    @Test
    void aPartitionedTablePublishedViaItsRootArrivesUnderTheNameOfTheRoot() throws Exception {
        // Given
        TestDatabase database = measurements();

        try (TestConnector connector = new TestConnector(servers.rest(), database)
                        .tables("public.measurement")
                        .with("publish.via.partition.root", "true");
                Topics topics = new Topics(servers, connector)) {
            // When
            connector.start();
            topics.await(1);
            database.execute("INSERT INTO measurement VALUES (2, 2025)", "INSERT INTO measurement VALUES (3, 2026)");

            // Then
            assertThat(topics.await("measurement", 3))
                    .extracting(Change::brief)
                    .containsExactlyInAnyOrder(
                            "r {\"id\":1,\"year\":2025}", "c {\"id\":2,\"year\":2025}", "c {\"id\":3,\"year\":2026}");
            assertThat(topics.changes()).extracting(Change::table).containsOnly("measurement");
        }
    }

    @Test
    void aPartitionedTableArrivesUnderTheNamesOfItsPartitionsOtherwise() throws Exception {
        // Given
        TestDatabase database = measurements();

        try (TestConnector connector = new TestConnector(servers.rest(), database).tables("public.measurement_.*");
                Topics topics = new Topics(servers, connector)) {
            // When
            connector.start();
            topics.await(1);
            database.execute("INSERT INTO measurement VALUES (2, 2025)", "INSERT INTO measurement VALUES (3, 2026)");

            // Then
            assertThat(topics.await(3))
                    .extracting(change -> change.table() + " " + change.brief())
                    .containsExactlyInAnyOrder(
                            "measurement_2025 r {\"id\":1,\"year\":2025}",
                            "measurement_2025 c {\"id\":2,\"year\":2025}",
                            "measurement_2026 c {\"id\":3,\"year\":2026}");
        }
    }

    @Test
    void namesThatNeedQuotesAndNamesInUnicodeArriveAsTheyAreExceptInTopicNames() throws Exception {
        // Given
        TestDatabase database = servers.database();
        database.execute(
                "CREATE SCHEMA \"Übersicht\"",
                "CREATE TABLE \"Übersicht\".\"Große Order\" (\"Größe\" int PRIMARY KEY, \"select\" text, \"naïve \"\"x\"\"\" text)",
                "INSERT INTO \"Übersicht\".\"Große Order\" VALUES (1, 'ein ☃', 'a')");

        try (TestConnector connector = new TestConnector(servers.rest(), database).tables("Übersicht.Große Order");
                Topics topics = new Topics(servers, connector)) {
            // When
            connector.start();
            topics.await(1);
            database.execute("UPDATE \"Übersicht\".\"Große Order\" SET \"select\" = '\uD834\uDD1E zwei'");

            // Then
            List<Change> changes = topics.await("Gro_e_Order", 2);
            assertThat(changes).extracting(Change::brief).containsExactly("r {\"Größe\":1}", "u {\"Größe\":1}");
            assertThat(changes)
                    .extracting(change -> change.after().toString())
                    .containsExactly(
                            "{\"Größe\":1,\"select\":\"ein ☃\",\"naïve \\\"x\\\"\":\"a\"}",
                            "{\"Größe\":1,\"select\":\"\uD834\uDD1E zwei\",\"naïve \\\"x\\\"\":\"a\"}");
            assertThat(changes)
                    .extracting(change -> change.source().path("schema").asText() + "."
                            + change.source().path("table").asText())
                    .containsOnly("Übersicht.Große Order");
        }
    }

    private TestDatabase measurements() throws Exception {
        TestDatabase database = servers.database();
        database.execute(
                "CREATE TABLE measurement (id int, year int, PRIMARY KEY (id, year)) PARTITION BY LIST (year)",
                "CREATE TABLE measurement_2025 PARTITION OF measurement FOR VALUES IN (2025)",
                "CREATE TABLE measurement_2026 PARTITION OF measurement FOR VALUES IN (2026)",
                "INSERT INTO measurement VALUES (1, 2025)");
        return database;
    }
}
