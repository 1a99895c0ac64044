// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tributary.WaitLimit;
import dev.tributary.postgres.PostgresServer;
import java.time.Duration;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A snapshot loses its connections, its server or its slot in the middle. */
class SnapshotInterruptionsIT {

    /**
     * The connection that exports the snapshot and holds the locks has locked a table that no reader has begun to read.
     */
    private static final String KEEPER = "pid IN (SELECT l.pid FROM pg_locks l WHERE l.granted"
            + " AND l.mode = 'AccessShareLock' AND l.relation = 'z_later'::regclass)";

    private static final String OURS = "application_name = 'Tributary snapshot' AND datname = current_database()"
            + " AND backend_type = 'client backend'";

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = Wal.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void continuesWhenAReaderIsTerminated() throws Exception {
        try (SnapshotScenario scenario = SnapshotScenario.of(server, SnapshotScenario.table("z_later", 500))) {
            // Given
            scenario.start();
            scenario.pollSome(1_000);

            // When
            terminate(scenario, OURS + " AND NOT " + KEEPER);

            // Then
            assertContinues(scenario);
        }
    }

    @Test
    void continuesWhenAllConnectionsAreTerminatedAgainAndAgain() throws Exception {
        try (SnapshotScenario scenario = SnapshotScenario.of(server, SnapshotScenario.table("z_later", 500))) {
            // Given
            scenario.start();
            for (int i = 1; i <= 3; i++) {
                scenario.pollSome(1_000 * i);

                // When
                terminate(
                        scenario,
                        "datname = current_database() AND backend_type IN ('client backend', 'walsender')"
                                + " AND application_name LIKE 'Tributary%'");
                scenario.run("writing", "UPDATE a_long_one SET v = v || 'x' WHERE id % 7 = " + i);
            }

            // Then
            assertContinues(scenario);
        }
    }

    @Test
    void missesNothingWhenTheLocksAreLostAndATableIsRewritten() throws Exception {
        try (SnapshotScenario scenario = SnapshotScenario.of(server, SnapshotScenario.table("z_later", 500))) {
            // Given
            scenario.start();
            scenario.pollSome(1_000);

            // When
            terminate(scenario, OURS + " AND " + KEEPER);
            scenario.run("altering", "ALTER TABLE z_later ALTER v TYPE int USING v + 1");

            // Then
            assertContinues(scenario);
        }
    }

    @Test
    void continuesWhenTheServerCrashes() throws Exception {
        try (PostgresServer own = Wal.server();
                SnapshotScenario scenario = SnapshotScenario.of(own, SnapshotScenario.table("z_later", 500))) {
            // Given
            scenario.start();
            scenario.pollSome(2_000);
            long before = scenario.rebuilt().reads();

            // When
            long pid = Long.parseLong(scenario.ask("victim", "SELECT pg_backend_pid()"));
            scenario.forgetConnections();
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();

            // Then
            scenario.pollUntilSnapshotEnds();
            scenario.run("writing", "UPDATE z_later SET v = v + 1");
            scenario.pollToTheEnd();
            scenario.assertRebuilt("z_later");
            assertThat(scenario.rebuilt().reads() - before)
                    .as("rows that were read after the crash")
                    .isLessThan(SnapshotScenario.ROWS + 500);
        }
    }

    @Test
    void readsRowsAgainThatARewriteMoved() throws Exception {
        try (SnapshotScenario scenario = SnapshotScenario.of(server, SnapshotScenario.table("z_later", 500))) {
            // Given
            scenario.start();
            scenario.pollSome(3_000);
            scenario.kill();

            // When
            scenario.run("writing", "DELETE FROM a_long_one WHERE id <= 2000", "VACUUM FULL a_long_one");
            scenario.start();

            // Then
            assertContinues(scenario);
        }
    }

    @Test
    void readsATableThatWasTruncatedAndFilledAgain() throws Exception {
        try (SnapshotScenario scenario = SnapshotScenario.of(server, SnapshotScenario.table("z_later", 500))) {
            // Given
            scenario.start();
            scenario.pollSome(3_000);
            scenario.kill();

            // When
            scenario.run(
                    "writing",
                    "TRUNCATE a_long_one",
                    "INSERT INTO a_long_one SELECT i, 'again' FROM generate_series(1, 5000) AS i");
            scenario.start();

            // Then
            assertContinues(scenario);
        }
    }

    /** Rows that were sent and are deleted now would stay with every consumer. */
    @Test
    void reportsTheLossWhenTheSlotWasDropped() throws Exception {
        try (SnapshotScenario scenario = SnapshotScenario.of(server, SnapshotScenario.table("z_later", 500))) {
            // Given
            scenario.start();
            scenario.pollSome(2_000);
            scenario.kill();
            String before = scenario.ask(
                    "watching",
                    "SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = '" + scenario.slot() + "'");

            // When
            drop(scenario);
            scenario.run("writing", "DELETE FROM a_long_one WHERE id <= 100");

            // Then
            assertThatThrownBy(scenario::start)
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContainingAll(
                            "The connector has begun a snapshot at " + before,
                            "slot " + scenario.slot() + " no longer exists",
                            "The changes committed after " + before + " and up to ",
                            "rows that were sent and deleted since stay in the topics",
                            "set snapshot.mode=when_needed");
        }
    }

