// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.WaitLimit;
import dev.tributary.postgres.PostgresServer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The tables of pgbench under its transactions (TPC-B), which run before, during and after the snapshot. All rows of
 * the snapshot are of one moment, and together with the stream after it they add up to the rows of the database.
 * Seeded: {@code -Doracle.seed}.
 */
class SnapshotConsistencyIT {

    private static final int SESSIONS = 4;
    private static final int BRANCHES = 3;
    private static final int TELLERS = 30;
    private static final int ACCOUNTS = 9_000;

    private static final String[] TABLES = {
        "CREATE TABLE accounts (aid int PRIMARY KEY, bid int, abalance int, filler char(84))",
        "CREATE TABLE branches (bid int PRIMARY KEY, bbalance int, filler char(88))",
        "CREATE TABLE tellers (tid int PRIMARY KEY, bid int, tbalance int, filler char(84))",
        "CREATE TABLE history (tid int, bid int, aid int, delta int, serial int, filler char(22))",
        "INSERT INTO branches SELECT i, 0 FROM generate_series(1, " + BRANCHES + ") AS i",
        "INSERT INTO tellers SELECT i, 1 + i % " + BRANCHES + ", 0 FROM generate_series(1, " + TELLERS + ") AS i",
        "INSERT INTO accounts SELECT i, 1 + i % " + BRANCHES + ", 0 FROM generate_series(1, " + ACCOUNTS + ") AS i"
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

    @Test
    void rowsAreOfOneMomentAndTheStreamContinuesFromThere() throws Exception {
        long seed = Long.getLong("oracle.seed", System.nanoTime());
        System.out.println("SnapshotConsistencyIT seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        AtomicBoolean writing = new AtomicBoolean(true);
        ExecutorService executor = Executors.newFixedThreadPool(SESSIONS);
        try (SnapshotScenario scenario = SnapshotScenario.of(server, TABLES)
                .with("snapshot.max.threads", "4")
                .with("max.queue.size", "2000")
                .with("max.batch.size", "1000")) {
            // Given
            List<CompletableFuture<Void>> writers = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                writers.add(write(scenario, i, random.split(), writing::get, executor));
            }
            scenario.awaitTrue("SELECT count(*) > 200 FROM history");

            // When
            scenario.start();
            scenario.pollUntilSnapshotEnds();
            scenario.pollUntil(
                    "the stream after the snapshot",
                    () -> scenario.rebuilt().rows("history").size()
                            > scenario.rebuilt().read("history").size() + 200);
            writing.set(false);
            for (CompletableFuture<Void> writer : writers) {
                writer.get(WaitLimit.LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
            scenario.pollToTheEnd();

            // Then
            RebuiltTables rebuilt = scenario.rebuilt();
            List<Struct> moment = rebuilt.read("history");
            long total = sum(moment, "delta");
            assertThat(moment).hasSizeGreaterThan(200);
            assertThat(rebuilt.read("accounts")).hasSize(ACCOUNTS);
            assertThat(sum(rebuilt.read("accounts"), "abalance")).isEqualTo(total);
            assertThat(sum(rebuilt.read("branches"), "bbalance")).isEqualTo(total);
            assertThat(sum(rebuilt.read("tellers"), "tbalance")).isEqualTo(total);
            scenario.assertRebuilt("accounts", "branches", "tellers", "history");
        } finally {
            writing.set(false);
            executor.shutdown();
        }
    }

    /** Repeats the transaction of pgbench. */
    private static CompletableFuture<Void> write(
            SnapshotScenario scenario,
            int session,
            SplittableRandom random,
            BooleanSupplier isWriting,
            Executor executor) {
        return CompletableFuture.runAsync(
                () -> IntStream.iterate(0, i -> i + 1)
                        .takeWhile(i -> isWriting.getAsBoolean())
                        .forEach(i -> {
                            int account = 1 + random.nextInt(ACCOUNTS);
                            int teller = 1 + random.nextInt(TELLERS);
                            int branch = 1 + random.nextInt(BRANCHES);
                            int delta = random.nextInt(-5_000, 5_001);
                            scenario.run(
                                    "writer " + session,
                                    "BEGIN",
                                    "UPDATE accounts SET abalance = abalance + " + delta + " WHERE aid = " + account,
                                    "UPDATE tellers SET tbalance = tbalance + " + delta + " WHERE tid = " + teller,
                                    "UPDATE branches SET bbalance = bbalance + " + delta + " WHERE bid = " + branch,
                                    "INSERT INTO history VALUES (" + teller + ", " + branch + ", " + account + ", "
                                            + delta + ", " + (session + SESSIONS * i) + ")",
                                    "COMMIT");
                        }),
                executor);
    }

    private static long sum(List<Struct> rows, String field) {
        return rows.stream().mapToLong(row -> row.getInt32(field)).sum();
    }
}
