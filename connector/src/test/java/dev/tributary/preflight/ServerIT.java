// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import static dev.tributary.preflight.FindingAssert.assertNone;
import static dev.tributary.preflight.FindingAssert.assertOne;

import dev.tributary.postgres.PostgresServer;
import dev.tributary.preflight.Finding.Severity;
import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server that is not set up for logical replication. */
class ServerIT {

    private static PostgresServer server;

    @BeforeAll
    static void start() throws IOException {
        server = PostgresServer.start(
                18, Map.of("wal_level", "replica", "max_replication_slots", "1", "max_wal_senders", "1"));
        server.execute(
                "CREATE ROLE app LOGIN REPLICATION PASSWORD 'app'",
                "SELECT pg_create_physical_replication_slot('taken')");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void requiresLogicalWal() {
        assertOne(Requests.on(server.target()).run(), "wal_level is replica")
                .is(Severity.ERROR, "database.hostname")
                .says("restart Postgres")
                .fixedBy("ALTER SYSTEM SET wal_level = 'logical'");
    }

    @Test
    void requiresAFreeSlotForANewOne() {
        // When
        var findings = Requests.on(server.target()).run();

        // Then
        assertOne(findings, "All 1 replication slots")
                .is(Severity.ERROR, "slot.name")
                .says("restart Postgres")
                .fixedBy("ALTER SYSTEM SET max_replication_slots = 11");
        assertNone(Requests.on(server.target()).slot("taken").run(), "replication slots");
    }

    @Test
    void requiresAFreeWalSender() throws SQLException {
        // Given
        var request = Requests.on(server.target());
        assertNone(request.run(), "walsenders");
        var properties = new Properties();
        properties.setProperty("user", "app");
        properties.setProperty("replication", "true");
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("assumeMinServerVersion", "14");
        try (var connection = DriverManager.getConnection(server.target().url(), properties)) {
            connection.isReadOnly();

            // When / Then
            assertOne(request.run(), "All 1 walsenders")
                    .is(Severity.ERROR, "database.hostname")
                    .fixedBy("ALTER SYSTEM SET max_wal_senders = 11");
        }
    }
}
