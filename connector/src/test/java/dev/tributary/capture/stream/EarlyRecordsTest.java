// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.position.Position;
import dev.tributary.position.StoredOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class EarlyRecordsTest {

    private static final Map<String, Object> STORED =
            Map.of(StoredOffset.LSN_COMMITTED, 100L, StoredOffset.LSN, 90L, Position.OPEN, 120L, Position.ORDINAL, 3L);
    private static final Map<String, String> NOTE = Map.of("noted", "this");

    @Test
    void theOffsetOfANotificationHasWhatDebeziumsLacks() {
        // When
        Map<String, Object> offset = offset(Map.of(StoredOffset.LSN_COMMITTED, 100L), StoredOffset.of(STORED));

        // Then
        assertThat(offset)
                .containsOnly(
                        Map.entry(StoredOffset.LSN_COMMITTED, 100L),
                        Map.entry(Position.OPEN, 120L),
                        Map.entry(Position.ORDINAL, 3L),
                        Map.entry("noted", "this"));
    }

    @Test
    void aPositionWithinTheTransactionIsNotTakenToAnother() {
        // When
        Map<String, Object> offset = offset(Map.of(StoredOffset.LSN_COMMITTED, 200L), StoredOffset.of(STORED));

        // Then
        assertThat(offset).containsOnly(Map.entry(StoredOffset.LSN_COMMITTED, 200L), Map.entry("noted", "this"));
    }

    @Test
    void aFirstStartHasNoPositionToKeep() {
        // When
        Map<String, Object> offset = offset(Map.of(StoredOffset.LSN, 1L), StoredOffset.of(null));

        // Then
        assertThat(offset).containsOnly(Map.entry(StoredOffset.LSN, 1L), Map.entry("noted", "this"));
    }

    @Test
    void aRecordWithoutAnOffsetIsLeftAlone() {
        // Given
        SourceRecord record = record(Map.of());

        // When, Then
        assertThat(new EarlyRecords(StoredOffset.of(STORED), () -> NOTE).apply(record))
                .isSameAs(record);
    }

    private static Map<String, Object> offset(Map<String, Object> debeziums, Optional<StoredOffset> stored) {
        return new HashMap<>(
                new EarlyRecords(stored, () -> NOTE).apply(record(debeziums)).sourceOffset());
    }

    private static SourceRecord record(Map<String, Object> offset) {
        return new SourceRecord(Map.of("server", "p"), offset, "topic", Schema.STRING_SCHEMA, "notification");
    }
}
