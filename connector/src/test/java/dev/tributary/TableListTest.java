// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.position.StoredOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TableListTest {

    private static final Map<String, String> MAIN = StoredOffset.partition("shop");
    private static final String LONG = "x".repeat(5_000);

    private final TableList list = new TableList("shop");
    private final Offsets offsets = new Offsets();

    @Test
    void anExactlyOnceWorkerStoresTheListOnceAndRefersToItFromThenOn() {
        // Given
        transaction(LONG, 3);

        // When
        transaction(LONG, 3);
        List<SourceRecord> later = transaction(LONG, 3);
        transaction(LONG, 1);

        // Then
        assertThat(offsets.of(TableList.partition("shop"))).containsEntry("captured_tables", LONG);
        assertThat(tables(later.get(2))).startsWith("stored:").hasSizeLessThan(30);
        assertThat(later)
                .allSatisfy(record -> assertThat(record.sourcePartition()).isEqualTo(MAIN));
        assertThat(tables(offsets.of(MAIN))).isEqualTo(tables(later.get(2)));
        assertThat(TableList.resolve(offsets, "shop").orElseThrow().values().get("captured_tables"))
                .isEqualTo(LONG);
    }

    /** Until Connect is seen to have stored the list, each offset contains it. */
    @Test
    void theConnectorsOffsetAlwaysLeadsToTheList() {
        for (String text : List.of(LONG, LONG + "1", LONG, "short", LONG + "2", LONG, LONG + "2")) {
            for (int i = 0; i < 4; i++) {
                // When
                transaction(text, 1 + i % 3);

                // Then
                assertThat(TableList.resolve(offsets, "shop")
                                .orElseThrow()
                                .values()
                                .get("captured_tables"))
                        .isEqualTo(text);
            }
        }
    }

    @Test
    void theListTravelsWithARecordThatIsNotTheLastOfItsBatch() {
        // Given
        transaction(LONG, 1);

        // When
        List<SourceRecord> records = transaction(LONG, 3);

        // Then
        assertThat(records.get(0).sourcePartition()).isEqualTo(TableList.partition("shop"));
        assertThat(records.get(0).sourceOffset().get("tx_ordinal"))
                .as("what transforms read")
                .isEqualTo(0L);
        assertThat(records.get(0).value()).isEqualTo("value 0");
        assertThat(records.get(2).sourcePartition()).isEqualTo(MAIN);
    }

    /** Such a worker stores the partitions independently of each other. */
    @Test
    void anyOtherWorkerKeepsTheListInTheOffsets() throws Exception {
        for (int i = 0; i < 4; i++) {
            // When
            List<SourceRecord> records = batch(LONG, 3);
            List<SourceRecord> sent = list.of(records);
            Thread other = new Thread(() -> list.committed(offsets));
            other.start();
            other.join();

            // Then
            assertThat(sent).isSameAs(records);
        }
    }

    @Test
    void aShortListStaysWhereItIs() {
        transaction("1 public orders", 2);
        List<SourceRecord> records = batch("1 public orders", 2);

        assertThat(list.of(records)).isSameAs(records);
    }

    @Test
    void aReferenceToAListThatIsNotStoredIsDropped() {
        // Given
        offsets.store(MAIN, Map.of("lsn", 7L, "captured_tables", "stored:0123456789abcdef"));

        // When
        StoredOffset offset = TableList.resolve(offsets, "shop").orElseThrow();

        // Then
        assertThat(offset.values().get("lsn")).isEqualTo(7L);
        assertThat(offset.values().get("captured_tables")).isNull();
    }

    /** As an exactly-once worker does it. Returns the records that it gets. */
    private List<SourceRecord> transaction(String text, int records) {
        List<SourceRecord> sent = Objects.requireNonNull(list.of(batch(text, records)));
        sent.forEach(record -> offsets.store(record.sourcePartition(), record.sourceOffset()));
        list.committed(offsets);
        return sent;
    }

    private static List<SourceRecord> batch(String text, int records) {
        return IntStream.range(0, records)
                .mapToObj(i -> new SourceRecord(
                        MAIN, Map.of("tx_ordinal", (long) i, "captured_tables", text), "t", null, "value " + i))
                .toList();
    }

    private static String tables(SourceRecord record) {
        return tables(record.sourceOffset());
    }

    private static String tables(Map<String, ?> offset) {
        return String.valueOf(offset.get("captured_tables"));
    }

    private static final class Offsets implements OffsetStorageReader {

        private final Map<Map<String, ?>, Map<String, Object>> stored = new HashMap<>();

        void store(Map<String, ?> partition, Map<String, ?> offset) {
            stored.put(Map.copyOf(partition), new HashMap<>(offset));
        }

        Map<String, Object> of(Map<String, ?> partition) {
            return Objects.requireNonNull(stored.get(partition));
        }

        @Override
        @Nullable
        public <T> Map<String, Object> offset(Map<String, T> partition) {
            return stored.get(partition);
        }

        @Override
        public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
            return partitions.stream()
                    .filter(stored::containsKey)
                    .collect(Collectors.toMap(Function.identity(), partition -> of(partition)));
        }
    }
}
