// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

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
    void goesOnWhenAReaderIsCutOff() throws Exception {
        try (SnapshotScene scene = SnapshotScene.of(server, SnapshotScene.table("z_later", 500))) {
            // Given
            scene.start();
            scene.pollSome(1_000);

            // When
            cutOff(scene, OURS + " AND NOT " + KEEPER);

            // Then
            goesOn(scene);
        }
    }

    @Test
    void goesOnWhenAllAreCutOffAgainAndAgain() throws Exception {
        try (SnapshotScene scene = SnapshotScene.of(server, SnapshotScene.table("z_later", 500))) {
            // Given
            scene.start();
            for (int i = 1; i <= 3; i++) {
                scene.pollSome(1_000 * i);

                // When
                cutOff(
                        scene,
                        "datname = current_database() AND backend_type IN ('client backend', 'walsender')"
                                + " AND application_name LIKE 'Tributary%'");
                scene.run("writing", "UPDATE a_long_one SET v = v || 'x' WHERE id % 7 = " + i);
            }

            // Then
            goesOn(scene);
        }
    }

    @Test
    void missesNothingWhenTheLocksAreLostAndATableIsRewritten() throws Exception {
        try (SnapshotScene scene = SnapshotScene.of(server, SnapshotScene.table("z_later", 500))) {
            // Given
            scene.start();
            scene.pollSome(1_000);

            // When
            cutOff(scene, OURS + " AND " + KEEPER);
            scene.run("altering", "ALTER TABLE z_later ALTER v TYPE int USING v + 1");

            // Then
            goesOn(scene);
        }
    }

    @Test
    void goesOnWhenTheServerCrashes() throws Exception {
        try (PostgresServer own = Wal.server();
                SnapshotScene scene = SnapshotScene.of(own, SnapshotScene.table("z_later", 500))) {
            // Given
            scene.start();
            scene.pollSome(2_000);
            long before = scene.rebuilt().reads();

            // When
            long pid = Long.parseLong(scene.ask("victim", "SELECT pg_backend_pid()"));
            scene.forgetSessions();
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();

            // Then
            scene.pollUntilSnapshotEnds();
            scene.run("writing", "UPDATE z_later SET v = v + 1");
            scene.pollToTheEnd();
            scene.assertRebuilt("z_later");
            assertThat(scene.rebuilt().reads() - before)
                    .as("rows that were read after the crash")
                    .isLessThan(SnapshotScene.ROWS + 500);
        }
    }

    @Test
    void readsAgainWhatWasMovedByARewrite() throws Exception {
        try (SnapshotScene scene = SnapshotScene.of(server, SnapshotScene.table("z_later", 500))) {
            // Given
            scene.start();
            scene.pollSome(3_000);
            scene.kill();

            // When
            scene.run("writing", "DELETE FROM a_long_one WHERE id <= 2000", "VACUUM FULL a_long_one");
            scene.start();

            // Then
            goesOn(scene);
        }
    }

    @Test
    void readsWhatWasTruncatedAndFilledAgain() throws Exception {
        try (SnapshotScene scene = SnapshotScene.of(server, SnapshotScene.table("z_later", 500))) {
            // Given
            scene.start();
            scene.pollSome(3_000);
            scene.kill();

            // When
            scene.run(
                    "writing",
                    "TRUNCATE a_long_one",
                    "INSERT INTO a_long_one SELECT i, 'again' FROM generate_series(1, 5000) AS i");
            scene.start();

            // Then
            goesOn(scene);
        }
    }

    @Test
    void startsOverWhenTheSlotIsGone() throws Exception {
        try (SnapshotScene scene = SnapshotScene.of(server, SnapshotScene.table("z_later", 500))) {
            // Given
            scene.start();
            scene.pollSome(2_000);
            scene.kill();

            // When
            drop(scene);
            scene.run("writing", "UPDATE a_long_one SET v = 'new' WHERE id % 3 = 0", "UPDATE z_later SET v = -v");
            scene.start();

            // Then
            goesOn(scene);
            assertThat(scene.rebuilt().read("a_long_one"))
                    .as("what was read before does not count")
                    .hasSizeGreaterThanOrEqualTo(2_000 + SnapshotScene.ROWS);
        }
    }

    @Test
    void startsOverWhenTheSlotIsAnotherOne() throws Exception {
        try (SnapshotScene scene = SnapshotScene.of(server, SnapshotScene.table("z_later", 500))) {
            // Given
            scene.start();
            scene.pollSome(2_000);
            scene.kill();

            // When
            drop(scene);
            scene.run(
                    "writing",
                    "UPDATE a_long_one SET v = 'new' WHERE id % 3 = 0",
                    "SELECT pg_create_logical_replication_slot('" + scene.slot() + "', 'pgoutput')");
            scene.start();

            // Then
            goesOn(scene);
        }
    }

    @Test
    void saysSoWhenTheSlotVanishesUnderTheSnapshot() throws Exception {
        try (SnapshotScene scene = SnapshotScene.of(server, SnapshotScene.table("z_later", 500))) {
            // Given
            scene.start();
            scene.pollSome(2_000);

            // When
            drop(scene);

            // Then
            assertThatThrownBy(() -> await().pollInSameThread()
                            .pollInterval(Duration.ofMillis(1))
                            .until(() -> {
                                scene.poll();
                                return false;
                            }))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining(scene.slot());
            scene.kill();
            assertThatThrownBy(scene::start)
                    .as("the stream has lost what was written since the snapshot")
                    .hasMessageContaining(scene.slot());
        }
    }

    /** It is looked after every ten seconds; here nobody polls, so the readers wait until it has been. */
    @Test
    void readsNoFurtherWhenTheSlotIsGone() throws Exception {
        try (SnapshotScene scene = SnapshotScene.of(server, SnapshotScene.table("z_later", 500))) {
            // Given
            scene.start();
            scene.pollSome(500);

            // When
            drop(scene);
            Thread.sleep(Duration.ofSeconds(12).toMillis());

            // Then
            assertThatThrownBy(() -> await().pollInSameThread()
                            .pollInterval(Duration.ofMillis(1))
                            .until(() -> {
                                scene.poll();
                                return false;
                            }))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("was dropped while the snapshot was being read");
            assertThat(scene.rebuilt().reads()).isLessThan(SnapshotScene.ROWS);
        }
    }

    private static void cutOff(SnapshotScene scene, String who) {
        assertThat(scene.ask(
                        "cutting",
                        "SELECT count(pg_terminate_backend(pid, 10000)) > 0 FROM pg_stat_activity WHERE " + who))
                .as(who)
                .isEqualTo("t");
    }

    private static void drop(SnapshotScene scene) {
        scene.awaitTrue("SELECT NOT active FROM pg_replication_slots WHERE slot_name = '" + scene.slot() + "'");
        scene.run("dropping", "SELECT pg_drop_replication_slot('" + scene.slot() + "')");
    }

    private static void goesOn(SnapshotScene scene) {
        scene.pollUntilSnapshotEnds();
        scene.run("writing", "UPDATE z_later SET v = v + 1 WHERE id < 10");
        scene.pollToTheEnd();
        scene.assertRebuilt("z_later");
    }
}
