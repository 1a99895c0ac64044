// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

import dev.tributary.WaitLimit;
import dev.tributary.capture.backfill.Backfill;
import dev.tributary.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.apache.kafka.connect.data.Field;
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
 * Incremental snapshots while the rows they read are written: whoever follows the topic ends up with the rows of the table, and
 * no row goes back in time. Seeded: {@code -Doracle.seed}.
 *
 * <p>How a window is closed, by which INSERT_DELETE differs from INSERT_INSERT, matters only where rows are written meanwhile.
 */
class IncrementalSnapshotIT {

    private static final String GOODS = "{\"data-collections\": [\"public.goods\"], \"type\": \"incremental\"}";

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
            capture.until(records, record -> record.sourceOffset().containsKey("incremental_snapshot_collections"));
            capture.until(records, record -> !record.sourceOffset().containsKey("incremental_snapshot_collections"));
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
    void aTaskThatIsKilledAgainAndAgainGoesOnWithItsSnapshot(Watermarks watermarks) throws Exception {
        // Given
        try (Wal wal = Wal.after(server, Goods.PREPARATIONS);
                Connection connection = wal.connect();
                Goods goods = Goods.write(wal.connect(), random)) {
            String slot = wal.newSlot();
            MemoryOffsets offsets = new MemoryOffsets();
            List<SourceRecord> topic = new ArrayList<>();
            try (Capture first = capture(wal, slot, watermarks, offsets)) {
                watermarks.signal(wal, directory, "execute-snapshot", GOODS);
                first.until(topic, record -> record.sourceOffset().containsKey("incremental_snapshot_collections"));
                first.commit(topic.get(topic.size() - 1));
            }

            // When
            for (int kill = 0; kill < 4; kill++) {
                try (Capture next = capture(wal, slot, watermarks, offsets)) {
                    List<SourceRecord> records = new ArrayList<>();
                    int wanted = 1 + random.nextInt(400);
                    next.until(records, () -> records.size() >= wanted);
                    int stored = random.nextInt(records.size());
                    next.commit(records.get(stored));
                    topic.addAll(records.subList(0, stored + 1));
                }
            }
            List<SourceRecord> rest = new ArrayList<>();
            try (Capture last = capture(wal, slot, watermarks, offsets)) {
                last.until(rest, record -> !record.sourceOffset().containsKey("incremental_snapshot_collections"));
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
    void aSnapshotPausesGoesOnAndStops(Watermarks watermarks) throws Exception {
        // Given: a queue that is full before the table is read, so that nothing goes on while nobody polls
        Map<String, String> options = watermarks.options(directory);
        options.put("max.batch.size", "50");
        options.put("max.queue.size", "100");
        try (Wal wal = Wal.after(server, Goods.PREPARATIONS);
                Capture capture = Capture.start(
                        Contender.TRIBUTARY,
                        wal.options(Contender.TRIBUTARY, wal.newSlot(), options),
                        new MemoryOffsets())) {
            List<SourceRecord> records = new ArrayList<>();
            tick(wal);
            capture.until(records, IncrementalSnapshotIT::isTick);
            watermarks.signal(wal, directory, "execute-snapshot", GOODS);
            capture.until(records, IncrementalSnapshotIT::isRead);

            // When
            watermarks.signal(wal, directory, "pause-snapshot", "{\"type\": \"incremental\"}");
            quietly(wal, capture, records);
            int paused = GoodsHistory.of(records).reads();
            watermarks.signal(wal, directory, "resume-snapshot", "{\"type\": \"incremental\"}");
            List<SourceRecord> resumed = new ArrayList<>();
            ticking(wal, capture, resumed, () -> GoodsHistory.of(resumed).reads() > 0);
            watermarks.signal(
                    wal,
                    directory,
                    "stop-snapshot",
                    "{\"type\": \"incremental\", \"data-collections\": [\"public.goods\"]}");
            ticking(wal, capture, resumed, () -> !last(resumed).containsKey("incremental_snapshot_collections"));
            int stopped = paused + GoodsHistory.of(resumed).reads();
            records.addAll(resumed);

            // Then
            assertThat(paused).isPositive().isLessThan(3_000);
            assertThat(stopped).isGreaterThan(paused).isLessThanOrEqualTo(3_000);
            quietly(wal, capture, records);
            assertThat(GoodsHistory.of(records).reads()).isEqualTo(stopped);
            assertThat(GoodsHistory.of(records).backwards()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "INSERT_DELETE")
    void conditionsAndSurrogateKeysChooseTheRowsAndTheOrder(Watermarks watermarks) throws Exception {
        // Given
        try (Wal wal = Wal.after(server, Goods.PREPARATIONS);
                Capture capture = capture(wal, wal.newSlot(), watermarks, new MemoryOffsets())) {
            List<SourceRecord> records = new ArrayList<>();
            tick(wal);
            capture.until(records, IncrementalSnapshotIT::isTick);

            // When
            watermarks.signal(
                    wal,
                    directory,
                    "execute-snapshot",
                    "{\"data-collections\": [\"public.goods\"], \"type\": \"incremental\", \"surrogate-key\": \"name\","
                            + " \"additional-conditions\": [{\"data-collection\": \"public.goods\","
                            + " \"filter\": \"id BETWEEN 500 AND 999\"}]}");
            ticking(wal, capture, records, () -> GoodsHistory.of(records).reads() >= 500);
            quietly(wal, capture, records);

            // Then
            List<String> names = records.stream()
                    .filter(IncrementalSnapshotIT::isRead)
                    .map(record -> ((Struct) record.value()).getStruct("after").getString("name"))
                    .toList();
            assertThat(names).hasSize(500).doesNotHaveDuplicates().isSorted();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "INSERT_DELETE")
    void aTableWithoutKeyIsLeftOutAndTheOthersAreRead(Watermarks watermarks) throws Exception {
        // Given
        try (Wal wal = Wal.after(server, Goods.PREPARATIONS);
                Capture capture = capture(wal, wal.newSlot(), watermarks, new MemoryOffsets())) {
            wal.write(List.of(
                    new Statement(0, "CREATE TABLE keyless (id int)"),
                    new Statement(0, "INSERT INTO keyless SELECT generate_series(1, 300)")));
            List<SourceRecord> records = new ArrayList<>();
            tick(wal);
            capture.until(records, IncrementalSnapshotIT::isTick);

            // When
            watermarks.signal(
                    wal,
                    directory,
                    "execute-snapshot",
                    "{\"data-collections\": [\"public.keyless\", \"public.goods\"], \"type\": \"incremental\"}");
            ticking(wal, capture, records, () -> GoodsHistory.of(records).reads() >= 3_000);

            // Then
            assertThat(records.stream()
                            .filter(IncrementalSnapshotIT::isRead)
                            .map(SourceRecord::topic)
                            .distinct())
                    .containsExactly("oracle.public.goods");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "INSERT_DELETE")
    void rowsWrittenBeforeATableWasAlteredArriveAlthoughTheSnapshotKnowsTheTableAsItIsNow(Watermarks watermarks)
            throws Exception {
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
                ticking(wal, capture, records, () -> GoodsHistory.of(records).reads() >= 3_000);
            }

            // Then
            assertThat(records.stream()
                            .filter(record -> record.topic().endsWith(".goods") && !isRead(record))
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
            List<SourceRecord> records = new ArrayList<>();
            tick(wal);
            capture.until(records, IncrementalSnapshotIT::isTick);

            // When
            Watermarks.READ_ONLY.signal(wal, directory, "execute-snapshot", GOODS);

            // Then
            ticking(wal, capture, records, () -> GoodsHistory.of(records).reads() >= 3_000);
            assertThat(GoodsHistory.of(records).reads()).isEqualTo(3_000);
        }
    }

    @Test
    void aChunkWaitsUntilWhatWasStreamedCanBeSeen() throws Exception {
        // Given
        try (Wal wal = Wal.after(server, Goods.PREPARATIONS);
                Connection waiting = wal.connect();
                Capture capture = capture(wal, wal.newSlot(), Watermarks.READ_ONLY, new MemoryOffsets())) {
            List<SourceRecord> records = new ArrayList<>();
            int pid = waiting.unwrap(PGConnection.class).getBackendPID();
            CompletableFuture<Void> commit = Background.run(() -> update(waiting));
            try {
                capture.until(records, record -> record.topic().endsWith(".goods"));
                assertThat(wal.ask("SELECT version FROM goods WHERE id = 1")).isEqualTo("0");

                // When
                Watermarks.READ_ONLY.signal(wal, directory, "execute-snapshot", GOODS);
                quietly(wal, capture, records);
                assertThat(GoodsHistory.of(records).reads()).isZero();
            } finally {
                server.execute("SELECT pg_cancel_backend(" + pid + ")");
                commit.join();
            }

            // Then
            ticking(wal, capture, records, () -> GoodsHistory.of(records).reads() >= 3_000);
            assertThat(GoodsHistory.of(records).backwards()).isEmpty();
        }
    }

    /** The commit is written, and then waits for a standby that there is not until the wait is cancelled. */
    private static void update(Connection connection) {
        try (var statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = on");
            statement.execute("UPDATE goods SET version = 1 WHERE id = 1");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "INSERT_DELETE")
    void theRecordsAreThoseOfStock(Watermarks watermarks) throws Exception {
        // When
        Map<Contender, List<String>> shapes = new HashMap<>();
        for (Contender contender : List.of(Contender.DEBEZIUM, Contender.TRIBUTARY)) {
            try (Wal wal = Wal.after(server, Goods.PREPARATIONS);
                    Capture capture = capture(contender, wal, wal.newSlot(), watermarks, new MemoryOffsets())) {
                List<SourceRecord> records = new ArrayList<>();
                tick(wal);
                capture.until(records, IncrementalSnapshotIT::isTick);
                watermarks.signal(wal, directory, "execute-snapshot", GOODS);
                ticking(wal, capture, records, () -> GoodsHistory.of(records).reads() >= 3_000);
                shapes.put(
                        contender,
                        records.stream()
                                .filter(IncrementalSnapshotIT::isRead)
                                .map(IncrementalSnapshotIT::shape)
                                .toList());
            }
        }

        // Then
        assertThat(shapes.get(Contender.TRIBUTARY)).hasSize(3_000).isEqualTo(shapes.get(Contender.DEBEZIUM));
    }

    /** All that does not differ from run to run: no times, no positions, no names of databases. */
    private static String shape(SourceRecord record) {
        Struct value = (Struct) record.value();
        Struct source = value.getStruct("source");
        StringBuilder shape = new StringBuilder(record.topic())
                .append(record.key())
                .append(record.keySchema().fields())
                .append(value.schema().fields())
                .append(value.get("before"))
                .append(value.get("after"))
                .append(record.headers().size())
                .append(record.sourceOffset().keySet().stream()
                        .filter(key -> !key.startsWith("tx_") && !Backfill.KEYS.contains(key))
                        .sorted()
                        .toList());
        for (Field field : source.schema().fields()) {
            boolean varies = List.of("lsn", "txId", "sequence", "db").contains(field.name())
                    || field.name().startsWith("ts_");
            shape.append(field.name()).append(varies ? source.get(field) != null : source.get(field));
        }
        return shape.toString();
    }

    private Capture capture(Wal wal, String slot, Watermarks watermarks, MemoryOffsets offsets) {
        return capture(Contender.TRIBUTARY, wal, slot, watermarks, offsets);
    }

    private Capture capture(Contender contender, Wal wal, String slot, Watermarks watermarks, MemoryOffsets offsets) {
        return Capture.start(contender, wal.options(contender, slot, watermarks.options(directory)), offsets);
    }

    /** Polls while now and then something happens elsewhere: a read-only snapshot learns from that. */
    private static void ticking(Wal wal, Capture capture, List<SourceRecord> records, BooleanSupplier end) {
        long deadline = System.nanoTime() + WaitLimit.LIMIT.toNanos();
        while (!end.getAsBoolean()) {
            assertThat(deadline - System.nanoTime())
                    .as("time left, after %d records", records.size())
                    .isPositive();
            tick(wal);
            capture.until(records, IncrementalSnapshotIT::isTick);
        }
    }

    /** Changes elsewhere, until ten of them have come in a row and no row of a snapshot among them. */
    private static void quietly(Wal wal, Capture capture, List<SourceRecord> records) {
        int quiet = 0;
        while (quiet < 10) {
            int before = records.size();
            tick(wal);
            capture.until(records, IncrementalSnapshotIT::isTick);
            boolean read = records.subList(before, records.size()).stream().anyMatch(IncrementalSnapshotIT::isRead);
            quiet = read ? 0 : quiet + 1;
        }
    }

    private static void tick(Wal wal) {
        wal.write(List.of(
                new Statement(1, "CREATE TABLE IF NOT EXISTS ticks (id serial PRIMARY KEY)"),
                new Statement(1, "INSERT INTO ticks DEFAULT VALUES")));
    }

    private static boolean isTick(SourceRecord record) {
        return record.topic().endsWith(".ticks");
    }

    private static boolean isRead(SourceRecord record) {
        return record.value() instanceof Struct value
                && value.schema().field("op") != null
                && value.getString("op").equals("r");
    }

    private static Map<String, ?> last(List<SourceRecord> records) {
        return records.get(records.size() - 1).sourceOffset();
    }
}
