// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tributary.config.ApplicationName;
import dev.tributary.config.ConnectorConfig;
import dev.tributary.failure.CaptureFailedException;
import dev.tributary.failure.Failure;
import dev.tributary.failure.Failure.Kind;
import dev.tributary.failure.FailurePolicy;
import dev.tributary.position.StoredOffset;
import dev.tributary.postgres.ConnectionTarget;
import dev.tributary.postgres.PostgresServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.replication.LogSequenceNumber;

/** What a task waits for, as alerts see it. */
class ReadinessWaitsIT {

    private static PostgresServer server;

    @BeforeAll
    static void start() throws IOException {
        server = PostgresServer.start(18, Map.of("max_replication_slots", "1", "max_wal_senders", "1"));
        server.execute("CREATE TABLE orders (id int PRIMARY KEY)");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void release() {
        // The server needs a moment to notice that a connection is gone.
        server.execute(
                "DO $$ BEGIN WHILE EXISTS (SELECT FROM pg_stat_replication) LOOP PERFORM pg_sleep(0.005); END LOOP;"
                        + " END $$");
        server.execute("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots");
    }

    @Test
    void aConnectorThatResumesWaitsForTheSlotThatAnotherOneUses() throws Exception {
        // Given
        server.execute("SELECT pg_create_logical_replication_slot('shared', 'pgoutput')");
        StoredOffset stored = storedAt(server.ask("SELECT pg_current_wal_lsn()"));
        try (Connection other = replicating(new ApplicationName("other", "other"));
                var stream = other.unwrap(PGConnection.class)
                        .getReplicationAPI()
                        .replicationStream()
                        .logical()
                        .withSlotName("shared")
                        .withSlotOption("proto_version", "1")
                        .withSlotOption("publication_names", "any")
                        .start()) {

            // When
            Failure.Retriable waits = waits(Optional.of(stored));

            // Then
            assertThat(stream.isClosed()).isFalse();
            assertThat(waits.kind()).isEqualTo(Kind.SLOT_IN_USE);
            assertThat(waits.waitingFor()).isEqualTo("replication slot shared to be released");
            assertThat(waits.what()).contains("is in use by connector other");
        }
    }

    @Test
    void aConnectorWaitsForAFreeWalsender() throws Exception {
        try (Connection other = replicating(new ApplicationName("other", "other"))) {
            // When
            Failure.Retriable waits = waits(Optional.empty());

            // Then
            assertThat(other.isClosed()).isFalse();
            assertThat(waits.kind()).isEqualTo(Kind.TOO_MANY_CONNECTIONS);
            assertThat(waits.waitingFor()).isEqualTo("a free walsender on localhost:" + server.port());
            assertThat(waits.what()).contains("All 1 walsenders of the server are in use");
        }
    }

    @Test
    void aConnectorWaitsForAFreeSlot() {
        // Given
        server.execute("SELECT pg_create_physical_replication_slot('taken')");

        // When
        Failure.Retriable waits = waits(Optional.empty());

        // Then
        assertThat(waits.kind()).isEqualTo(Kind.NO_FREE_SLOT);
        assertThat(waits.waitingFor()).isEqualTo("a free replication slot on localhost:" + server.port());
        assertThat(waits.what()).contains("All 1 replication slots of the server are taken");
    }

    private static Failure.Retriable waits(Optional<StoredOffset> stored) {
        ConnectionTarget target = server.target();
        ConnectorConfig config = ConnectorConfig.of(Map.of(
                "database.hostname", target.host(),
                "database.port", Integer.toString(target.port()),
                "database.user", target.user(),
                "database.dbname", target.database(),
                "topic.prefix", "shop",
                "slot.name", "shared",
                "table.include.list", "public.orders"));
        Readiness readiness = new Readiness(
                config,
                new FailurePolicy("here", config.slotName(), config.publicationName(), Optional.empty(), false));
        CaptureFailedException failed =
                catchThrowableOfType(CaptureFailedException.class, () -> readiness.establish(stored));
        assertThat(failed.failure()).isInstanceOf(Failure.Retriable.class);
        return (Failure.Retriable) failed.failure();
    }

    private static StoredOffset storedAt(String lsn) {
        long position = LogSequenceNumber.valueOf(lsn).asLong();
        return new StoredOffset(Map.of(
                StoredOffset.LSN, position,
                StoredOffset.LSN_PROCESSED, position,
                StoredOffset.LSN_COMMITTED, position));
    }

    private static Connection replicating(ApplicationName name) throws SQLException {
        ConnectionTarget target = server.target();
        Properties properties = new Properties();
        properties.putAll(target.properties());
        PGProperty.REPLICATION.set(properties, "database");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "14");
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        PGProperty.APPLICATION_NAME.set(properties, name.text());
        return DriverManager.getConnection(target.url(), properties);
    }
}
