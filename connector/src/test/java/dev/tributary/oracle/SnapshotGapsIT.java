// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.postgres.PostgresServer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables whose changes are not captured for a while, after an unfinished first snapshot has sent rows of them. */
class SnapshotGapsIT {

    private static final String[] TABLES = {
        "CREATE SCHEMA away",
        "CREATE TABLE a_first (id int PRIMARY KEY, v text)",
        "INSERT INTO a_first SELECT i, 'first' FROM generate_series(1, 500) AS i",
        "CREATE TABLE a_all (id int PRIMARY KEY, v text) PARTITION BY RANGE (id)",
        "CREATE TABLE a_bit PARTITION OF a_all FOR VALUES FROM (1) TO (1000)",
        "INSERT INTO a_all SELECT i, 'first' FROM generate_series(1, 300) AS i",
        "CREATE TABLE z_later (id int PRIMARY KEY, v int)",
        "INSERT INTO z_later SELECT i, i FROM generate_series(1, 500) AS i"
    };

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = Wal.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /**
     * A way not to be captured.
     *
     * @param name what happens
     * @param publication what is published
     * @param options more options
     * @param statements leave a table, that has changed unseen
     */
    private record Gap(String name, String publication, Map<String, String> options, List<String> statements) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<Gap> gaps() {
        String listed = "FOR TABLE a_all, a_first, a_long_one, z_later";
        return Stream.of(
                new Gap(
                        "a complete table is taken out of the publication and added again",
                        listed,
                        Map.of(),
                        List.of(
                                "ALTER PUBLICATION everything DROP TABLE a_first",
                                "UPDATE a_first SET v = 'unseen' WHERE id % 3 = 0",
                                "ALTER PUBLICATION everything ADD TABLE a_first")),
                new Gap(
                        "a table of which some rows were sent is taken out of the publication and added again",
                        listed,
                        Map.of(),
                        List.of(
                                "ALTER PUBLICATION everything DROP TABLE a_long_one",
                                "UPDATE a_long_one SET v = 'unseen' WHERE id % 3 = 0",
                                "ALTER PUBLICATION everything ADD TABLE a_long_one")),
                new Gap(
                        "the connector adds to the publication what was taken out",
                        listed,
                        Map.of("publication.autocreate.mode", "filtered"),
                        List.of(
                                "ALTER PUBLICATION everything DROP TABLE a_first, a_long_one",
                                "UPDATE a_first SET v = 'unseen' WHERE id % 3 = 0",
                                "UPDATE a_long_one SET v = 'unseen' WHERE id % 3 = 0")),
                new Gap(
                        "renamed",
                        "FOR ALL TABLES",
                        Map.of(),
                        List.of(
                                "ALTER TABLE a_first RENAME TO x",
                                "UPDATE x SET v = 'unseen' WHERE id % 3 = 0",
                                "ALTER TABLE x RENAME TO a_first",
                                "ALTER TABLE a_long_one RENAME TO away",
                                "UPDATE away SET v = 'unseen' WHERE id % 3 = 0",
                                "ALTER TABLE away RENAME TO a_long_one")),
                new Gap(
                        "moved to another schema",
                        listed,
                        Map.of(),
                        List.of(
                                "ALTER TABLE a_first SET SCHEMA away",
                                "UPDATE away.a_first SET v = 'unseen' WHERE id % 3 = 0",
                                "ALTER TABLE away.a_first SET SCHEMA public")),
                new Gap(
                        "detached",
                        "FOR TABLE a_all, a_first, a_long_one, z_later WITH (publish_via_partition_root = true)",
                        Map.of("table.include.list", "public.(a_all|a_first|a_long_one|z_later)"),
                        List.of(
                                "ALTER TABLE a_all DETACH PARTITION a_bit",
                                "UPDATE a_bit SET v = 'unseen' WHERE id % 3 = 0",
                                "ALTER TABLE a_all ATTACH PARTITION a_bit FOR VALUES FROM (1) TO (1000)")),
                new Gap(
                        "detached, published by itself",
                        listed,
                        Map.of(),
                        List.of(
                                "ALTER TABLE a_all DETACH PARTITION a_bit",
                                "UPDATE a_bit SET v = 'unseen' WHERE id % 3 = 0",
                                "ALTER TABLE a_all ATTACH PARTITION a_bit FOR VALUES FROM (1) TO (1000)")));
    }

    @ParameterizedTest
    @MethodSource("gaps")
    void aTableThatHasChangedUnseenIsReadFromItsBeginning(Gap gap) throws Exception {
        try (SnapshotScenario scenario = scenario(gap)) {
            // Given
            scenario.start();
            scenario.pollSome(3_000);
            scenario.kill();

            // When
            scenario.run("writing", gap.statements().toArray(String[]::new));
            scenario.start();

            // Then
            assertContinues(scenario);
        }
    }

    /** What was noticed must not be forgotten when the offset moves on. */
    @ParameterizedTest
    @MethodSource("gaps")
    void anInterruptionBeforeItIsReadAgainChangesNothing(Gap gap) throws Exception {
        try (SnapshotScenario scenario = scenario(gap)) {
            // Given
            scenario.start();
            scenario.pollSome(3_000);
            scenario.kill();

            // When
            scenario.run("writing", gap.statements().toArray(String[]::new));
            scenario.run("writing", "UPDATE z_later SET v = -v", "INSERT INTO z_later VALUES (1000, 1)");
            scenario.start();
            scenario.pollUntil(
                    "some changes", () -> scenario.rebuilt().rows("z_later").contains("id=1 v=-1"));
            scenario.kill();
            scenario.start();

            // Then
            assertContinues(scenario);
        }
    }

    private static SnapshotScenario scenario(Gap gap) {
        SnapshotScenario scenario = SnapshotScenario.publishing(gap.publication(), server, TABLES);
        gap.options().forEach(scenario::with);
        if (!gap.options().containsKey("table.include.list")) {
            scenario.with("table.include.list", "public.(a_first|a_bit|a_long_one|z_later)");
        }
        return scenario;
    }

    private static void assertContinues(SnapshotScenario scenario) {
        scenario.pollUntilSnapshotEnds();
        scenario.run("writing", "UPDATE z_later SET v = v + 1 WHERE id < 10");
        scenario.pollToTheEnd();
        scenario.assertRebuilt("a_first", "z_later");
        String root = scenario.rebuilt().rows("a_all").isEmpty() ? "a_bit" : "a_all";
        scenario.assertRebuilt(root);
        assertThat(scenario.rebuilt().rows(root)).hasSize(300);
    }
}
