// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.sandbox.ConnectRestException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The message of a task that cannot continue says what happened, what it means for the data, and how to fix it. */
class FailedTaskIT {

    private final Servers servers = Servers.shared();

    @Test
    void aDroppedSlotFailsTheTaskWithTheLostChangesAndTheTwoFixes() throws Exception {
        // Given
        TestDatabase database = database();
        try (TestConnector connector = connector(database).start();
                Topics topics = new Topics(servers, database)) {
            database.execute("INSERT INTO item VALUES (1, 1)");
            topics.await("item", 1);
            awaitStoredOffset(connector);

            // When
            dropSlot(database);

            // Then
            await().untilAsserted(() -> assertThat(connector.taskState()).isEqualTo("FAILED"));
            assertThat(connector.trace())
                    .contains("The connector has read up to ", "slot " + database.name() + " no longer exists")
                    .containsPattern(
                            "changes committed after [0-9A-F]+/[0-9A-F]+ and up to [0-9A-F]+/[0-9A-F]+ are lost")
                    .contains("take a new snapshot", "snapshot.mode=when_needed")
                    .contains("accept the gap", "snapshot.mode=no_data");
        }
    }

    @Test
    void theFirstFixForALostSlotIsANewSnapshot() throws Exception {
        // Given
        TestDatabase database = database();
        try (TestConnector connector = connector(database).start();
                Topics topics = new Topics(servers, database)) {
            database.execute("INSERT INTO item VALUES (1, 1)");
            topics.await("item", 1);
            awaitStoredOffset(connector);
            dropSlot(database);
            await().untilAsserted(() -> assertThat(connector.taskState()).isEqualTo("FAILED"));
            database.execute("INSERT INTO item VALUES (2, 1)");

            // When
            connector.with("snapshot.mode", "when_needed").startAgain();

            // Then
            List<Change> changes = topics.await(
                    "a snapshot read of both rows",
                    seen -> seen.stream()
                                    .filter(change -> change.op().equals("r"))
                                    .count()
                            == 2);
            assertThat(changes).extracting(Change::brief).contains("c {\"id\":1}", "r {\"id\":1}", "r {\"id\":2}");
        }
    }

    @Test
    void aSlotThatAnotherClientAdvancedLeadsToANewSnapshotIfTheModeSaysSo() throws Exception {
        // Given
        TestDatabase database = database();
        database.execute("INSERT INTO item VALUES (1, 1)");
        try (TestConnector connector = connector(database)
                        .with("snapshot.mode", "when_needed")
                        .with("lsn.flush.mode", "connector")
                        .start();
                Topics topics = new Topics(servers, database)) {
            topics.await("item", 1);
            database.execute("INSERT INTO item VALUES (2, 1)");
            topics.await("item", 2);
            awaitStoredOffset(connector);
            servers.rest().stop(connector.name());
            await().untilAsserted(() -> {
                assertThat(connector.taskState()).isEmpty();
                assertThat(database.query(
                                "SELECT active FROM pg_replication_slots WHERE slot_name = '" + database.name() + "'"))
                        .isEqualTo("f");
            });

            // When
            database.execute(
                    "UPDATE item SET amount = 2",
                    "SELECT pg_replication_slot_advance('" + database.name() + "', pg_current_wal_lsn())");
            servers.rest().resume(connector.name());

            // Then
            assertThat(topics.await("item", 4)).extracting(Change::op).containsExactlyInAnyOrder("r", "c", "r", "r");
        }
    }

    @Test
    void aValueThatCannotBeConvertedFailsTheTaskNamingTableColumnAndPositionButNotTheValue() throws Exception {
        // Given
        TestDatabase database = database();
        try (TestConnector connector = connector(database).start();
                Topics topics = new Topics(servers, database)) {
            database.execute("INSERT INTO item VALUES (1, 1)");
            topics.await("item", 1);

            // When
            database.execute("INSERT INTO item VALUES (7700077, 'NaN')");

            // Then
            await().untilAsserted(() -> assertThat(connector.taskState()).isEqualTo("FAILED"));
            assertThat(connector.trace())
                    .contains("A value of column public.item.amount cannot be converted")
                    .containsPattern("\\(LSN [0-9A-F]+/[0-9A-F]+\\)")
                    .contains("event.converting.failure.handling.mode to warn or skip")
                    .doesNotContain("NaN", "7700077");

            // When
            connector.with("event.converting.failure.handling.mode", "warn").startAgain();

            // Then
            Change change = topics.await("item", 2).get(1);
            assertThat(change.after().path("amount").isNull()).isTrue();
        }
    }

