// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import static dev.tributary.preflight.FindingAssert.assertOne;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.postgres.PostgresServer.TestDatabase;
import dev.tributary.postgres.TestServer;
import dev.tributary.preflight.Finding.Awaited;
import dev.tributary.preflight.Finding.Severity;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.PGConnection;
import org.postgresql.replication.PGReplicationStream;

/** Whether the slot is one that the connector can use. */
class SlotKindIT {

    @RegisterExtension
    private static final TestServer SERVER =
            TestServer.with("CREATE ROLE app LOGIN REPLICATION PASSWORD 'app'", "GRANT pg_read_all_data TO app");

    private final TestDatabase database = SERVER.newDatabase();
    private Requests requests;
    private String slot;

    @BeforeEach
    void create() {
        database.execute("CREATE TABLE orders (id int PRIMARY KEY)", "CREATE PUBLICATION pub FOR ALL TABLES");
        requests = Requests.on(database.target("app"));
        slot = requests.request().slot().name();
    }

    @AfterEach
    void dropSlots() {
        SERVER.execute("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE NOT active");
    }

    @Test
    void acceptsItsSlot() {
        // Given
        createSlot();

        // When / Then
        assertThat(requests.run()).isEmpty();
    }

    @Test
    void refusesAPhysicalSlot() {
        // Given
        database.execute("SELECT pg_create_physical_replication_slot('" + slot + "')");

        // When / Then
        assertOne(requests.run(), "is a physical slot")
                .is(Severity.ERROR, "slot.name")
                .says("SELECT pg_drop_replication_slot('" + slot + "')");
    }

    @Test
    void refusesASlotOfAnotherPlugin() {
        // Given
        database.execute("SELECT pg_create_logical_replication_slot('" + slot + "', 'test_decoding')");

        // When / Then
        assertOne(requests.run(), "output plugin test_decoding").is(Severity.ERROR, "slot.name");
    }

    @Test
    void refusesASlotOfAnotherDatabase() {
        // Given
        SERVER.execute("SELECT pg_create_logical_replication_slot('elsewhere', 'pgoutput')");

        // When / Then
        assertOne(requests.slot("elsewhere").run(), "belongs to database postgres")
                .is(Severity.ERROR, "slot.name")
                .says("this connector reads " + database.name());
    }

    @Test
    void refusesASlotThatDecodesPreparedTransactions() {
        // Given
        database.execute("SELECT pg_create_logical_replication_slot('" + slot + "', 'pgoutput', false, true)");

        // When / Then
        assertOne(requests.run(), "decodes prepared transactions")
                .is(Severity.ERROR, "slot.name")
                .says("PREPARE TRANSACTION", "SELECT pg_drop_replication_slot('" + slot + "')");
    }

    @Test
    void refusesATemporarySlot() throws SQLException {
        // Given
        try (var connection =
                        DriverManager.getConnection(database.target("postgres").url(), "postgres", "");
                var statement = connection.createStatement()) {
            statement.execute("SELECT pg_create_logical_replication_slot('" + slot + "', 'pgoutput', true)");

            // When / Then
            assertOne(requests.run(), "is temporary").is(Severity.ERROR, "slot.name");
        }
    }

    @Test
    void namesTheProcessThatUsesTheSlot() throws SQLException {
        // Given
        createSlot();
        try (var connection = replicationConnection("other-connector");
                var stream = stream(connection)) {
            var pid = SERVER.ask("SELECT active_pid FROM pg_replication_slots WHERE slot_name = '" + slot + "'");

            // When
            var findings = requests.run();

            // Then
            assertThat(stream.isClosed()).isFalse();
            assertOne(findings, "is in use")
                    .is(Severity.WARNING, "slot.name")
                    .says(
                            "process " + pid,
                            "'other-connector'",
                            "client 127.0.0.1",
                            "pg_terminate_backend(" + pid + ")");
        }
    }

    @Test
    void refusesTheSlotOfAnotherConnector() throws SQLException {
        // Given
        createSlot();
        try (var connection = replicationConnection("Tributary shop rival");
                var stream = stream(connection)) {

            // When
            var findings = requests.run();

            // Then
            assertThat(stream.isClosed()).isFalse();
            assertOne(findings, "is in use by connector rival")
                    .is(Severity.ERROR, "slot.name")
                    .says("give each connector its own slot.name", "PUT /connectors/rival/stop");
        }
    }

    @Test
    void acceptsItsSlotWhileItsOwnTaskReadsIt() throws SQLException {
        // Given
        createSlot();
        try (var connection = replicationConnection("Tributary shop shop");
                var stream = stream(connection)) {

            // When / Then
            assertThat(requests.run()).isEmpty();
            assertThat(stream.isClosed()).isFalse();
        }
    }

    @Test
    void waitsWithASnapshotUntilTheSlotIsFree() throws SQLException {
        // Given
        createSlot();
        try (var connection = replicationConnection("other-connector");
                var stream = stream(connection)) {

            // When
            var findings = requests.starting().run();

            // Then
            assertThat(stream.isClosed()).isFalse();
            assertOne(findings, "is in use").is(Severity.ERROR, "slot.name").says("takes its snapshot then");
            assertThat(findings).allMatch(finding -> Awaited.SLOT.equals(finding.awaited()));
            assertOne(requests.starting().stored("0/1").run(), "is in use").is(Severity.WARNING, "slot.name");
        }
    }

    @Test
    void refusesTheTopicPrefixOfAnotherConnector() throws SQLException {
        // Given
        createSlot();
        try (var connection = replicationConnection("Tributary shop rival");
                var stream = stream(connection)) {

            // When
            var findings = requests.slot("mine").run();

            // Then
            assertThat(stream.isClosed()).isFalse();
            assertOne(findings, "Connector rival is running with topic.prefix shop")
                    .is(Severity.ERROR, "topic.prefix")
                    .says("give each connector its own topic.prefix");
        }
    }

    private PGReplicationStream stream(Connection connection) throws SQLException {
        return connection
                .unwrap(PGConnection.class)
                .getReplicationAPI()
                .replicationStream()
                .logical()
                .withSlotName(slot)
                .withSlotOption("proto_version", 1)
                .withSlotOption("publication_names", "pub")
                .start();
    }

    private void createSlot() {
        database.execute("SELECT pg_create_logical_replication_slot('" + slot + "', 'pgoutput')");
    }

    private Connection replicationConnection(String application) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", "app");
        properties.setProperty("password", "app");
        properties.setProperty("replication", "database");
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("assumeMinServerVersion", "14");
        properties.setProperty("ApplicationName", application);
        return DriverManager.getConnection(database.target("app").url(), properties);
    }
}
