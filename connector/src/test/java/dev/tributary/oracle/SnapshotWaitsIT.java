// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.WaitLimit;
import dev.tributary.postgres.PostgresServer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A snapshot waits for other sessions, or keeps them waiting: the status says whom. */
class SnapshotWaitsIT {

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
    void namesTheTransactionThatItWaitsForAtOnce() throws Exception {
        try (SnapshotScenario scenario = SnapshotScenario.of(server).withSlotBefore()) {
            // Given
            String writing = openTransaction(scenario);

            // When
            scenario.start();

            // Then
            awaitStatus("snapshot", "WaitingFor", writing);
            assertThat(SnapshotScenario.status("snapshot", "WaitingFor")).contains("nightly_job");

            // When
            scenario.run("writing", "COMMIT");
            scenario.pollUntilSnapshotEnds();

            // Then
            scenario.pollToTheEnd();
            scenario.assertRebuilt();
        }
    }

    @Test
    void namesTheTransactionThatTheNewSlotWaitsFor() throws Exception {
        try (SnapshotScenario scenario = SnapshotScenario.of(server)) {
            // Given
            String writing = openTransaction(scenario);

            // When: the task is started by the thread that creates the slot
            CompletableFuture<Void> started = Background.run(scenario::start);

            // Then
            awaitStatus("snapshot", "WaitingFor", writing);

            // When
            scenario.run("writing", "COMMIT");
            started.get(WaitLimit.LIMIT.toSeconds(), TimeUnit.SECONDS);
            scenario.pollUntilSnapshotEnds();

            // Then
            scenario.assertRebuilt();
        }
    }

    @Test
    void givesUpAfterATimeNamesTheTransactionAndTriesAgain() throws Exception {
        try (SnapshotScenario scenario =
                SnapshotScenario.of(server).withSlotBefore().with("internal.create.slot.command.timeout", "2")) {
            // Given
            String writing = openTransaction(scenario);

            // When
            scenario.start();
            scenario.pollUntil(
                    "the failure",
                    () -> SnapshotScenario.status("task", "LastFailure").contains(writing));

            // Then
            assertThat(SnapshotScenario.status("task", "FailureKind")).isEqualTo("LOCK_NOT_AVAILABLE");

            // When
            scenario.run("writing", "COMMIT");
            scenario.pollUntilSnapshotEnds();

            // Then
            scenario.assertRebuilt();
        }
    }

    @Test
    void itsTemporarySlotIsGoneOnceRowsAreRead() throws Exception {
        try (SnapshotScenario scenario = SnapshotScenario.of(server).withSlotBefore()) {
            // When
            scenario.start();
            scenario.pollSome(1_000);

            // Then
            assertThat(scenario.ask("watching", "SELECT count(*) FROM pg_replication_slots WHERE temporary"))
                    .isEqualTo("0");
            scenario.pollUntilSnapshotEnds();
            scenario.assertRebuilt();
        }
    }

    @Test
    void namesTheSessionsThatItsLocksKeepWaiting() throws Exception {
        try (SnapshotScenario scenario = SnapshotScenario.of(server, SnapshotScenario.table("z_later", 500))) {
            // Given
            scenario.start();
            scenario.pollSome(1_000);
            String pid = scenario.ask("altering", "SELECT pg_backend_pid()");

            // When
            CompletableFuture<Void> altering =
                    scenario.runWaiting("altering", "ALTER TABLE z_later ADD COLUMN w int DEFAULT 7");

            // Then
            awaitStatus("snapshot", "KeptWaiting", "process " + pid + " ");
            assertThat(SnapshotScenario.status("snapshot", "KeptWaiting")).contains("z_later");
            scenario.pollUntilSnapshotEnds();
            altering.get(WaitLimit.LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** The stream looks up the columns of a table that a session waits to alter, which waits for the snapshot. */
    @Test
    void dropsItsLocksIfItWouldWaitForASessionThatWaitsForThem() throws Exception {
        try (SnapshotScenario scenario = SnapshotScenario.of(server, SnapshotScenario.table("z_later", 500))
                .withSlotBefore()
                .with("snapshot.lock.timeout.ms", "1000")) {
            // Given: a snapshot that was interrupted, and is up to date but for one long transaction. A look-up of the
            // table's default takes a lock
            scenario.run("writing", "ALTER TABLE z_later ALTER v SET DEFAULT 5");
            scenario.start();
            scenario.pollSome(1_000);
            scenario.kill();
            scenario.run("writing", "BEGIN", "UPDATE a_long_one SET v = v || 'x'", "UPDATE z_later SET v = v + 1");
            long before = scenario.rebuilt().reads();
            scenario.start();
            scenario.awaitTrue("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE backend_type = 'walsender'"
                    + " AND application_name = 'Tributary snapshot' AND wait_event = 'transactionid')");
            scenario.run("writing", "COMMIT");
            scenario.awaitTrue("SELECT EXISTS (SELECT FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
                    + " WHERE l.relation = 'z_later'::regclass AND l.granted"
                    + " AND a.application_name = 'Tributary snapshot')");

            // When: the queue is full, and the stream has not come to the table
            CompletableFuture<Void> altering =
                    scenario.runWaiting("altering", "ALTER TABLE z_later ALTER v SET DEFAULT 6");
            scenario.pollUntil(
                    "the end of the attempt",
                    () -> SnapshotScenario.status("task", "FailureKind").equals("LOCK_NOT_AVAILABLE"));
            scenario.pollUntilSnapshotEnds();

            // Then
            altering.get(WaitLimit.LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertThat(scenario.rebuilt().reads()).isGreaterThan(before);
            scenario.pollToTheEnd();
            scenario.assertRebuilt("z_later");
        }
    }

    /** Returns how the session is named. */
    private static String openTransaction(SnapshotScenario scenario) {
        scenario.run(
                "writing",
                "SET application_name = 'nightly_job'",
                "BEGIN",
                "UPDATE a_long_one SET v = 'written' WHERE id = 7");
        return "process " + scenario.ask("writing", "SELECT pg_backend_pid()") + " ";
    }

    private static void awaitStatus(String type, String attribute, String part) {
        await(attribute + " says " + part)
                .until(() -> SnapshotScenario.status(type, attribute).contains(part));
    }
}