    @Test
    void offsetsThatTheSlotCannotServeAreRejected() throws Exception {
        // Given
        TestDatabase database = database();
        try (TestConnector connector = connector(database).start();
                Topics topics = new Topics(servers, database)) {
            database.execute("INSERT INTO item VALUES (1, 1)");
            topics.await("item", 1);
            awaitStoredOffset(connector);
            awaitAcknowledged(database);
            servers.rest().stop(connector.name());
            await().untilAsserted(() -> assertThat(connector.connectorState()).isEqualTo("STOPPED"));

            // Then
            assertThat(refusal(connector, offsets("another", 1L))).contains("does not belong to this connector");
            assertThat(refusal(connector, offsets(connector.name(), "0/1"))).contains("integer");
            assertThat(refusal(connector, offsets(connector.name(), 1L)))
                    .contains("Slot " + database.name(), "has read only up to 0/1", "are lost");

            // When
            servers.rest().alterOffsets(connector.name(), offsets(connector.name(), currentLsn(database)));
            servers.rest().resume(connector.name());
            servers.rest().awaitRunning(connector.name(), WaitLimit.LIMIT);
            database.execute("INSERT INTO item VALUES (2, 2)");

            // Then
            assertThat(topics.await("item", 2))
                    .extracting(Change::brief)
                    .containsExactlyInAnyOrder("c {\"id\":1}", "c {\"id\":2}");
        }
    }

    @Test
    void aTableAddedToTheFilterIsAddedToThePublicationAndNoneIsRemoved() throws Exception {
        // Given
        TestDatabase database = database();
        database.execute("CREATE TABLE extra (id int PRIMARY KEY)", "CREATE TABLE foreigner (id int PRIMARY KEY)");
        try (TestConnector connector = connector(database).start();
                Topics topics = new Topics(servers, database)) {
            database.execute("ALTER PUBLICATION " + database.name() + " ADD TABLE foreigner");

            // When
            connector.tables("public.item,public.extra").start();
            database.execute("INSERT INTO extra VALUES (1)");

            // Then
            topics.await("extra", 1);
            assertThat(database.query(
                            "SELECT string_agg(tablename, ',' ORDER BY tablename) FROM pg_publication_tables"))
                    .isEqualTo("extra,foreigner,item");
        }
    }

    @Test
    void aPublicationForAllTablesIsUsedAsItIs() throws Exception {
        // Given
        TestDatabase database = database();
        database.execute("CREATE PUBLICATION everything FOR ALL TABLES");
        try (TestConnector connector = connector(database)
                        .with("publication.name", "everything")
                        .start();
                Topics topics = new Topics(servers, database)) {
            // When
            database.execute("INSERT INTO item VALUES (1, 1)");

            // Then
            topics.await("item", 1);
            assertThat(database.query("SELECT puballtables FROM pg_publication"))
                    .isEqualTo("t");
        }
    }

    private TestDatabase database() throws Exception {
        TestDatabase database = servers.database();
        database.execute("CREATE TABLE item (id int PRIMARY KEY, amount numeric(10, 2))");
        return database;
    }

    private TestConnector connector(TestDatabase database) {
        return new TestConnector(servers.rest(), database)
                .tables("public.item")
                .with("publication.name", database.name());
    }

    /** Drops the slot the way an administrator would who is in a hurry: by terminating the walsender. */
    private static void dropSlot(TestDatabase database) {
        await().ignoreExceptions().untilAsserted(() -> {
            database.execute("SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = '"
                    + database.name() + "' AND active");
            database.execute("SELECT pg_drop_replication_slot('" + database.name() + "')");
        });
    }

    private void awaitStoredOffset(TestConnector connector) {
        await().untilAsserted(() -> assertThat(
                        servers.rest().offsets(connector.name()).path("offsets"))
                .isNotEmpty());
    }

    private static void awaitAcknowledged(TestDatabase database) {
        await().untilAsserted(() -> assertThat(database.query(
                        "SELECT confirmed_flush_lsn > restart_lsn FROM pg_replication_slots WHERE slot_name = '"
                                + database.name() + "'"))
                .isEqualTo("t"));
    }

    private static long currentLsn(TestDatabase database) throws Exception {
        return Long.parseLong(Objects.requireNonNull(database.query("SELECT pg_current_wal_lsn() - '0/0'::pg_lsn")));
    }

    private String refusal(TestConnector connector, ObjectNode offsets) {
        try {
            servers.rest().alterOffsets(connector.name(), offsets);
            return "accepted";
        } catch (ConnectRestException e) {
            return Objects.requireNonNull(e.getMessage());
        }
    }

    private static ObjectNode offsets(String topicPrefix, Object lsn) {
        ObjectNode offsets = JsonNodeFactory.instance.objectNode();
        ObjectNode entry = offsets.putArray("offsets").addObject();
        entry.putObject("partition").put("server", topicPrefix);
        entry.putObject("offset").putPOJO("lsn", lsn);
        return offsets;
    }
}
