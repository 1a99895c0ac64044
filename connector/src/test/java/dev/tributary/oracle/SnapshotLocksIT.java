// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tributary.WaitLimit;
import dev.tributary.postgres.PostgresServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.connect.errors.ConnectException;
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
    void readsATableThatSomebodyWaitsToAlter(String alteration) throws Exception {
        try (SnapshotScene scene = SnapshotScene.of(server, SnapshotScene.table("z_later", ROWS))) {
            // Given
            scene.start();
            scene.pollSome(1_000);
            CompletableFuture<Void> altering = scene.runWaiting("altering", alteration);

            // When
            scene.pollUntilSnapshotEnds();

            // Then
            assertThat(scene.rebuilt().read("z_later")).hasSize(ROWS);
            assertThat(scene.rebuilt().read("a_long_one")).hasSize(SnapshotScene.ROWS);
            altering.get(WaitLimit.LIMIT.toSeconds(), TimeUnit.SECONDS);
            scene.run("writing", "UPDATE a_long_one SET v = 'after' WHERE id = 1");
            if (!alteration.startsWith("DROP")) {
                scene.run(
                        "writing",
                        "INSERT INTO z_later (id) VALUES (10001)",
                        "UPDATE z_later SET id = 10002 WHERE id = 10001");
            }
            scene.pollToTheEnd();
            scene.assertRebuilt();
        }
    }

    @Test
    void readsEachOfThreeTablesThatSomebodyWaitsToAlter() throws Exception {
        List<String> tables = new ArrayList<>();
        List<String> names = List.of("x_one", "x_two", "x_three", "z_later");
        names.forEach(name -> tables.addAll(List.of(SnapshotScene.table(name, ROWS))));
        try (SnapshotScene scene = SnapshotScene.of(server, tables.toArray(String[]::new))) {
            // Given
            scene.start();
            scene.pollSome(1_000);
            List<CompletableFuture<Void>> altering = List.of(
                    scene.runWaiting("one", "ALTER TABLE x_one ADD COLUMN w int"),
                    scene.runWaiting("two", "TRUNCATE x_two"),
                    scene.runWaiting("three", "ALTER TABLE x_three ALTER v TYPE text"));

            // When
            scene.pollUntilSnapshotEnds();

            // Then
            assertThat(names)
                    .allSatisfy(name -> assertThat(scene.rebuilt().read(name)).hasSize(ROWS));
            for (CompletableFuture<Void> each : altering) {
                each.get(WaitLimit.LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void namesTheTableThatIsLockedForTooLongAndByWhom() throws Exception {
        try (SnapshotScene scene = SnapshotScene.of(server, SnapshotScene.table("z_later", ROWS))
                .withSlotBefore()
                .with("snapshot.lock.timeout.ms", "300")) {
            // Given
            Moment moment = Moment.before(scene);
            scene.run("locking", "BEGIN", "LOCK TABLE z_later IN ACCESS EXCLUSIVE MODE");
            String pid = scene.ask("locking", "SELECT pg_backend_pid()");

            // When
            moment.comes();

            // Then
            assertThatThrownBy(() -> pollForEver(scene))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("public.z_later by process " + pid);
            scene.kill();

            // When
            scene.run("locking", "ROLLBACK");
            scene.start();
            scene.pollUntilSnapshotEnds();

            // Then
            scene.assertRebuilt("z_later");
        }
    }

    @Test
    void waitsForATableThatIsLockedForALittle() throws Exception {
        try (SnapshotScene scene =
                SnapshotScene.of(server, SnapshotScene.table("z_later", ROWS)).withSlotBefore()) {
            // Given
            Moment moment = Moment.before(scene);
            scene.run("locking", "BEGIN", "LOCK TABLE z_later IN ACCESS EXCLUSIVE MODE");

            // When
            moment.comes();
            awaitWaitingForLater(scene);
            scene.run("locking", "COMMIT");
            scene.pollUntilSnapshotEnds();

            // Then
            scene.assertRebuilt("z_later");
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
        try (SnapshotScene scene =
                SnapshotScene.of(server, SnapshotScene.table("z_later", ROWS)).withSlotBefore()) {
            // Given
            Moment moment = Moment.before(scene);
            scene.run("altering", "BEGIN", alteration);

            // When
            moment.comes();
            awaitWaitingForLater(scene);
            scene.run("altering", "COMMIT");
            scene.pollUntilSnapshotEnds();

            // Then
            scene.run("writing", "INSERT INTO z_later (id) VALUES (10001)");
            scene.pollToTheEnd();
            scene.assertRebuilt("z_later");
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
        try (SnapshotScene scene =
                SnapshotScene.of(server, SnapshotScene.table("z_later", ROWS)).withSlotBefore()) {
            // Given
            Moment moment = Moment.before(scene);

            // When
            scene.run("altering", alteration);
            moment.comes();
            scene.pollUntilSnapshotEnds();

            // Then
            scene.run("writing", "INSERT INTO z_later (id) VALUES (10001)");
            scene.pollToTheEnd();
            scene.assertRebuilt("z_later");
        }
    }

    @Test
    void readsMoreTablesThanOneConnectionMayHoldLocksOf() throws Exception {
        List<String> names = IntStream.range(0, 130).mapToObj(i -> "many_" + i).toList();
        List<String> tables = new ArrayList<>();
        names.forEach(name -> tables.addAll(List.of(SnapshotScene.table(name, 3))));
        try (SnapshotScene scene =
                SnapshotScene.of(server, tables.toArray(String[]::new)).with("snapshot.max.threads", "2")) {
            // Given
            scene.start();
            scene.pollSome(500);
            scene.run("writing", "UPDATE many_7 SET v = -1", "DELETE FROM many_120");

            // When
            scene.pollUntilSnapshotEnds();

            // Then
            assertThat(names)
                    .allSatisfy(name -> assertThat(scene.rebuilt().read(name))
                            .as("as of the moment")
                            .extracting(row -> row.getInt32("v"))
                            .containsExactlyInAnyOrder(1, 2, 3));
            scene.pollToTheEnd();
            scene.assertRebuilt("many_7", "many_119", "many_120");
        }
    }

    private static void awaitWaitingForLater(SnapshotScene scene) {
        scene.awaitTrue("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND mode = 'AccessShareLock'"
                + " AND relation = 'z_later'::regclass)");
    }

    private static void pollForEver(SnapshotScene scene) {
        await().pollInSameThread().pollInterval(Duration.ofMillis(1)).until(() -> {
            scene.poll();
            return false;
        });
    }

    /**
     * Holds up the moment of a snapshot. The server creates a slot in two steps, and in each waits for the transactions
     * that are running. A transaction that begins between the two is still running when the snapshot is taken.
     */
    private record Moment(SnapshotScene scene) {

        /** Returns when the connector has read the tables' structure, and before its snapshot is taken. */
        static Moment before(SnapshotScene scene) {
            scene.run("first", "BEGIN", "SELECT pg_current_xact_id()");
            scene.start();
            awaitWaitingFor(scene, "first");
            scene.run("second", "BEGIN", "SELECT pg_current_xact_id()");
            scene.run("first", "COMMIT");
            awaitWaitingFor(scene, "second");
            return new Moment(scene);
        }

        void comes() {
            scene.run("second", "COMMIT");
        }

        private static void awaitWaitingFor(SnapshotScene scene, String session) {
            scene.awaitTrue("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'"
                    + " AND transactionid::text = '"
                    + scene.ask(session, "SELECT pg_current_xact_id()::xid::text") + "')");
        }
    }
}
