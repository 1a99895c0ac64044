// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The timestamp and the headers of a record. */
class RecordsIT {

    private final Servers servers = Servers.shared();

    @Test
    void theTimestampIsTheCommitTimeOfTheTransactionAlsoForATombstone() throws Exception {
        // Given
        TestDatabase database = servers.database();
        database.execute("CREATE TABLE item (id int PRIMARY KEY)");

        try (TestConnector connector = new TestConnector(servers.rest(), database).tables("public.item");
                Topics topics = new Topics(servers, connector)) {
            connector.start();

            // When
            database.execute("INSERT INTO item VALUES (1)");
            database.transaction("INSERT INTO item VALUES (2)", "DELETE FROM item");

            // Then
            List<Change> changes = topics.await("item", 6);
            assertThat(changes).extracting(Change::op).containsOnly("c", "d", "-");
            for (Change change : changes) {
                Change event = change.isTombstone() ? deleteBefore(change, changes) : change;
                assertThat(change.timestamp())
                        .as("timestamp of %s", change.brief())
                        .isEqualTo(commitTime(database, event))
                        .isEqualTo(event.source().path("ts_ms").asLong());
            }
        }
    }

    @Test
    void theTimestampOfALogicalMessageIsTheCommitTimeWhenItBelongsToATransaction() throws Exception {
        // Given
        TestDatabase database = servers.database();
        database.execute("CREATE TABLE item (id int PRIMARY KEY)");

        try (TestConnector connector = new TestConnector(servers.rest(), database).tables("public.item");
                Topics topics = new Topics(servers, connector)) {
            connector.start();

            // When
            database.execute("SELECT pg_logical_emit_message(true, 'bound', 'content')");

            // Then
            Change message = topics.await("message", 1).get(0);
            assertThat(message.timestamp())
                    .isEqualTo(commitTime(database, message))
                    .isEqualTo(message.source().path("ts_ms").asLong());
        }
    }

    @Test
    void theTimestampOfARowReadInTheSnapshotIsThatOfItsSource() throws Exception {
        // Given
        TestDatabase database = servers.database();
        database.execute("CREATE TABLE item (id int PRIMARY KEY)", "INSERT INTO item VALUES (1), (2)");

        try (TestConnector connector = new TestConnector(servers.rest(), database).tables("public.item");
                Topics topics = new Topics(servers, connector)) {
            // When
            connector.start();

            // Then
            assertThat(topics.await("item", 2))
                    .allSatisfy(change -> assertThat(change.timestamp())
                            .isEqualTo(change.source().path("ts_ms").asLong()));
        }
    }

    @Test
    void theTimestampIsLeftToTheProducerIfConfigured() throws Exception {
        // Given
        TestDatabase database = servers.database();
        database.execute("CREATE TABLE item (id int PRIMARY KEY)");

        try (TestConnector connector = new TestConnector(servers.rest(), database)
                        .tables("public.item")
                        .with("record.timestamp", "none");
                Topics topics = new Topics(servers, connector)) {
            connector.start();

            // When
            database.execute("INSERT INTO item VALUES (1)");

            // Then
            assertThat(topics.await("item", 1))
                    .singleElement()
                    .satisfies(change -> assertThat(change.timestamp())
                            .isGreaterThanOrEqualTo(change.value().path("ts_ms").asLong()));
        }
    }

    @Test
    void theHeadersNameTheConnectorAsDebeziumDoes() throws Exception {
        // Given
        TestDatabase database = servers.database();
        database.execute("CREATE TABLE item (id int PRIMARY KEY)", "INSERT INTO item VALUES (1)");

        try (TestConnector connector = new TestConnector(servers.rest(), database)
                        .tables("public.item")
                        .with("extended.headers.enabled", "true");
                Topics topics = new Topics(servers, connector)) {
            // When
            connector.start();
            topics.await(1);
            database.execute("DELETE FROM item");

            // Then
            assertThat(topics.await("item", 3))
                    .allSatisfy(change -> assertThat(change.headers())
                            .containsEntry("__debezium.context.connectorLogicalName", connector.name())
                            .containsEntry("__debezium.context.taskId", "0")
                            .containsEntry("__debezium.context.connectorName", "postgresql")
                            .containsOnlyKeys(
                                    "__debezium.context.connectorLogicalName",
                                    "__debezium.context.taskId",
                                    "__debezium.context.connectorName",
                                    "__debezium.context.runId"));
        }
    }

    @Test
    void thereAreNoHeadersByDefault() throws Exception {
        // Given
        TestDatabase database = servers.database();
        database.execute("CREATE TABLE item (id int PRIMARY KEY)", "INSERT INTO item VALUES (1)");

        try (TestConnector connector = new TestConnector(servers.rest(), database).tables("public.item");
                Topics topics = new Topics(servers, connector)) {
            // When
            connector.start();

            // Then
            assertThat(topics.await("item", 1)).extracting(Change::headers).allMatch(Map::isEmpty);
        }
    }

    private static Change deleteBefore(Change tombstone, List<Change> changes) {
        return changes.stream()
                .filter(change -> change.partition() == tombstone.partition())
                .filter(change -> change.offset() == tombstone.offset() - 1)
                .findFirst()
                .orElseThrow();
    }

    /** The commit time according to Postgres, in whole milliseconds. */
    private static long commitTime(TestDatabase database, Change change) throws Exception {
        return Long.parseLong(
                Objects.requireNonNull(database.query("SELECT floor(extract(epoch FROM pg_xact_commit_timestamp('"
                        + change.source().path("txId").asLong() + "'::xid)) * 1000)::bigint")));
    }
}
