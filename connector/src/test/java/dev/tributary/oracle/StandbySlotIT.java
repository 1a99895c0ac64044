// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tributary.postgres.PostgresServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A slot is created on a standby whose primary writes nothing. */
class StandbySlotIT {

    private static final String SLOT = "goods_slot";

    private final List<PostgresServer> servers = new ArrayList<>();
    private final MemoryOffsets offsets = new MemoryOffsets();

    @SuppressWarnings("NullAway.Init") // started before each test
    private PostgresServer primary;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(ServerVersion.MAJOR >= 16, "standbys decode since Postgres 16");
        primary = Wal.server();
        primary.execute(
                "CREATE TABLE goods (id int PRIMARY KEY)",
                "CREATE PUBLICATION everything FOR ALL TABLES",
                "INSERT INTO goods VALUES (1)");
    }

    @AfterEach
    void stop() {
        servers.forEach(PostgresServer::close);
    }

    @ParameterizedTest(name = "{0}, the slot exists: {1}")
    @CsvSource({"initial, false", "initial, true", "no_data, false"})
    void waitsForThePrimary(String snapshotMode, boolean withSlot) throws Exception {
        // Given: a standby that does not follow its primary yet, and waits
        if (withSlot) {
            primary.execute("SELECT pg_create_logical_replication_slot('" + SLOT + "', 'pgoutput')");
        }
        primary.stop();
        PostgresServer standby = primary.standbyCopy();
        servers.add(standby);
        PostgresServer restarted = primary.startAgain();
        servers.add(restarted);
        List<SourceRecord> records = new ArrayList<>();

        try (Capture capture = start(standby, snapshotMode)) {
            // When
            capture.until(
                    records,
                    () -> SnapshotScenario.status("task", "FailureKind").equals("LOCK_NOT_AVAILABLE"));

            // Then
            assertThat(SnapshotScenario.status("task", "LastFailure"))
                    .contains("The replication slot could not be created within 1 s")
                    .contains("Run SELECT pg_log_standby_snapshot() on the primary");

            // When
            standby.execute(
                    "ALTER SYSTEM SET primary_conninfo = 'host=localhost port=" + restarted.port() + " user=postgres'",
                    "SELECT pg_reload_conf()");
            CompletableFuture<Void> logging =
                    Background.run(() -> await("the slot").until(() -> {
                        restarted.execute("SELECT pg_log_standby_snapshot()");
                        return isSlotRead(standby);
                    }));
            capture.until(records, logging::isDone);
            logging.join();
            restarted.execute("INSERT INTO goods VALUES (2)");

            // Then
            int rows = snapshotMode.equals("initial") ? 2 : 1;
            capture.until(records, () -> records.size() >= rows);
            assertThat(records).hasSize(rows);
        }
    }

    /** The thread that polls also creates the slot. */
    private static boolean isSlotRead(PostgresServer standby) {
        return standby.ask("SELECT EXISTS (SELECT FROM pg_replication_slots WHERE active AND slot_name = '" + SLOT
                        + "' AND confirmed_flush_lsn IS NOT NULL)")
                .equals("t");
    }

    private Capture start(PostgresServer standby, String snapshotMode) {
        Map<String, String> options = new HashMap<>(Map.of(
                "name", "standby",
                "task.id", "0",
                "database.hostname", "localhost",
                "database.port", Integer.toString(standby.port()),
                "database.user", "postgres",
                "database.dbname", "postgres",
                "topic.prefix", "standby",
                "slot.name", SLOT,
                "publication.name", "everything",
                "snapshot.mode", snapshotMode));
        options.put("read.only", "true");
        options.put("table.include.list", "public.goods");
        options.put("internal.create.slot.command.timeout", "1");
        options.put("retriable.restart.connector.wait.ms", "500");
        options.putAll(Contender.TRIBUTARY.options());
        return Capture.start(Contender.TRIBUTARY, options, offsets);
    }
}
