// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

import dev.tributary.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.PGConnection;

/**
 * Incremental snapshots while their rows are written to: a consumer of the topic ends up with the rows of the table,
 * and no row goes back to an older version. Seeded: {@code -Doracle.seed}.
 *
 * <p>INSERT_DELETE differs from INSERT_INSERT only in how a window is closed, which matters only while rows are
 * written.
 */
class IncrementalSnapshotIT {

    static final String GOODS = "{\"data-collections\": [\"public.goods\"], \"type\": \"incremental\"}";

    private static PostgresServer server;

    @TempDir
    private Path directory;

    private final SplittableRandom random = new SplittableRandom(seed());

    @BeforeAll
    static void start() throws Exception {
        server = Wal.server(Map.of("synchronous_standby_names", "nobody", "synchronous_commit", "local"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static long seed() {
        long seed = Long.getLong("oracle.seed", System.nanoTime());
        System.out.println("IncrementalSnapshotIT seed " + seed);
        return seed;
    }

    @ParameterizedTest
    @EnumSource
    void noRowGoesBackInTimeAndNoneIsMissing(Watermarks watermarks) throws Exception {
        // Given
        try (Wal wal = Wal.after(server, Goods.PREPARATIONS);
                Connection connection = wal.connect();
                Capture capture = capture(wal, wal.newSlot(), watermarks, new MemoryOffsets());
                Goods goods = Goods.write(wal.connect(), random)) {
            List<SourceRecord> records = new ArrayList<>();
            capture.until(records, () -> goods.version() > 200);

            // When
            watermarks.signal(wal, directory, "execute-snapshot", GOODS);
            capture.until(records, IncrementalSnapshotIT::isUnderWay);
            capture.until(records, record -> !isUnderWay(record));
            goods.stop();

            // Then
            Mark end = wal.mark();
            capture.until(records, end::isIn);
            GoodsHistory history = GoodsHistory.of(records);
            assertThat(history.backwards()).isEmpty();
            assertThat(history.rows()).isEqualTo(Goods.in(connection));
            assertThat(history.reads()).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTaskThatIsKilledAgainAndAgainResumesItsSnapshot(Watermarks watermarks) throws Exception {
        // Given
        try (Wal wal = Wal.after(server, Goods.PREPARATIONS);
                Connection connection = wal.connect();
                Goods goods = Goods.write(wal.connect(), random)) {
            String slot = wal.newSlot();
            MemoryOffsets offsets = new MemoryOffsets();
            List<SourceRecord> topic = new ArrayList<>();
            try (Capture first = capture(wal, slot, watermarks, offsets)) {
                watermarks.signal(wal, directory, "execute-snapshot", GOODS);
                first.until(topic, IncrementalSnapshotIT::isUnderWay);
                first.commit(topic.get(topic.size() - 1));
            }

            // When
            for (int kill = 0; kill < 4; kill++) {
                try (Capture next = capture(wal, slot, watermarks, offsets)) {
                    List<SourceRecord> records = new ArrayList<>();
                    int most = 1 + random.nextInt(400);
                    next.until(records, () -> records.size() >= most);
                    int stored = random.nextInt(records.size());
                    next.commit(records.get(stored));
                    topic.addAll(records.subList(0, stored + 1));
                }
            }
            List<SourceRecord> rest = new ArrayList<>();
            try (Capture last = capture(wal, slot, watermarks, offsets)) {
                last.until(rest, record -> !isUnderWay(record));
                goods.stop();
                Mark end = wal.mark();
                last.until(rest, end::isIn);
            }
            topic.addAll(rest);

            // Then
            GoodsHistory history = GoodsHistory.of(topic);
            assertThat(history.backwards()).isEmpty();
            assertThat(history.rows()).isEqualTo(Goods.in(connection));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "INSERT_DELETE")
    void rowsWrittenBeforeATableWasAlteredKeepTheirOldStructure(Watermarks watermarks) throws Exception {
        // Given
        try (Wal wal = Wal.after(server, Goods.PREPARATIONS)) {
            String slot = wal.newSlot();
            watermarks.signal(wal, directory, "execute-snapshot", GOODS);
            wal.write(List.of(
                    new Statement(0, "INSERT INTO goods VALUES (-1, 1, 'old')"),
                    new Statement(0, "ALTER TABLE goods ADD COLUMN colour text"),
                    new Statement(0, "INSERT INTO goods VALUES (-2, 1, 'new', 'red')"),
                    new Statement(0, "ALTER TABLE goods DROP COLUMN name"),
                    new Statement(0, "INSERT INTO goods VALUES (-3, 1, 'blue')")));

            // When
            List<SourceRecord> records = new ArrayList<>();
            try (Capture capture = capture(wal, slot, watermarks, new MemoryOffsets())) {
                Ticks ticks = new Ticks(wal, capture, records);
                ticks.until(() -> ticks.reads() >= 3_000);
            }

            // Then
            assertThat(records.stream()
                            .filter(record -> record.topic().endsWith(".goods") && !Ticks.isRead(record))
                            .map(record ->
                                    ((Struct) record.value()).get("after").toString()))
                    .containsExactly(
                            "Struct{id=-1,version=1,name=old}",
                            "Struct{id=-2,version=1,name=new,colour=red}",
                            "Struct{id=-3,version=1,colour=blue}");
        }
    }

    @Test
    void aChunkIsReadToItsEndAlthoughItIsFetchedInParts() throws Exception {
        // Given
        Map<String, String> options = Watermarks.READ_ONLY.options(directory);
        options.put("incremental.snapshot.chunk.size", "3000");
        options.put("snapshot.fetch.size", "2");
        try (Wal wal = Wal.after(server, Goods.PREPARATIONS);
                Capture capture = Capture.start(
                        Contender.TRIBUTARY,
                        wal.options(Contender.TRIBUTARY, wal.newSlot(), options),
                        new MemoryOffsets())) {
            Ticks ticks = Ticks.start(wal, capture);

            // When
            Watermarks.READ_ONLY.signal(wal, directory, "execute-snapshot", GOODS);

            // Then
            ticks.until(() -> ticks.reads() >= 3_000);
            assertThat(ticks.reads()).isEqualTo(3_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aChunkWaitsUntilWhatWasStreamedCanBeSeen(Watermarks watermarks) throws Exception {
        // Given
        try (Wal wal = Wal.after(server, Goods.PREPARATIONS);
                Connection waiting = wal.connect();
                Capture capture = capture(wal, wal.newSlot(), watermarks, new MemoryOffsets())) {
            Ticks ticks = new Ticks(wal, capture, new ArrayList<>());
            int pid = waiting.unwrap(PGConnection.class).getBackendPID();
            CompletableFuture<Void> commit = Background.run(() -> update(waiting));
            try {
                capture.until(ticks.records(), record -> record.topic().endsWith(".goods"));
                assertThat(wal.ask("SELECT version FROM goods WHERE id = 1")).isEqualTo("0");

                // When
                watermarks.signal(wal, directory, "execute-snapshot", GOODS);
                ticks.untilQuiet();
                assertThat(ticks.reads()).isZero();
            } finally {
                server.execute("SELECT pg_cancel_backend(" + pid + ")");
                commit.join();
            }

            // Then
            ticks.until(() -> ticks.reads() >= 3_000);
            assertThat(GoodsHistory.of(ticks.records()).backwards()).isEmpty();
        }
    }

    /** A synchronous standby needs some time for each, and one commit or another always waits for it. */
    @ParameterizedTest
    @EnumSource
    void aSnapshotEndsAlthoughCommitsAlwaysWaitForAStandby(Watermarks watermarks) throws Exception {
        // Given
        try (Wal wal = Wal.after(server, Goods.PREPARATIONS);
                Connection connection = wal.connect();
                Capture capture = capture(wal, wal.newSlot(), watermarks, new MemoryOffsets());
                SlowStandby standby = SlowStandby.of(server);
                Goods goods = Goods.write(wal.connect(), random, "SET synchronous_commit = on")) {
            List<SourceRecord> records = new ArrayList<>();
            capture.until(records, () -> goods.version() > 50);

            // When
            watermarks.signal(wal, directory, "execute-snapshot", GOODS);
            capture.until(records, IncrementalSnapshotIT::isUnderWay);
            capture.until(records, record -> !isUnderWay(record));
            goods.stop();

            // Then
            Mark end = wal.mark();
            capture.until(records, end::isIn);
            GoodsHistory history = GoodsHistory.of(records);
            assertThat(standby.confirmed()).isPositive();
            assertThat(history.backwards()).isEmpty();
            assertThat(history.rows()).isEqualTo(Goods.in(connection));
        }
    }

    /** Debezium skips the table, connects again, and the rest of the rows is never sent. */
    @ParameterizedTest
    @EnumSource
    void aSnapshotWhoseConnectionIsLostIsResumed(Watermarks watermarks) throws Exception {
        // Given
        try (Wal wal = Wal.after(server, Goods.PREPARATIONS);
                Capture capture = capture(wal, wal.newSlot(), watermarks, new MemoryOffsets())) {
            Ticks ticks = Ticks.start(wal, capture);
            watermarks.signal(wal, directory, "execute-snapshot", GOODS);
            ticks.until(() -> ticks.reads() >= 500);
            wal.write(Statement.on(0, "BEGIN", "LOCK TABLE goods IN ACCESS EXCLUSIVE MODE"));
            capture.until(ticks.records(), () -> isWaitedFor(wal, 1));

            // When
            wal.ask(
                    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE NOT granted AND relation = 'goods'::regclass");
            wal.write(Statement.on(0, "COMMIT"));

            // Then
            ticks.until(() -> ticks.reads() >= 3_000);
        }
    }

    /** A chunk has been read while the stream lags, and the TRUNCATE arrives before its rows are sent. */
    @Test
    void rowsThatATruncateRemovesAreNotSentAfterIt() throws Exception {
        // Given
        Map<String, String> options = Watermarks.READ_ONLY.options(directory);
        options.putAll(Map.of("skipped.operations", "none", "max.batch.size", "20", "max.queue.size", "50"));
        try (Wal wal = Wal.after(server, Goods.PREPARATIONS);
                Connection connection = wal.connect();
                Capture capture = Capture.start(
                        Contender.TRIBUTARY,
                        wal.options(Contender.TRIBUTARY, wal.newSlot(), options),
                        new MemoryOffsets())) {
            Ticks ticks = Ticks.start(wal, capture);
            wal.write(Statement.on(
                    0,
                    "INSERT INTO ticks SELECT nextval('ticks_id_seq') FROM generate_series(1, 5000)",
                    "BEGIN",
                    "LOCK TABLE goods IN ACCESS EXCLUSIVE MODE"));
            Watermarks.READ_ONLY.signal(wal, directory, "execute-snapshot", GOODS);
            await("the first chunk").until(() -> isWaitedFor(wal, 1));

            // When
            CompletableFuture<Void> truncate = truncate(wal.connect());
            await("the TRUNCATE after it").until(() -> isWaitedFor(wal, 2));
            wal.write(Statement.on(0, "COMMIT"));
            truncate.join();

            // Then
            do {
                ticks.next();
            } while (ticks.records().stream().noneMatch(IncrementalSnapshotIT::isUnderWay)
                    || isUnderWay(ticks.records().get(ticks.records().size() - 1)));
            Mark end = wal.mark();
            capture.until(ticks.records(), end::isIn);
            assertThat(GoodsHistory.of(ticks.records()).rows()).isEqualTo(Goods.in(connection));
        }
    }

    private static CompletableFuture<Void> truncate(Connection connection) {
        return Background.run(() -> {
            try (connection;
                    var statement = connection.createStatement()) {
                statement.execute("DO $$ BEGIN TRUNCATE goods;"
                        + " INSERT INTO goods SELECT i, 1, 'after it' FROM generate_series(1, 500, 7) AS i; END $$");
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        });
    }

    /** Whether this many sessions wait for a lock. */
    private static boolean isWaitedFor(Wal wal, int sessions) {
        return wal.ask("SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'goods'::regclass")
                .equals(Integer.toString(sessions));
    }

    /** The commit is written to the WAL, then waits for a standby that does not exist, until the wait is cancelled. */
    private static void update(Connection connection) {
        try (var statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = on");
            statement.execute("UPDATE goods SET version = 1 WHERE id = 1");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private Capture capture(Wal wal, String slot, Watermarks watermarks, MemoryOffsets offsets) {
        return Capture.start(
                Contender.TRIBUTARY, wal.options(Contender.TRIBUTARY, slot, watermarks.options(directory)), offsets);
    }

    /** Whether the offset of a record names tables whose snapshot is under way. */
    static boolean isUnderWay(SourceRecord record) {
        return record.sourceOffset().containsKey("incremental_snapshot_collections");
    }
}
