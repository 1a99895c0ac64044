// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.position.Position;
import dev.tributary.postgres.PostgresServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A task that is killed after any record, with offsets stored of any record before, goes on exactly behind the last change
 * that is stored as a whole. Seeded: {@code -Doracle.seed}; for longer: {@code -Doracle.seconds}.
 */
class ResumeOracleIT {

    private static final Duration BUDGET = Duration.ofSeconds(Long.getLong("oracle.seconds", 8));
    private static final int STATEMENTS = 600;

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
    void whereverItIsKilledItGoesOnExactly() throws Exception {
        long seed = Long.getLong("oracle.seed", System.nanoTime());
        System.out.println("ResumeOracleIT seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        long end = System.nanoTime() + BUDGET.toNanos();
        do {
            round(random, random.nextBoolean());
        } while (System.nanoTime() < end);
    }

    @Test
    void insideAHugeTransactionToo() throws Exception {
        // Given
        SplittableRandom random = new SplittableRandom(1);
        try (Wal wal = Wal.after(server, RandomTransactions.PREPARATIONS)) {
            wal.write(Statement.on(
                    0,
                    "BEGIN",
                    "INSERT INTO plain (id, name) SELECT i, 'huge' FROM generate_series(1, 30000) AS i",
                    "UPDATE plain SET id = id + 100000 WHERE id % 100 = 0",
                    "DELETE FROM plain WHERE id % 3 = 0",
                    "COMMIT"));

            // Then
            goesOnExactly(wal, random, 6, Map.of());
        }
    }

    @Test
    void whatIsToldOfTransactionsGoesOnExactlyToo() throws Exception {
        long seed = Long.getLong("oracle.seed", System.nanoTime());
        System.out.println("ResumeOracleIT seed " + seed + " with transaction metadata");
        SplittableRandom random = new SplittableRandom(seed);
        long end = System.nanoTime() + BUDGET.toNanos();
        do {
            try (Wal wal = Wal.after(server, RandomTransactions.PREPARATIONS)) {
                wal.write(new RandomTransactions(random).statements(STATEMENTS));
                goesOnExactly(
                        wal,
                        random,
                        8,
                        // Debezium counts messages under a name that is another one in each run.
                        Map.of("provide.transaction.metadata", "true", "message.prefix.exclude.list", "within"));
            }
        } while (System.nanoTime() < end);
    }

    private static void round(SplittableRandom random, boolean many) throws Exception {
        try (Wal wal = Wal.after(server, RandomTransactions.PREPARATIONS)) {
            wal.write(new RandomTransactions(random).statements(many ? 2 * STATEMENTS : STATEMENTS));
            goesOnExactly(wal, random, 8, Map.of());
        }
    }

    private static void goesOnExactly(Wal wal, SplittableRandom random, int kills, Map<String, String> options)
            throws InterruptedException {
        Mark mark = wal.mark();
        List<SourceRecord> whole = wal.read(Contender.TRIBUTARY, options, mark);
        List<String> expected = fingerprints(whole);
        new Readings(wal.read(Contender.DEBEZIUM, options, mark), whole).assertSame("the uninterrupted run");

        String slot = wal.newSlot();
        MemoryOffsets offsets = new MemoryOffsets();
        int stored = -1;
        for (int run = 0; run <= kills; run++) {
            int from = stored < 0 ? 0 : behindTheLastWholeChange(whole, stored);
            int wanted = run == kills ? whole.size() - from : 1 + random.nextInt(Math.max(1, whole.size() - from));
            List<SourceRecord> read = new ArrayList<>();
            try (Capture capture =
                    Capture.start(Contender.TRIBUTARY, wal.options(Contender.TRIBUTARY, slot, options), offsets)) {
                // When
                long patience = System.nanoTime() + Duration.ofSeconds(60).toNanos();
                while (read.size() < wanted && System.nanoTime() < patience) {
                    read.addAll(capture.poll());
                }

                // Then
                assertThat(fingerprints(read))
                        .as(
                                "run %d, stored %d of %d: %s; around it %s",
                                run, stored, whole.size(), offsets, offsetsAround(whole, stored))
                        .isEqualTo(expected.subList(from, from + read.size()));
                int safe = random.nextInt(read.size());
                if (from + safe > stored && from + safe < whole.size() - 1) {
                    stored = from + safe;
                    capture.commit(read.get(safe));
                }
            }
        }
        wal.drop(slot);
    }

    /** The records of one change count together: with its last record, the ordinal in the offset grows. */
    private static int behindTheLastWholeChange(List<SourceRecord> whole, int stored) {
        return IntStream.iterate(stored, i -> i - 1)
                        .limit(stored + 1L)
                        .filter(i -> i == 0 || !position(whole.get(i)).equals(position(whole.get(i - 1))))
                        .filter(i -> i == 0 || completes(whole, i))
                        .findFirst()
                        .orElse(-1)
                + 1;
    }

    private static boolean completes(List<SourceRecord> whole, int i) {
        return ordinal(whole.get(i)) > 0 || whole.get(i).topic().endsWith(".transaction");
    }

    private static List<String> offsetsAround(List<SourceRecord> whole, int index) {
        return whole.subList(Math.max(0, index - 3), Math.min(whole.size(), index + 4)).stream()
                .map(record -> record.topic() + " " + record.sourceOffset())
                .toList();
    }

    private static String position(SourceRecord record) {
        return record.sourceOffset().get(Position.OPEN) + "#" + ordinal(record);
    }

    private static long ordinal(SourceRecord record) {
        return Objects.requireNonNullElse((Long) record.sourceOffset().get(Position.ORDINAL), 0L);
    }

    private static List<String> fingerprints(List<SourceRecord> records) {
        return records.stream().map(Fingerprint::of).toList();
    }
}
