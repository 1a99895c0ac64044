// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

import dev.tributary.capture.backfill.Backfill;
import dev.tributary.postgres.PostgresServer;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The signals of incremental snapshots, and the records that follow from them.
 *
 * <p>INSERT_DELETE differs from INSERT_INSERT only in how a window is closed. That matters only where rows are written
 * meanwhile: see {@link IncrementalSnapshotIT}.
 */
class IncrementalSnapshotSignalsIT {

    private static final String GOODS = "{\"data-collections\": [\"public.goods\"], \"type\": \"incremental\"}";

    private static PostgresServer server;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() throws Exception {
        server = Wal.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "INSERT_DELETE")
    void aSnapshotPausesResumesAndStops(Watermarks watermarks) throws Exception {
        // Given: a queue that is full before the whole table is read, so the snapshot stops when the test does not poll
        Map<String, String> options = watermarks.options(directory);
        options.put("max.batch.size", "50");
        options.put("max.queue.size", "100");
        try (Wal wal = Wal.after(server, Goods.PREPARATIONS);
                Capture capture = Capture.start(
                        Contender.TRIBUTARY,
                        wal.options(Contender.TRIBUTARY, wal.newSlot(), options),
                        new MemoryOffsets())) {
            Ticks ticks = Ticks.start(wal, capture);
            watermarks.signal(wal, directory, "execute-snapshot", GOODS);
            capture.until(ticks.records(), Ticks::isRead);

            // When
            watermarks.signal(wal, directory, "pause-snapshot", "{\"type\": \"incremental\"}");
            ticks.untilQuiet();
            int paused = ticks.reads();
            watermarks.signal(wal, directory, "resume-snapshot", "{\"type\": \"incremental\"}");
            ticks.until(() -> ticks.reads() > paused);
            watermarks.signal(
                    wal,
                    directory,
                    "stop-snapshot",
                    "{\"type\": \"incremental\", \"data-collections\": [\"public.goods\"]}");
            ticks.until(() -> !isUnderWay(ticks.records().get(ticks.records().size() - 1)));
            int stopped = ticks.reads();

            // Then
            assertThat(paused).isPositive().isLessThan(3_000);
            assertThat(stopped).isGreaterThan(paused).isLessThanOrEqualTo(3_000);
            ticks.untilQuiet();
            assertThat(ticks.reads()).isEqualTo(stopped);
            assertThat(GoodsHistory.of(ticks.records()).backwards()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "INSERT_DELETE")
    void conditionsAndSurrogateKeysDetermineTheRowsAndTheirOrder(Watermarks watermarks) throws Exception {
        // Given
        try (Wal wal = Wal.after(server, Goods.PREPARATIONS);
                Capture capture = capture(wal, watermarks)) {
            Ticks ticks = Ticks.start(wal, capture);

            // When
            watermarks.signal(
                    wal,
                    directory,
                    "execute-snapshot",
                    "{\"data-collections\": [\"public.goods\"], \"type\": \"incremental\", \"surrogate-key\": \"name\","
                            + " \"additional-conditions\": [{\"data-collection\": \"public.goods\","
                            + " \"filter\": \"id BETWEEN 500 AND 999\"}]}");
            ticks.until(() -> ticks.reads() >= 500);
            ticks.untilQuiet();

            // Then
            List<String> names = ticks.records().stream()
                    .filter(Ticks::isRead)
                    .map(record -> ((Struct) record.value()).getStruct("after").getString("name"))
                    .toList();
            assertThat(names).hasSize(500).doesNotHaveDuplicates().isSorted();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "INSERT_DELETE")
    void aTableWithoutAKeyIsSkippedAndTheOthersAreRead(Watermarks watermarks) throws Exception {
        // Given
        try (Wal wal = Wal.after(server, Goods.PREPARATIONS);
                Capture capture = capture(wal, watermarks)) {
            wal.write(List.of(
                    new Statement(0, "CREATE TABLE keyless (id int)"),
                    new Statement(0, "INSERT INTO keyless SELECT generate_series(1, 300)")));
            Ticks ticks = Ticks.start(wal, capture);

            // When
            watermarks.signal(
                    wal,
                    directory,
                    "execute-snapshot",
                    "{\"data-collections\": [\"public.keyless\", \"public.goods\"], \"type\": \"incremental\"}");
            ticks.until(() -> ticks.reads() >= 3_000);

            // Then
            assertThat(ticks.records().stream()
                            .filter(Ticks::isRead)
                            .map(SourceRecord::topic)
                            .distinct())
                    .containsExactly("oracle.public.goods");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "INSERT_DELETE")
    void theRecordsAreTheSameAsDebeziums(Watermarks watermarks) throws Exception {
        // When
        List<String> theirs = List.of();
        for (int attempt = 0; theirs.isEmpty() && attempt < 10; attempt++) {
            try {
                theirs = shapes(Contender.DEBEZIUM, watermarks);
            } catch (ConnectException e) {
                // Its signal thread and its stream use the same window, which a lock does not guard.
                assertThat(e).hasRootCauseInstanceOf(ConcurrentModificationException.class);
            }
        }
        List<String> ours = shapes(Contender.TRIBUTARY, watermarks);

        // Then
        assertThat(ours).hasSize(3_000).isEqualTo(theirs);
    }

    private List<String> shapes(Contender contender, Watermarks watermarks) throws Exception {
        Path signals = Files.createTempDirectory(directory, "signals");
        try (Wal wal = Wal.after(server, Goods.PREPARATIONS);
                Capture capture = Capture.start(
                        contender,
                        wal.options(contender, wal.newSlot(), watermarks.options(signals)),
                        new MemoryOffsets())) {
            Ticks ticks = Ticks.start(wal, capture);
            watermarks.signal(wal, signals, "execute-snapshot", GOODS);
            ticks.until(() -> ticks.reads() >= 3_000);
            return ticks.records().stream()
                    .filter(Ticks::isRead)
                    .map(IncrementalSnapshotSignalsIT::shape)
                    .toList();
        }
    }

    /** Everything in a record that is the same in each run: no times, no positions, no database names. */
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
                        .filter(key ->
                                !key.startsWith("tx_") && !key.startsWith("server_") && !Backfill.KEYS.contains(key))
                        // Debezium sends some of the rows within a transaction, where offsets have this key.
                        .filter(key -> !key.equals(PostgresOffsetContext.LSN_EVENTS_PROCESSED_KEY))
                        .sorted()
                        .toList());
        for (Field field : source.schema().fields()) {
            boolean varies = List.of("lsn", "txId", "sequence", "db").contains(field.name())
                    || field.name().startsWith("ts_");
            shape.append(field.name()).append(varies ? source.get(field) != null : source.get(field));
        }
        return shape.toString();
    }

    private Capture capture(Wal wal, Watermarks watermarks) {
        return Capture.start(
                Contender.TRIBUTARY,
                wal.options(Contender.TRIBUTARY, wal.newSlot(), watermarks.options(directory)),
                new MemoryOffsets());
    }

    /** Whether the offset of a record names tables whose snapshot is under way. */
    private static boolean isUnderWay(SourceRecord record) {
        return record.sourceOffset().containsKey("incremental_snapshot_collections");
    }
}
