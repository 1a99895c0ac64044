// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.WaitLimit;
import dev.tributary.postgres.PostgresServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that are altered, or wait to be, while a snapshot is taken. */
class SnapshotLocksIT {

    private static final int ROWS = 500;

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = Wal.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE z_later ADD COLUMN w int DEFAULT 7",
                "ALTER TABLE z_later ALTER v TYPE bigint",
                "ALTER TABLE z_later DROP COLUMN v",
                "TRUNCATE z_later",
                "VACUUM FULL z_later",
                "DROP TABLE z_later"
            })
    void readsATableThatASessionWaitsToAlter(String alteration) throws Exception {
        try (SnapshotScenario scenario = SnapshotScenario.of(server, SnapshotScenario.table("z_later", ROWS))) {
            // Given
            scenario.start();
            scenario.pollSome(1_000);
            CompletableFuture<Void> altering = scenario.runWaiting("altering", alteration);

            // When
            scenario.pollUntilSnapshotEnds();

            // Then
            assertThat(scenario.rebuilt().read("z_later")).hasSize(ROWS);
            assertThat(scenario.rebuilt().read("a_long_one")).hasSize(SnapshotScenario.ROWS);
            altering.get(WaitLimit.LIMIT.toSeconds(), TimeUnit.SECONDS);
            scenario.run("writing", "UPDATE a_long_one SET v = 'after' WHERE id = 1");
            if (!alteration.startsWith("DROP")) {
                scenario.run(
                        "writing",
                        "INSERT INTO z_later (id) VALUES (10001)",
                        "UPDATE z_later SET id = 10002 WHERE id = 10001");
            }
            scenario.pollToTheEnd();
            scenario.assertRebuilt();
        }
    }

    @Test
    void readsThreeTablesThatSessionsWaitToAlter() throws Exception {
        List<String> tables = new ArrayList<>();
        List<String> names = List.of("x_one", "x_two", "x_three", "z_later");
        names.forEach(name -> tables.addAll(List.of(SnapshotScenario.table(name, ROWS))));
        try (SnapshotScenario scenario = SnapshotScenario.of(server, tables.toArray(String[]::new))) {
            // Given
            scenario.start();
            scenario.pollSome(1_000);
            List<CompletableFuture<Void>> altering = List.of(
                    scenario.runWaiting("one", "ALTER TABLE x_one ADD COLUMN w int"),
                    scenario.runWaiting("two", "TRUNCATE x_two"),
                    scenario.runWaiting("three", "ALTER TABLE x_three ALTER v TYPE text"));

            // When
            scenario.pollUntilSnapshotEnds();

            // Then
            assertThat(names)
                    .allSatisfy(
                            name -> assertThat(scenario.rebuilt().read(name)).hasSize(ROWS));
            for (CompletableFuture<Void> each : altering) {
                each.get(WaitLimit.LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void namesTheTableThatIsLockedForTooLongAndTheProcessAndTriesAgain() throws Exception {
        try (SnapshotScenario scenario = SnapshotScenario.of(server, SnapshotScenario.table("z_later", ROWS))
                .withSlotBefore()
                .with("snapshot.lock.timeout.ms", "300")) {
            // Given
            Moment moment = Moment.before(scenario);
            scenario.run("locking", "BEGIN", "LOCK TABLE z_later IN ACCESS EXCLUSIVE MODE");
            String pid = scenario.ask("locking", "SELECT pg_backend_pid()");

            // When
            moment.release();

            // Then
            scenario.pollUntil(
                    "the failure",
                    () -> SnapshotScenario.status("task", "LastFailure").contains("public.z_later by process " + pid));

            // When
            scenario.run("locking", "ROLLBACK");
            scenario.pollUntilSnapshotEnds();

            // Then
            scenario.assertRebuilt("z_later");
        }
    }

    @Test
    void waitsForATableThatIsLockedForAWhile() throws Exception {
        try (SnapshotScenario scenario = SnapshotScenario.of(server, SnapshotScenario.table("z_later", ROWS))
                .withSlotBefore()) {
            // Given
            Moment moment = Moment.before(scenario);
            scenario.run("locking", "BEGIN", "LOCK TABLE z_later IN ACCESS EXCLUSIVE MODE");

            // When
            moment.release();
            awaitWaitingForLater(scenario);
            scenario.run("locking", "COMMIT");
            scenario.pollUntilSnapshotEnds();

            // Then
            scenario.assertRebuilt("z_later");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE z_later ALTER v TYPE int USING v + 1",
                "ALTER TABLE z_later ALTER v TYPE bigint",
                "ALTER TABLE z_later ADD COLUMN w int DEFAULT 7",
                "ALTER TABLE z_later ADD COLUMN w uuid DEFAULT gen_random_uuid()",
                "ALTER TABLE z_later DROP COLUMN v",
                "CLUSTER z_later USING z_later_pkey",
                "TRUNCATE z_later"
            })
    void readsATableThatIsAlteredBetweenTheSnapshotAndTheLock(String alteration) throws Exception {
        try (SnapshotScenario scenario = SnapshotScenario.of(server, SnapshotScenario.table("z_later", ROWS))
                .withSlotBefore()) {
            // Given
            Moment moment = Moment.before(scenario);
            scenario.run("altering", "BEGIN", alteration);

            // When
            moment.release();
            awaitWaitingForLater(scenario);
            scenario.run("altering", "COMMIT");
            scenario.pollUntilSnapshotEnds();

            // Then
            scenario.run("writing", "INSERT INTO z_later (id) VALUES (10001)");
            scenario.pollToTheEnd();
            scenario.assertRebuilt("z_later");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE z_later ALTER v TYPE bigint",
                "ALTER TABLE z_later ADD COLUMN w int DEFAULT 7",
                "ALTER TABLE z_later DROP COLUMN v"
            })
    void readsATableThatIsAlteredJustBeforeTheSnapshot(String alteration) throws Exception {
        try (SnapshotScenario scenario = SnapshotScenario.of(server, SnapshotScenario.table("z_later", ROWS))
                .withSlotBefore()) {
            // Given
            Moment moment = Moment.before(scenario);

            // When
            scenario.run("altering", alteration);
            moment.release();
            scenario.pollUntilSnapshotEnds();

            // Then
            scenario.run("writing", "INSERT INTO z_later (id) VALUES (10001)");
            scenario.pollToTheEnd();
            scenario.assertRebuilt("z_later");
        }
    }

    @Test
    void readsMoreTablesThanOneConnectionMayLock() throws Exception {
        List<String> names = IntStream.range(0, 130).mapToObj(i -> "many_" + i).toList();
        List<String> tables = new ArrayList<>();
        names.forEach(name -> tables.addAll(List.of(SnapshotScenario.table(name, 3))));
        try (SnapshotScenario scenario =
                SnapshotScenario.of(server, tables.toArray(String[]::new)).with("snapshot.max.threads", "2")) {
            // Given
            scenario.start();
            scenario.pollSome(500);
            scenario.run("writing", "UPDATE many_7 SET v = -1", "DELETE FROM many_120");

            // When
            scenario.pollUntilSnapshotEnds();

            // Then
            assertThat(names)
                    .allSatisfy(name -> assertThat(scenario.rebuilt().read(name))
                            .as("as of the moment of the snapshot")
                            .extracting(row -> row.getInt32("v"))
                            .containsExactlyInAnyOrder(1, 2, 3));
            scenario.pollToTheEnd();
            scenario.assertRebuilt("many_7", "many_119", "many_120");
        }
    }

    private static void awaitWaitingForLater(SnapshotScenario scenario) {
        scenario.awaitTrue("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND mode = 'AccessShareLock'"
                + " AND relation = 'z_later'::regclass)");
    }

    /**
     * Holds up the moment of a snapshot. The server creates a slot in two steps, and in each waits for the transactions
     * that are running. A transaction that begins between the two is still running when the snapshot is taken.
     */
    private record Moment(SnapshotScenario scenario) {

        /** Returns when the connector has read the tables' structure, and before its snapshot is taken. */
        static Moment before(SnapshotScenario scenario) {
            scenario.run("first", "BEGIN", "SELECT pg_current_xact_id()");
            scenario.start();
            awaitWaitingFor(scenario, "first");
            scenario.run("second", "BEGIN", "SELECT pg_current_xact_id()");
            scenario.run("first", "COMMIT");
            awaitWaitingFor(scenario, "second");
            return new Moment(scenario);
        }

        void release() {
            scenario.run("second", "COMMIT");
        }

        private static void awaitWaitingFor(SnapshotScenario scenario, String session) {
            scenario.awaitTrue("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'"
                    + " AND transactionid::text = '"
                    + scenario.ask(session, "SELECT pg_current_xact_id()::xid::text") + "')");
        }
    }
}
