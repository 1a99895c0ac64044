// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static dev.tributary.oracle.BackfillScenario.ADDED;
import static dev.tributary.oracle.BackfillScenario.count;
import static dev.tributary.oracle.BackfillScenario.kind;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.postgres.PostgresServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rows that are hard to read alongside the stream: large ones, rows without a key, keys that look different in each
 * time zone.
 */
class BackfillRowsIT {

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
    void rowsThatAreMuchLargerThanTheirBlocksAreRead() throws Exception {
        try (BackfillScenario scenario = BackfillScenario.on(server)) {
            // Given: one block, and twenty megabytes outside it
            scenario.execute(
                    "CREATE TABLE wide (id int PRIMARY KEY, v text)",
                    "ALTER TABLE wide ALTER v SET STORAGE EXTERNAL",
                    "INSERT INTO wide SELECT i, repeat('w', 1000000) FROM generate_series(1, 20) AS i");
            scenario.captured().capturing("public.still,public.wide");

            // When
            List<String> read = scenario.run();

            // Then
            assertThat(count(read, "wide r")).isEqualTo(20);
        }
    }

    /** Forty megabytes that cannot be asked for in smaller pieces, in a queue that holds a few rows. */
    @ParameterizedTest
    @ValueSource(strings = {"one block", "a SELECT of the user's", "no key"})
    void aPieceThatDoesNotFitIntoMemoryIsSentWhileOthersAreStreamed(String what) throws Exception {
        try (BackfillScenario scenario = BackfillScenario.of(Wal.after(
                        server,
                        "CREATE TABLE still (id int PRIMARY KEY, v text)",
                        "INSERT INTO still SELECT i, 'v' FROM generate_series(1, 30) AS i",
                        "CREATE TABLE wide (id int" + (what.equals("no key") ? "" : " PRIMARY KEY") + ", v text)",
                        "ALTER TABLE wide REPLICA IDENTITY FULL",
                        "INSERT INTO wide SELECT i, repeat('v', 2000000) FROM generate_series(1, 20) AS i",
                        "CREATE PUBLICATION everything FOR ALL TABLES"))
                .with("max.batch.size", "1")
                .with("max.queue.size", "2")) {
            if (what.startsWith("a SELECT")) {
                scenario.with("snapshot.select.statement.overrides", "public.wide")
                        .with(
                                "snapshot.select.statement.overrides.public.wide",
                                "SELECT * FROM public.wide WHERE id > 0");
            }
            scenario.captured().capturing("public.still,public.wide");
            try (Capture capture = scenario.start()) {
                // Given
                List<String> kinds = new ArrayList<>();
                BackfillScenario.pollUntil(capture, kinds, () -> BackfillScenario.count(kinds, "wide r") > 0);

                // When
                scenario.execute("UPDATE still SET v = 'meanwhile' WHERE id = 3");
                BackfillScenario.pollUntil(capture, kinds, () -> BackfillScenario.count(kinds, "still u") > 0);

                // Then
                assertThat(BackfillScenario.count(kinds, "wide r")).isLessThan(20);

                // When
                scenario.execute("UPDATE wide SET v = 'short' WHERE id = 20");
                BackfillScenario.pollUntil(capture, kinds, () -> BackfillScenario.count(kinds, "wide u") > 0);

                // Then
                List<String> wide =
                        kinds.stream().filter(kind -> kind.startsWith("wide")).toList();
                assertThat(wide).as("all rows go before the change").hasSize(21);
                assertThat(wide.get(20)).isEqualTo("wide u");
            }
        }
    }

    @Test
    void rowsWithoutAKeyAreRead() throws Exception {
        try (BackfillScenario scenario = BackfillScenario.on(server)) {
            // Given
            scenario.execute(
                    "CREATE TABLE keyless (v text)",
                    "ALTER TABLE keyless REPLICA IDENTITY FULL",
                    "INSERT INTO keyless SELECT 'v' || i FROM generate_series(1, 500) AS i");
            scenario.captured().capturing("public.still,public.keyless");

            // When
            List<String> read = scenario.run();

            // Then
            assertThat(count(read, "keyless r")).isEqualTo(500);
        }
    }

    /** The driver sets the session's time zone to the JVM's. */
    @Test
    void keysAreTheSameInEveryTimeZone() throws Exception {
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
        try (BackfillScenario scenario = BackfillScenario.on(server).inSmallChunks()) {
            // Given
            scenario.execute(
                    "CREATE TABLE zoned (t timestamptz PRIMARY KEY, v int NOT NULL)",
                    "INSERT INTO zoned SELECT '2026-01-01'::timestamptz + i * interval '1 second', 0"
                            + " FROM generate_series(1, " + ADDED + ") AS i");
            scenario.captured().capturing("public.still,public.zoned");

            // When
            Map<Object, Integer> latest = new HashMap<>();
            List<String> backInTime = new ArrayList<>();
            AtomicInteger round = new AtomicInteger();
            try (Capture capture = scenario.start()) {
                capture.untilEnough(
                        record -> {
                            if (kind(record).startsWith("zoned ")) {
                                Object key = ((Struct) record.key()).get("t");
                                int version = ((Struct) record.value())
                                        .getStruct("after")
                                        .getInt32("v");
                                Integer known = latest.put(key, version);
                                if (known != null && known > version) {
                                    backInTime.add(key + " from " + known + " to " + version);
                                }
                            }
                        },
                        () -> {
                            scenario.execute("UPDATE zoned SET v = v + 1 WHERE extract(epoch FROM t)::bigint % 50 = "
                                    + round.getAndIncrement() % 50);
                            return latest.size() >= ADDED;
                        });
            }

            // Then
            assertThat(latest).hasSize(ADDED);
            assertThat(backInTime).isEmpty();
        } finally {
            TimeZone.setDefault(before);
        }
    }
}
