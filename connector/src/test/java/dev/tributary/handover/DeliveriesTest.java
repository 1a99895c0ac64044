// SPDX-License-Identifier: Apache-2.0
package dev.tributary.handover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class DeliveriesTest {

    private final Deliveries deliveries = new Deliveries();

    @Test
    void nothingIsPendingBeforeTheFirstRecord() {
        assertThat(deliveries.isComplete()).isTrue();
        assertThat(deliveries.doneUpTo()).isNull();
    }

    @Test
    void isDoneWithTheLastRecordOnceAllAreConfirmed() {
        // Given
        deliveries.given(List.of(record(1), record(2)));
        deliveries.confirmed();
        assertThat(deliveries.isComplete()).isFalse();
        assertThat(deliveries.doneUpTo()).isNull();

        // When
        deliveries.confirmed();

        // Then
        assertThat(deliveries.isComplete()).isTrue();
        assertThat(deliveries.doneUpTo()).isEqualTo(Map.of("lsn", 2L));
    }

    /** Any of the three records may be the one that is missing. */
    @Test
    void keepsThePositionOfTheLastMomentAtWhichAllWereConfirmed() {
        // Given
        deliveries.given(List.of(record(1), record(2)));
        deliveries.confirmed();
        deliveries.confirmed();

        // When
        deliveries.given(List.of(record(3), record(4), record(5)));
        deliveries.confirmed();
        deliveries.confirmed();

        // Then
        assertThat(deliveries.isComplete()).isFalse();
        assertThat(deliveries.doneUpTo()).isEqualTo(Map.of("lsn", 2L));
    }

    @Test
    void anEmptyPollChangesNothing() {
        // Given
        deliveries.given(List.of(record(1)));
        deliveries.confirmed();

        // When
        deliveries.given(List.of());

        // Then
        assertThat(deliveries.isComplete()).isTrue();
        assertThat(deliveries.doneUpTo()).isEqualTo(Map.of("lsn", 1L));
    }

    private static SourceRecord record(long lsn) {
        return new SourceRecord(Map.of(), Map.of("lsn", lsn), "topic", null, null);
    }
}
