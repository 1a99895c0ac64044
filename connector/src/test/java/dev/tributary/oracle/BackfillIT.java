// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tables that the connector captures from some time on: their rows are read while it streams, whatever happens meanwhile.
 * Seeded: {@code -Doracle.seed}; for longer: {@code -Doracle.seconds}.
 */
class BackfillIT {

    private static final Duration BUDGET = Duration.ofSeconds(Long.getLong("oracle.seconds", 8));
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ROWS = 4_000;
    private static final int MOST_KILLS = 4;

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = Wal.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Rows that change, move and vanish all the while; a task that is killed again and again. */
    @Test
    void whereverItIsKilledItGoesOn() throws Exception {
        long first = Long.getLong("oracle.seed", System.nanoTime() & 0xFFFFFF);
        long end = System.nanoTime() + BUDGET.toNanos();
        long rows = 0;
        long reads = 0;
        int rounds = 0;
        for (long seed = first; seed == first || System.nanoTime() < end; seed++) {
            System.out.println("BackfillIT seed " + seed);
            RebuiltMovingRows rebuilt = round(new SplittableRandom(seed));
            rows += rebuilt.rowsRead();
            reads += rebuilt.reads();
            rounds++;
        }
        System.out.printf("BackfillIT %d rounds, %d rows, %d reads%n", rounds, rows, reads);
    }

