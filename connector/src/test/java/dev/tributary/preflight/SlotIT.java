// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import static dev.tributary.preflight.FindingAssert.assertNone;
import static dev.tributary.preflight.FindingAssert.assertOne;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.postgres.PostgresServer;
import dev.tributary.postgres.PostgresServer.TestDatabase;
import dev.tributary.preflight.Finding.Severity;
import dev.tributary.preflight.PreflightRequest.Backlog;
import dev.tributary.preflight.PreflightRequest.SlotTrust;
import dev.tributary.preflight.PreflightRequest.SlotUse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.replication.LogSequenceNumber;

/** Whether the slot still has the changes that the connector needs. */
class SlotIT {

    private static PostgresServer server;

    private TestDatabase database;
    private Requests requests;
    private String slot;

    @BeforeAll
    static void start() throws IOException {
        server = PostgresServer.start();
        server.execute(
                "CREATE ROLE app LOGIN REPLICATION PASSWORD 'app'",
                "GRANT pg_read_all_data TO app",
                "ALTER SYSTEM SET max_slot_wal_keep_size = '32MB'",
                "SELECT pg_reload_conf()");
        Awaitility.await().until(() -> server.ask("SHOW max_slot_wal_keep_size").equals("32MB"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void create() {
        database = server.newDatabase();
        database.execute("CREATE TABLE orders (id int PRIMARY KEY)", "CREATE PUBLICATION pub FOR ALL TABLES");
        requests = Requests.on(database.target("app"));
        slot = requests.request().slot().name();
    }

    @AfterEach
    void dropSlots() {
        server.execute("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE NOT active");
    }

    @Test
    void saysWhichChangesAreLostWithTheSlot() {
        // Given
        createSlot();
        var confirmed = confirmed();
        writeWal(4);
        database.execute("CHECKPOINT");

        // When
        var written = walPosition();
        var findings = requests.run();
        while (!walPosition().equals(written)) {
            // Every 15 seconds the background writer may add a record of its own.
            written = walPosition();
            findings = requests.run();
        }

        // Then
        var found = assertOne(findings, "is lost")
                .is(Severity.ERROR, "slot.name")
                .says(
                        "wal_removed",
                        "after " + confirmed + " and up to " + written,
                        "DELETE /connectors/<name>/offsets",
                        "snapshot.mode=when_needed",
                        "accept the gap")
                .fixedBy("SELECT pg_drop_replication_slot('" + slot + "')");
        database.execute(found.statements());
        assertThat(requests.run()).isEmpty();
    }

    @Test
    void warnsBeforeTheSlotIsLost() {
        // Given
        createSlot();
        writeWal(3);

        // When
        var findings = requests.run();

        // Then
        var found = assertOne(findings, "is about to be lost")
                .is(Severity.WARNING, "slot.name")
                .says("max_slot_wal_keep_size = 32 MB")
                .fixedBy("ALTER SYSTEM SET max_slot_wal_keep_size = '64MB'", "SELECT pg_reload_conf()");
        database.execute(found.statements());
        try {
            Awaitility.await().untilAsserted(() -> assertNone(requests.run(), "is about to be lost"));
        } finally {
            database.execute("ALTER SYSTEM SET max_slot_wal_keep_size = '32MB'", "SELECT pg_reload_conf()");
            Awaitility.await()
                    .until(() -> server.ask("SHOW max_slot_wal_keep_size").equals("32MB"));
        }
    }

    @Test
    void saysWhichChangesAreLostWhenTheSlotIsGone() {
        // Given
        var stored = walPosition();
        writeWal(1);

        // When
        var findings = requests.stored(stored).run();

        // Then
        assertOne(findings, "no longer exists")
                .is(Severity.ERROR, "slot.name")
                .says("after " + stored + " and up to ", "snapshot.mode=no_data");
        assertOne(requests.stored(stored).snapshot(true, true).run(), "no longer exists")
                .is(Severity.WARNING, "slot.name");
    }

    @Test
    void saysWhichChangesSomethingElseHasTaken() {
        // Given
        createSlot();
        var stored = confirmed();
        writeWal(1);
        database.execute("SELECT pg_replication_slot_advance('" + slot + "', pg_current_wal_lsn())");

        // When
        var findings = requests.stored(stored).run();

        // Then
        assertOne(findings, "has read only up to " + stored)
                .is(Severity.ERROR, "slot.name")
                .says("after " + stored + " and up to " + confirmed());
        var idle = new SlotUse(slot, LogSequenceNumber.valueOf(stored), SlotTrust.ALWAYS);
        assertOne(requests.with(idle).run(), "has read only up to " + stored).is(Severity.INFO, "slot.name");
    }

    @Test
    void acceptsAStoredPositionThatTheSlotCanServe() {
        // Given
        createSlot();
        writeWal(1);

        // When / Then
        assertThat(requests.stored(walPosition()).run()).isEmpty();
    }

    @Test
    void reportsAServerThatIsBehindTheStoredPosition() {
        // Given
        createSlot();

        // When / Then
        assertOne(requests.stored("FFFF/0").run(), "has written only up to")
                .is(Severity.ERROR, "database.hostname")
                .says("FFFF/0", "restored from an older backup");
    }

    @Test
    void warnsOfChangesThatTopicsDeleteSoonAfterTheyArrive() {
        // Given
        createSlot();
        var stored = requests.stored(confirmed());
        var days = Instant.now().minus(10, ChronoUnit.DAYS);
        writeWal(2);

        // Then
        assertOne(stored.with(new Backlog(days, Duration.ofDays(7))).run(), "was committed 10 days ago")
                .is(Severity.WARNING, "record.timestamp")
                .says("topics that keep records for 7 days", "more than 11 days");
        assertThat(stored.with(new Backlog(days, Duration.ofDays(30))).run()).isEmpty();
        assertThat(stored.with(new Backlog(null, Duration.ofDays(7))).run()).isEmpty();
        assertThat(requests.stored(walPosition())
                        .with(new Backlog(days, Duration.ofDays(7)))
                        .run())
                .isEmpty();
    }

    private void createSlot() {
        database.execute("SELECT pg_create_logical_replication_slot('" + slot + "', 'pgoutput')");
    }

    private String confirmed() {
        return server.ask("SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = '" + slot + "'");
    }

    private static String walPosition() {
        return server.ask("SELECT pg_current_wal_lsn()");
    }

    /** Only a checkpoint removes WAL, and the server takes none unless a test asks for it. */
    private void writeWal(int segments) {
        for (int i = 0; i < segments; i++) {
            database.execute("SELECT pg_logical_emit_message(false, 'test', 'x')", "SELECT pg_switch_wal()");
        }
    }
}
