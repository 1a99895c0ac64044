// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.postgres.PostgresServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code provide.transaction.metadata} while incremental snapshots begin and end: begins and ends of transactions are
 * made in another way while one is running. Seeded: {@code -Doracle.seed}.
 */
class SnapshotMetadataIT {

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
        System.out.println("SnapshotMetadataIT seed " + seed);
        return seed;
    }

    @ParameterizedTest
    @EnumSource
    void eachTransactionHasABeginAndAnEndThatCountsItsEvents(Watermarks watermarks) throws Exception {
        // Given
        Map<String, String> options = watermarks.options(directory);
        options.put("provide.transaction.metadata", "true");
        try (Wal wal = Wal.after(server, Goods.PREPARATIONS);
                Capture capture = Capture.start(
                        Contender.TRIBUTARY,
                        wal.options(Contender.TRIBUTARY, wal.newSlot(), options),
                        new MemoryOffsets());
                Goods goods = Goods.write(wal.connect(), random)) {
            List<SourceRecord> records = new ArrayList<>();
            capture.until(records, () -> goods.version() > 20);

            // When
            for (int snapshot = 0; snapshot < 3; snapshot++) {
                watermarks.signal(wal, directory, "execute-snapshot", IncrementalSnapshotIT.GOODS);
                capture.until(records, IncrementalSnapshotIT::isUnderWay);
                capture.until(records, record -> !IncrementalSnapshotIT.isUnderWay(record));
            }
            goods.stop();

            // Then
            Mark end = wal.mark();
            capture.until(records, end::isIn);
            List<String> begins = transactions(records, "BEGIN");
            List<String> ends = transactions(records, "END");
            assertThat(begins).hasSizeGreaterThan(20).doesNotHaveDuplicates().isEqualTo(ends);
            assertThat(counted(records)).isEqualTo(ofEvents(records));
        }
    }

    /** The transactions of the records with a status, in order. */
    private static List<String> transactions(List<SourceRecord> records, String status) {
        return records.stream()
                .filter(record -> status.equals(field(record, "status")))
                .map(record -> number((Struct) record.value()))
                .toList();
    }

    /** How many events each END counts. */
    private static Map<String, Long> counted(List<SourceRecord> records) {
        Map<String, Long> counts = new TreeMap<>();
        records.stream()
                .filter(record -> "END".equals(field(record, "status")))
                .map(record -> (Struct) record.value())
                .filter(value -> value.getInt64("event_count") > 0)
                .forEach(value -> counts.put(number(value), value.getInt64("event_count")));
        return counts;
    }

    /** How many events of each transaction there are. */
    private static Map<String, Long> ofEvents(List<SourceRecord> records) {
        Map<String, Long> counts = new TreeMap<>();
        records.stream()
                .map(record -> field(record, "transaction"))
                .filter(Struct.class::isInstance)
                .forEach(block -> counts.merge(number((Struct) block), 1L, Long::sum));
        return counts;
    }

    /** The number of a transaction: what is before the colon. */
    private static String number(Struct withId) {
        return withId.getString("id").replaceFirst(":.*", "");
    }

    private static @Nullable Object field(SourceRecord record, String name) {
        return record.value() instanceof Struct value && value.schema().field(name) != null ? value.get(name) : null;
    }
}