    private static RebuiltMovingRows round(SplittableRandom random) throws Exception {
        try (Wal wal = Wal.after(server, MovingRows.preparations(ROWS));
                MovingRows writer = MovingRows.start(wal, random.split(), ROWS)) {
            MemoryOffsets offsets = new MemoryOffsets();
            Map<String, String> options = capturing(wal, "public.still");
            options.put("internal.backfill.part.bytes", Integer.toString(8192 * (1 + random.nextInt(12))));
            options.put("max.batch.size", "100");
            options.put("max.queue.size", "400");
            captured(options, offsets, wal);
            RebuiltMovingRows rebuilt = new RebuiltMovingRows();
            options.put("table.include.list", "public.still,public.moving,public.nothing");
            int kills = random.nextInt(MOST_KILLS + 1);
            for (int run = 0; run < kills; run++) {
                interrupted(options, offsets, rebuilt, writer, random);
                writer.writeUnread(random.nextInt(60));
            }

            // When
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
                for (int i = 0; i < 60; i++) {
                    capture.poll().forEach(rebuilt::add);
                    writer.write(random.nextInt(4));
                }
                long patience = System.nanoTime() + PATIENCE.toNanos();
                while (!rebuilt.rows().equals(writer.rows()) && System.nanoTime() < patience) {
                    for (int i = 0; i < 20; i++) {
                        capture.poll().forEach(rebuilt::add);
                    }
                }
            }

            // Then
            assertThat(rebuilt.problems()).isEmpty();
            assertThat(rebuilt.rows()).isEqualTo(writer.rows());
            return rebuilt;
        }
    }

    /** A run that is killed after some records, of which some have been stored. */
    private static void interrupted(
            Map<String, String> options,
            MemoryOffsets offsets,
            RebuiltMovingRows rebuilt,
            MovingRows writer,
            SplittableRandom random)
            throws InterruptedException {
        int wanted = 1 + random.nextInt(ROWS);
        List<SourceRecord> read = new ArrayList<>();
        try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
            long patience = System.nanoTime() + Duration.ofSeconds(3).toNanos();
            while (read.size() < wanted && System.nanoTime() < patience) {
                read.addAll(capture.poll());
                if (random.nextInt(3) == 0) {
                    writer.write(1);
                }
            }
            if (!read.isEmpty()) {
                int safe = random.nextInt(read.size());
                read.subList(0, safe + 1).forEach(rebuilt::add);
                capture.commit(read.get(safe));
            }
        }
    }

    @Test
    void otherTablesStreamOnMeanwhile() throws Exception {
        try (Wal wal = Wal.after(server, tables())) {
            // Given
            MemoryOffsets offsets = new MemoryOffsets();
            Map<String, String> options = capturing(wal, "public.still");
            captured(options, offsets, wal);
            options.put("table.include.list", "public.still,public.added");
            options.put("max.batch.size", "50");
            options.put("max.queue.size", "100");
            options.put("internal.backfill.part.bytes", "8192");

            // When
            List<String> order = new ArrayList<>();
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
                long patience = System.nanoTime() + PATIENCE.toNanos();
                int written = 0;
                while (count(order, "added r") < ADDED && System.nanoTime() < patience) {
                    capture.poll().forEach(record -> order.add(brief(record)));
                    execute(wal, "UPDATE still SET v = 'w" + written++ + "' WHERE id = 1");
                }
            }

            // Then
            assertThat(count(order, "added r")).isEqualTo(ADDED);
            int last = order.lastIndexOf("added r");
            assertThat(count(order.subList(0, last), "still u"))
                    .as("changes of another table before the last row")
                    .isGreaterThan(5);
        }
    }

    @Test
    void whatIsCompleteIsNotReadAgain() throws Exception {
        try (Wal wal = Wal.after(server, tables())) {
            // Given
            MemoryOffsets offsets = new MemoryOffsets();
            Map<String, String> options = capturing(wal, "public.still");
            captured(options, offsets, wal);
            options.put("table.include.list", "public.still,public.added");
            assertThat(count(readUntilQuiet(options, offsets, wal), "added r")).isEqualTo(ADDED);

            // When
            List<String> again = readUntilQuiet(options, offsets, wal);

            // Then
            assertThat(again).doesNotContain("added r");
        }
    }

    @Test
    void aTableThatWasMadeAndFilledWhileTheConnectorStreamedIsComplete() throws Exception {
        try (Wal wal = Wal.after(server, tables())) {
            // Given
            MemoryOffsets offsets = new MemoryOffsets();
            Map<String, String> options = capturing(wal, "public.*");
            options.put("publication.name", "everything");
            captured(options, offsets, wal);
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
                execute(wal, "CREATE TABLE young (id int PRIMARY KEY)");
                execute(wal, "INSERT INTO young VALUES (1), (2)");
                Mark mark = wal.mark();
                List<SourceRecord> read = capture.until(mark);
                assertThat(read.stream().map(BackfillIT::brief)).contains("young c");
                capture.commit(read.get(read.size() - 1));
            }

            // When
            List<String> again = readUntilQuiet(options, offsets, wal);

            // Then
            assertThat(again).doesNotContain("young r");
        }
    }

    /** A table that is filtered away by the publication at first; a transaction that wrote to it is open while that changes. */
    @Test
    void missesNothingOfATransactionThatIsOlderThanThePublication() throws Exception {
        try (Wal wal = Wal.after(server, tables());
                Connection open = wal.connect()) {
            // Given
            MemoryOffsets offsets = new MemoryOffsets();
            Map<String, String> options = capturing(wal, "public.still");
            options.put("publication.name", "of_ours");
            options.put("publication.autocreate.mode", "filtered");
            captured(options, offsets, wal);
            open.setAutoCommit(false);
            try (Statement statement = open.createStatement()) {
                statement.execute("INSERT INTO added VALUES (-1, 'before it was published')");
            }
            options.put("table.include.list", "public.still,public.added");

            // When
            List<String> read = new ArrayList<>();
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
                long early = System.nanoTime() + Duration.ofSeconds(1).toNanos();
                while (System.nanoTime() < early) {
                    capture.poll().forEach(record -> read.add(brief(record)));
                }
                open.commit();
                long patience = System.nanoTime() + PATIENCE.toNanos();
                while (count(read, "added r") + count(read, "added c") < ADDED + 1 && System.nanoTime() < patience) {
                    capture.poll().forEach(record -> read.add(brief(record)));
                }
            }

            // Then
            assertThat(count(read, "added r")).isEqualTo(ADDED + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"new.tables=stream", "snapshot.mode=no_data", "snapshot.include.collection.list=public.still"})
    void leavesOutWhatIsNotToBeRead(String option) throws Exception {
        try (Wal wal = Wal.after(server, tables())) {
            // Given
            MemoryOffsets offsets = new MemoryOffsets();
            Map<String, String> options = capturing(wal, "public.still");
            captured(options, offsets, wal);
            options.put("table.include.list", "public.still,public.added");
            options.put(option.substring(0, option.indexOf('=')), option.substring(option.indexOf('=') + 1));

            // When
            List<String> read = readUntilQuiet(options, offsets, wal);

            // Then
            assertThat(read).doesNotContain("added r");
        }
    }

    @Test
    void rowsWithoutAKeyAreReadToo() throws Exception {
        try (Wal wal = Wal.after(server, tables())) {
            // Given
            execute(wal, "CREATE TABLE keyless (v text)");
            execute(wal, "ALTER TABLE keyless REPLICA IDENTITY FULL");
            execute(wal, "INSERT INTO keyless SELECT 'v' || i FROM generate_series(1, 500) AS i");
            MemoryOffsets offsets = new MemoryOffsets();
            Map<String, String> options = capturing(wal, "public.still");
            captured(options, offsets, wal);
            options.put("table.include.list", "public.still,public.keyless");

            // When
            List<String> read = readUntilQuiet(options, offsets, wal);

            // Then
            assertThat(count(read, "keyless r")).isEqualTo(500);
        }
    }

    private static final int ADDED = 3_000;

    private static String[] tables() {
        return new String[] {
            "CREATE TABLE still (id int PRIMARY KEY, v text)",
            "INSERT INTO still SELECT i, 'v' || i FROM generate_series(1, 30) AS i",
            "CREATE TABLE added (id int PRIMARY KEY, v text)",
            "INSERT INTO added SELECT i, repeat('v', 100) FROM generate_series(1, " + ADDED + ") AS i",
            "CREATE PUBLICATION everything FOR ALL TABLES",
        };
    }

    private static Map<String, String> capturing(Wal wal, String tables) {
        Map<String, String> options = wal.options(Contender.TRIBUTARY, wal.freshSlot(), Map.of());
        options.put("snapshot.mode", "initial");
        options.put("table.include.list", tables);
        return options;
    }

    /** The first run: the snapshot, and a change behind it. */
    private static void captured(Map<String, String> options, MemoryOffsets offsets, Wal wal) throws Exception {
        try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
            capture.untilSnapshotEnds();
            execute(wal, "UPDATE still SET v = 'changed' WHERE id = 2");
            List<SourceRecord> read = new ArrayList<>();
            capture.until(read, record -> brief(record).equals("still u"));
            capture.commit(read.get(read.size() - 1));
        }
        wal.awaitRelease(options.getOrDefault("slot.name", ""));
    }

    /** Everything that comes until nothing more does; all of it is stored. */
    private static List<String> readUntilQuiet(Map<String, String> options, MemoryOffsets offsets, Wal wal)
            throws Exception {
        List<String> read = new ArrayList<>();
        try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
            long quiet = System.nanoTime() + Duration.ofSeconds(2).toNanos();
            while (System.nanoTime() < quiet) {
                List<SourceRecord> polled = capture.poll();
                if (!polled.isEmpty()) {
                    polled.forEach(record -> read.add(brief(record)));
                    capture.commit(polled.get(polled.size() - 1));
                    quiet = System.nanoTime() + Duration.ofSeconds(2).toNanos();
                }
            }
        }
        wal.awaitRelease(options.getOrDefault("slot.name", ""));
        return read;
    }

    private static void execute(Wal wal, String sql) throws Exception {
        try (Connection connection = wal.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long count(List<String> read, String what) {
        return read.stream().filter(what::equals).count();
    }

    private static String brief(SourceRecord record) {
        if (!(record.value() instanceof Struct value) || value.schema().field("op") == null) {
            return "-";
        }
        return record.topic().substring(record.topic().lastIndexOf('.') + 1) + " " + value.getString("op");
    }
}
