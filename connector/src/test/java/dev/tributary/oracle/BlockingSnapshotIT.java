// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Blocking snapshots while their table is written to: the stream pauses and resumes, and sends the same events as
 * without the snapshot. Seeded: {@code -Doracle.seed}.
 */
class BlockingSnapshotIT {

    private static final String GOODS = "{\"data-collections\": [\"public.goods\"], \"type\": \"blocking\"}";
    private static final int ROWS = 3_000;

    private static PostgresServer server;

    @TempDir
    private Path directory;

    private final SplittableRandom random = new SplittableRandom(seed());

    @BeforeAll
    static void start() throws Exception {
        server = Wal.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static long seed() {
        long seed = Long.getLong("oracle.seed", System.nanoTime());
        System.out.println("BlockingSnapshotIT seed " + seed);
        return seed;
    }

    @ParameterizedTest
    @EnumSource(names = {"INSERT_INSERT", "READ_ONLY"})
    void theStreamIsTheSameAsWithoutTheSnapshot(Watermarks signals) throws Exception {
        try (Wal wal = Wal.after(server, Goods.PREPARATIONS);
                Connection connection = wal.connect()) {
            List<SourceRecord> records = new ArrayList<>();
            Mark end = Mark.of(1);
            try (Capture capture = capture(wal, wal.newSlot(), signals, new MemoryOffsets());
                    Goods goods = Goods.write(wal.connect(), random)) {
                // Given
                capture.until(records, () -> goods.version() > 200);
                wal.write(Statement.on(3, "BEGIN", "INSERT INTO goods VALUES (-1, 1, 'before')"));

                // When
                signals.signal(wal, directory, "execute-snapshot", GOODS);
                capture.until(records, () -> reads(records) > ROWS / 2);
                wal.write(Statement.on(3, "INSERT INTO goods VALUES (-2, 1, 'after')", "COMMIT"));
                long then = goods.version();
                capture.until(records, () -> latest(records) > then);
                // The table shrinks the longer it is written to.
                long once = reads(records);
                signals.signal(wal, directory, "execute-snapshot", GOODS);
                capture.until(records, () -> reads(records) > once + ROWS / 2);
                goods.stop();
                assertThat(wal.mark()).isEqualTo(end);
                capture.until(records, () -> records.stream().anyMatch(end::isIn));
            }

            // Then
            assertThat(GoodsHistory.of(records).rows()).isEqualTo(Goods.in(connection));
            assertThat(streamed(records)).isEqualTo(streamed(wal.read(Contender.TRIBUTARY, Map.of(), end)));
        }
    }

    @Test
    void aSnapshotInsideAHugeTransactionChangesNothing() throws Exception {
        // Given
        try (Wal wal = Wal.after(server, Goods.PREPARATIONS)) {
            String slot = wal.newSlot();
            Watermarks.INSERT_INSERT.signal(wal, directory, "execute-snapshot", GOODS);
            wal.write(List.of(
                    new Statement(1, "INSERT INTO goods SELECT i, i, 'many' FROM generate_series(10001, 60000) AS i")));
            Mark end = wal.mark();

            // When
            List<SourceRecord> records = new ArrayList<>();
            try (Capture capture = capture(wal, slot, Watermarks.INSERT_INSERT, new MemoryOffsets())) {
                capture.until(records, () -> records.stream().anyMatch(end::isIn) && reads(records) >= 53_000);
            }

            // Then
            assertThat(streamed(records)).isEqualTo(streamed(wal.read(Contender.TRIBUTARY, Map.of(), end)));
        }
    }

    @Test
    void aTaskThatIsKilledMeanwhileResumesTheStream() throws Exception {
        // Given
        try (Wal wal = Wal.after(server, Goods.PREPARATIONS);
                Goods goods = Goods.write(wal.connect(), random)) {
            String slot = wal.newSlot();
            MemoryOffsets offsets = new MemoryOffsets();
            List<SourceRecord> topic = new ArrayList<>();

            // When
            for (int kill = 0; kill < 4; kill++) {
                try (Capture capture = capture(wal, slot, Watermarks.INSERT_INSERT, offsets)) {
                    List<SourceRecord> records = new ArrayList<>();
                    Watermarks.INSERT_INSERT.signal(wal, directory, "execute-snapshot", GOODS);
                    capture.until(records, () -> reads(records) > 0);
                    int[] reads = IntStream.range(0, records.size())
                            .filter(i -> "r".equals(operation(records.get(i))))
                            .toArray();
                    int stored = reads[random.nextInt(reads.length)];
                    capture.commit(records.get(stored));
                    topic.addAll(records.subList(0, stored + 1));
                }
            }
            goods.stop();
            Mark end = wal.mark();
            List<SourceRecord> rest = new ArrayList<>();
            try (Capture capture = capture(wal, slot, Watermarks.INSERT_INSERT, offsets)) {
                capture.until(rest, () -> rest.stream().anyMatch(end::isIn));
            }
            topic.addAll(rest);

            // Then
            assertThat(streamed(topic)).isEqualTo(streamed(wal.read(Contender.TRIBUTARY, Map.of(), end)));
        }
    }

    private Capture capture(Wal wal, String slot, Watermarks signals, MemoryOffsets offsets) {
        return Capture.start(
                Contender.TRIBUTARY, wal.options(Contender.TRIBUTARY, slot, signals.options(directory)), offsets);
    }

    private static long reads(List<SourceRecord> records) {
        return records.stream().filter(record -> "r".equals(operation(record))).count();
    }

    /** The latest version in a change event. */
    private static long latest(List<SourceRecord> records) {
        return records.stream()
                .filter(record -> record.topic().endsWith(".goods"))
                .filter(record -> List.of("c", "u").contains(operation(record)))
                .mapToLong(
                        record -> ((Struct) record.value()).getStruct("after").getInt64("version"))
                .max()
                .orElse(-1);
    }

    private static List<ChangeContent> streamed(List<SourceRecord> records) {
        return records.stream()
                .filter(record -> !"r".equals(operation(record)))
                .map(ChangeContent::of)
                .toList();
    }

    private static String operation(SourceRecord record) {
        return record.value() instanceof Struct value && value.schema().field("op") != null
                ? value.getString("op")
                : "";
    }
}