    @Test
    void startsOverWhenTheSlotWasDroppedIfAllowed() throws Exception {
        try (SnapshotScenario scenario = SnapshotScenario.of(server, SnapshotScenario.table("z_later", 500))) {
            // Given
            scenario.start();
            scenario.pollSome(2_000);
            scenario.kill();

            // When
            drop(scenario);
            scenario.run("writing", "UPDATE a_long_one SET v = 'new' WHERE id % 3 = 0", "UPDATE z_later SET v = -v");
            scenario.with("snapshot.mode", "when_needed").start();

            // Then
            assertThat(SnapshotScenario.status("task", "Warnings")).contains("stay in the topics");
            assertContinues(scenario);
            assertThat(scenario.rebuilt().read("a_long_one"))
                    .as("rows that were read before do not count")
                    .hasSizeGreaterThanOrEqualTo(2_000 + SnapshotScenario.ROWS);
        }
    }

    @Test
    void reportsTheLossWhenTheSlotWasReplaced() throws Exception {
        try (SnapshotScenario scenario = SnapshotScenario.of(server, SnapshotScenario.table("z_later", 500))) {
            // Given
            scenario.start();
            scenario.pollSome(2_000);
            scenario.kill();

            // When
            drop(scenario);
            scenario.run(
                    "writing",
                    "UPDATE a_long_one SET v = 'new' WHERE id % 3 = 0",
                    "SELECT pg_create_logical_replication_slot('" + scenario.slot() + "', 'pgoutput')");

            // Then
            assertThatThrownBy(scenario::start)
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContainingAll(
                            "but the connector has begun a snapshot at ",
                            "something else has read from it or moved it",
                            "rows that were sent and deleted since stay in the topics");
            scenario.with("snapshot.mode", "when_needed").start();
            assertContinues(scenario);
        }
    }

    @Test
    void failsWhenTheSlotIsDroppedDuringTheSnapshot() throws Exception {
        try (SnapshotScenario scenario = SnapshotScenario.of(server, SnapshotScenario.table("z_later", 500))) {
            // Given
            scenario.start();
            scenario.pollSome(2_000);

            // When
            drop(scenario);

            // Then
            assertThatThrownBy(() -> await().pollInSameThread()
                            .pollInterval(Duration.ofMillis(1))
                            .until(() -> {
                                scenario.poll();
                                return false;
                            }))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining(scenario.slot());
            scenario.kill();
            assertThatThrownBy(scenario::start)
                    .as("the stream has lost the changes since the snapshot")
                    .hasMessageContaining("slot " + scenario.slot() + " no longer exists");
        }
    }

    /**
     * The slot is checked every ten seconds. The test does not poll until it has been, so the readers wait that long.
     */
    @Test
    void stopsReadingWhenTheSlotIsDropped() throws Exception {
        try (SnapshotScenario scenario = SnapshotScenario.of(server, SnapshotScenario.table("z_later", 500))) {
            // Given
            scenario.start();
            scenario.pollSome(500);

            // When
            drop(scenario);
            awaitCheckOfSlot(scenario);

            // Then
            assertThatThrownBy(() -> await().pollInSameThread()
                            .pollInterval(Duration.ofMillis(1))
                            .until(() -> {
                                scenario.poll();
                                return false;
                            }))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("The connector has begun a snapshot at ")
                    .hasMessageContaining("slot " + scenario.slot() + " no longer exists")
                    .hasMessageContaining("are lost");
            assertThat(scenario.rebuilt().reads()).isLessThan(SnapshotScenario.ROWS);
        }
    }

    /** No restart, and nobody's help: the next attempt of the same task finds that the slot is gone. */
    @Test
    void takesANewSnapshotWhenTheSlotIsDropped() throws Exception {
        try (SnapshotScenario scenario = SnapshotScenario.of(server, SnapshotScenario.table("z_later", 500))) {
            // Given
            scenario.with("snapshot.mode", "when_needed").start();
            scenario.pollSome(500);

            // When
            drop(scenario);
            awaitCheckOfSlot(scenario);

            // Then
            assertContinues(scenario);
        }
    }

    /**
     * Waits inside the server, because the query of the check is visible for some milliseconds only. When its
     * connection is closed, the connector knows the result.
     */
    private static void awaitCheckOfSlot(SnapshotScenario scenario) {
        scenario.run("watching", "SET statement_timeout = " + WaitLimit.LIMIT.toMillis(), """
                DO $$
                BEGIN
                    WHILE NOT EXISTS (
                        SELECT FROM pg_stat_activity
                         WHERE datname = current_database() AND application_name = 'Tributary preflight'
                           AND query LIKE '%LEFT JOIN pg_stat_replication%' AND query_start > now())
                    LOOP
                        PERFORM pg_stat_clear_snapshot();
                        PERFORM pg_sleep(0.001);
                    END LOOP;
                END
                $$""");
        scenario.awaitTrue("SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()"
                + " AND application_name = 'Tributary preflight')");
    }

    private static void terminate(SnapshotScenario scenario, String who) {
        assertThat(scenario.ask(
                        "cutting",
                        "SELECT count(pg_terminate_backend(pid, 10000)) > 0 FROM pg_stat_activity WHERE " + who))
                .as(who)
                .isEqualTo("t");
    }

    private static void drop(SnapshotScenario scenario) {
        scenario.awaitTrue("SELECT NOT active FROM pg_replication_slots WHERE slot_name = '" + scenario.slot() + "'");
        scenario.run("dropping", "SELECT pg_drop_replication_slot('" + scenario.slot() + "')");
    }

    private static void assertContinues(SnapshotScenario scenario) {
        scenario.pollUntilSnapshotEnds();
        scenario.run("writing", "UPDATE z_later SET v = v + 1 WHERE id < 10");
        scenario.pollToTheEnd();
        scenario.assertRebuilt("z_later");
    }
}
