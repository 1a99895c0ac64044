// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import static dev.tributary.preflight.FindingAssert.assertNone;
import static dev.tributary.preflight.FindingAssert.assertOne;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.config.SlotOptions;
import dev.tributary.postgres.PostgresServer;
import dev.tributary.preflight.Finding.Severity;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/** Whether a standby can take the slot over, as far as that can be seen. */
class FailoverIT {

    private static final SlotOptions FAILOVER = new SlotOptions(true, null);

    private static PostgresServer server;

    @BeforeAll
    static void start() throws IOException {
        server = PostgresServer.start();
        server.execute("CREATE TABLE orders (id int PRIMARY KEY)", "CREATE PUBLICATION pub FOR ALL TABLES");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void set(String sql) {
        server.execute(sql, "SELECT pg_reload_conf()");
    }

    @Test
    void saysWhatAStandbyNeeds() throws Exception {
        // Given
        var requests = Requests.on(server.target());
        var failover = requests.with(FAILOVER);
        assertNone(requests.run(), "standby");

        // When: there is no standby
        var alone = failover.run();

        // Then
        assertOne(alone, "no standby uses a physical slot")
                .is(Severity.WARNING, "slot.failover")
                .says("sync_replication_slots = on", "hot_standby_feedback = on", "primary_slot_name", "dbname=");
        assertOne(alone, "synchronized_standby_slots of the server is empty")
                .is(Severity.WARNING, "slot.failover")
                .fixedBy("ALTER SYSTEM SET synchronized_standby_slots = 'standby1'", "SELECT pg_reload_conf()");

        // When: there is one, without feedback
        server.execute("SELECT pg_create_physical_replication_slot('standby1', true)");
        try (var replication = replication();
                var stream = read(replication, "standby1")) {
            var silent = failover.run();

            // Then
            assertThat(stream.isClosed()).isFalse();
            assertOne(silent, "no standby sends hot_standby_feedback (slot standby1)")
                    .is(Severity.WARNING, "slot.failover")
                    .says("after a failover");

            // When: the list has one that does not exist, and the one that is there
            set("ALTER SYSTEM SET synchronized_standby_slots = 'standby1, \"gone\"'");
            Awaitility.await().untilAsserted(() -> assertNone(failover.run(), "is empty"));

            // Then
            assertOne(failover.run(), "names slot gone, which does not exist")
                    .is(Severity.WARNING, "slot.failover")
                    .says("change arrives")
                    .fixedBy("ALTER SYSTEM SET synchronized_standby_slots = 'standby1'", "SELECT pg_reload_conf()");
            assertNone(failover.run(), "names slot standby1");
        }

        // When: the standby goes away
        Awaitility.await()
                .untilAsserted(() -> assertOne(failover.run(), "names slot standby1, which is not in use")
                        .is(Severity.WARNING, "slot.failover"));
        set("ALTER SYSTEM RESET synchronized_standby_slots");
        server.execute("SELECT pg_drop_replication_slot('standby1')");
        Awaitility.await().untilAsserted(() -> assertOne(failover.run(), "is empty"));
    }

    @Test
    void saysThatASlotExistsWithoutTheProperty() {
        var requests = Requests.on(server.target());
        var slot = requests.request().slot().name();
        server.execute("SELECT pg_create_logical_replication_slot('" + slot + "', 'pgoutput')");

        assertOne(requests.with(FAILOVER).run(), "exists without the property failover")
                .is(Severity.WARNING, "slot.failover")
                .says("ALTER_REPLICATION_SLOT " + slot + " (FAILOVER true)");
        assertNone(requests.with(FAILOVER).run(), "synchronized_standby_slots");

        server.execute(
                "SELECT pg_drop_replication_slot('" + slot + "')",
                "SELECT pg_create_logical_replication_slot('" + slot + "', 'pgoutput', failover => true)");
        assertNone(requests.with(FAILOVER).run(), "exists without");
        assertOne(requests.run(), "synchronized_standby_slots of the server is empty");
        server.execute("SELECT pg_drop_replication_slot('" + slot + "')");
    }

    /** Reads a physical slot, as a standby does. */
    private static PGReplicationStream read(Connection replication, String slot) throws SQLException {
        return replication
                .unwrap(PGConnection.class)
                .getReplicationAPI()
                .replicationStream()
                .physical()
                .withSlotName(slot)
                .withStartPosition(LogSequenceNumber.valueOf(server.ask("SELECT pg_current_wal_lsn()")))
                .start();
    }

    private static Connection replication() throws SQLException {
        var properties = new Properties();
        properties.putAll(server.target().properties());
        properties.setProperty("replication", "true");
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("assumeMinServerVersion", "14");
        return DriverManager.getConnection(server.target().url(), properties);
    }
}
