// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
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
    private static final int ROWS = 4_000;
    private static final int ADDED = 3_000;
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
                readUntilComplete(capture, wal).forEach(rebuilt::add);
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
            capture.untilEnough(read::add, () -> {
                if (random.nextInt(3) == 0) {
                    writer.write(1);
                }
                return read.size() >= wanted || (!read.isEmpty() && isComplete(read.get(read.size() - 1)));
            });
            int safe = random.nextInt(read.size());
            read.subList(0, safe + 1).forEach(rebuilt::add);
            capture.commit(read.get(safe));
        }
    }

    @Test
    void otherTablesStreamOnMeanwhile() throws Exception {
        try (Wal wal = Wal.after(server, tables())) {
            // Given
            MemoryOffsets offsets = new MemoryOffsets();
            Map<String, String> options = inSmallParts(wal);
            captured(options, offsets, wal);
            options.put("table.include.list", "public.still,public.added");

            // When
            List<String> order = new ArrayList<>();
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
                pollUntil(capture, order, () -> {
                    execute(wal, "UPDATE still SET v = v || 'w' WHERE id = 1");
                    return count(order, "added r") >= ADDED;
                });
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
            assertThat(count(readUntilComplete(options, offsets, wal), "added r"))
                    .isEqualTo(ADDED);

            // When
            List<String> again = readUntilComplete(options, offsets, wal);

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
            List<String> again = readUntilComplete(options, offsets, wal);

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
                capture.until(wal.mark()).forEach(record -> read.add(brief(record)));
                capture.until(wal.mark()).forEach(record -> read.add(brief(record)));
                open.commit();
                pollUntil(capture, read, () -> count(read, "added r") + count(read, "added c") >= ADDED + 1);
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
            List<String> read = readUntilComplete(options, offsets, wal);

            // Then
            assertThat(read).doesNotContain("added r");
        }
    }

    @Test
    void whereEachStartReadsAllTablesNothingIsReadTwice() throws Exception {
        try (Wal wal = Wal.after(server, tables())) {
            // Given
            MemoryOffsets offsets = new MemoryOffsets();
            Map<String, String> options = capturing(wal, "public.still");
            options.put("snapshot.mode", "always");
            captured(options, offsets, wal);
            options.put("table.include.list", "public.still,public.added");

            // When
            List<String> read = readUntilComplete(options, offsets, wal);

            // Then
            assertThat(count(read, "added r")).isEqualTo(ADDED);
        }
    }

    @Test
    void aTableThatIsLockedIsReadLaterAndTheOthersStreamOn() throws Exception {
        try (Wal wal = Wal.after(server, tables());
                Connection locking = wal.connect()) {
            // Given
            MemoryOffsets offsets = new MemoryOffsets();
            Map<String, String> options = inSmallParts(wal);
            captured(options, offsets, wal);
            options.put("table.include.list", "public.still,public.added");
            locking.setAutoCommit(false);

            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
                List<String> read = new ArrayList<>();
                pollUntil(capture, read, () -> count(read, "added r") > 100);

                // When
                try (Statement statement = locking.createStatement()) {
                    statement.execute("LOCK TABLE added IN ACCESS EXCLUSIVE MODE");
                }
                for (int i = 0; i < 20; i++) {
                    execute(wal, "UPDATE still SET v = 'meanwhile' WHERE id = " + (i + 1));
                }
                pollUntil(capture, read, () -> count(read, "still u") >= 20);
                assertThat(count(read, "added r")).isLessThan(ADDED);
                locking.rollback();

                // Then
                pollUntil(capture, read, () -> count(read, "added r") >= ADDED);
                assertThat(count(read, "added r")).isEqualTo(ADDED);
            }
        }
    }

    /** It is read from its beginning again: what was read before lacks the column. */
    @Test
    void aTableThatIsAlteredInTheMiddleArrivesAsItIsThen() throws Exception {
        try (Wal wal = Wal.after(server, tables())) {
            // Given
            MemoryOffsets offsets = new MemoryOffsets();
            Map<String, String> options = inSmallParts(wal);
            captured(options, offsets, wal);
            options.put("table.include.list", "public.still,public.added");

            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
                List<String> read = new ArrayList<>();
                pollUntil(capture, read, () -> count(read, "added r") > 100);

                // When
                execute(wal, "ALTER TABLE added ADD COLUMN more int DEFAULT 5");
                execute(wal, "UPDATE added SET v = 'written later' WHERE id = " + ADDED);
                Map<Integer, Struct> rows = new HashMap<>();
                capture.untilEnough(
                        record -> {
                            if (brief(record).equals("added r")) {
                                Struct after = ((Struct) record.value()).getStruct("after");
                                if (after.schema().field("more") != null) {
                                    rows.put(after.getInt32("id"), after);
                                }
                            }
                        },
                        () -> rows.size() >= ADDED);

                // Then
                assertThat(rows).hasSize(ADDED);
                assertThat(rows.values()).allMatch(row -> row.getInt32("more") == 5);
                assertThat(Objects.requireNonNull(rows.get(ADDED)).getString("v"))
                        .isEqualTo("written later");
            }
        }
    }

    @Test
    void aTableThatIsDroppedInTheMiddleIsNotWaitedFor() throws Exception {
        try (Wal wal = Wal.after(server, tables())) {
            // Given
            MemoryOffsets offsets = new MemoryOffsets();
            Map<String, String> options = inSmallParts(wal);
            captured(options, offsets, wal);
            execute(wal, "CREATE TABLE zulu (id int PRIMARY KEY)");
            execute(wal, "INSERT INTO zulu VALUES (1)");
            options.put("table.include.list", "public.still,public.added,public.zulu");

            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
                List<String> read = new ArrayList<>();
                pollUntil(capture, read, () -> count(read, "added r") > 100);

                // When
                execute(wal, "DROP TABLE added");

                // Then
                pollUntil(capture, read, () -> count(read, "zulu r") == 1);
            }
        }
    }

    @Test
    void rowsThatAreMuchLargerThanTheirBlocksAreRead() throws Exception {
        try (Wal wal = Wal.after(server, tables())) {
            // Given: one block, and twenty megabytes beside it
            execute(wal, "CREATE TABLE wide (id int PRIMARY KEY, v text)");
            execute(wal, "ALTER TABLE wide ALTER v SET STORAGE EXTERNAL");
            execute(wal, "INSERT INTO wide SELECT i, repeat('w', 1000000) FROM generate_series(1, 20) AS i");
            MemoryOffsets offsets = new MemoryOffsets();
            Map<String, String> options = capturing(wal, "public.still");
            captured(options, offsets, wal);
            options.put("table.include.list", "public.still,public.wide");

            // When
            List<String> read = readUntilComplete(options, offsets, wal);

            // Then
            assertThat(count(read, "wide r")).isEqualTo(20);
        }
    }

    /** The driver tells the server the time zone of the JVM. */
    @Test
    void keysAreTheSameInEveryTimeZone() throws Exception {
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
        try (Wal wal = Wal.after(server, tables())) {
            // Given
            execute(wal, "CREATE TABLE zoned (t timestamptz PRIMARY KEY, v int NOT NULL)");
            execute(
                    wal,
                    "INSERT INTO zoned SELECT '2026-01-01'::timestamptz + i * interval '1 second', 0"
                            + " FROM generate_series(1, " + ADDED + ") AS i");
            MemoryOffsets offsets = new MemoryOffsets();
            Map<String, String> options = inSmallParts(wal);
            captured(options, offsets, wal);
            options.put("table.include.list", "public.still,public.zoned");

            // When
            Map<Object, Integer> latest = new HashMap<>();
            List<String> backInTime = new ArrayList<>();
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
                AtomicInteger round = new AtomicInteger();
                capture.untilEnough(
                        record -> {
                            if (brief(record).startsWith("zoned ")) {
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
                            int turn = round.getAndIncrement() % 50;
                            execute(
                                    wal,
                                    "UPDATE zoned SET v = v + 1 WHERE extract(epoch FROM t)::bigint % 50 = " + turn);
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
            List<String> read = readUntilComplete(options, offsets, wal);

            // Then
            assertThat(count(read, "keyless r")).isEqualTo(500);
        }
    }

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

    private static Map<String, String> inSmallParts(Wal wal) {
        Map<String, String> options = capturing(wal, "public.still");
        options.put("max.batch.size", "50");
        options.put("max.queue.size", "100");
        options.put("internal.backfill.part.bytes", "8192");
        return options;
    }

    private static void pollUntil(Capture capture, List<String> read, BooleanSupplier enough) {
        capture.untilEnough(record -> read.add(brief(record)), enough);
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

    /** Everything that arrives until no table is left to be read; all of it is stored. */
    private static List<String> readUntilComplete(Map<String, String> options, MemoryOffsets offsets, Wal wal)
            throws Exception {
        List<SourceRecord> read;
        try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
            read = readUntilComplete(capture, wal);
            capture.commit(read.get(read.size() - 1));
        }
        wal.awaitRelease(options.getOrDefault("slot.name", ""));
        return read.stream().map(BackfillIT::brief).toList();
    }

    private static List<SourceRecord> readUntilComplete(Capture capture, Wal wal) {
        List<SourceRecord> read = new ArrayList<>();
        do {
            read.addAll(capture.until(wal.mark()));
        } while (!isComplete(read.get(read.size() - 1)));
        return read;
    }

    /** Whether the offset of a record names no table that is still to be read. */
    private static boolean isComplete(SourceRecord record) {
        return !record.sourceOffset().containsKey("backfill");
    }

    private static void execute(Wal wal, String sql) {
        try (Connection connection = wal.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e.getMessage() + " in " + sql, e);
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
