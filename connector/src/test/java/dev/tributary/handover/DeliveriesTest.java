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
        deliveries.confirmed(false);
        assertThat(deliveries.isComplete()).isFalse();
        assertThat(deliveries.doneUpTo()).isNull();

        // When
        deliveries.confirmed(false);

        // Then
        assertThat(deliveries.isComplete()).isTrue();
        assertThat(deliveries.doneUpTo()).isEqualTo(Map.of("lsn", 2L));
    }

    /** While a task is being stopped, Connect drops what could not be converted yet, and polls no more. */
    @Test
    void aDroppedRecordCountsAtTheNextPoll() {
        // Given
        poll(record(1), record(2));
        deliveries.confirmed(false);

        // When
        deliveries.confirmed(false);

        // Then
        assertThat(deliveries.isComplete()).isFalse();
        poll();
        assertThat(deliveries.isComplete()).isTrue();
        assertThat(deliveries.doneUpTo()).isEqualTo(Map.of("lsn", 2L));
    }

    /** Any of the three records may be the one that is missing. */
    @Test
    void keepsThePositionOfTheLastMomentAtWhichAllWereConfirmed() {
        // Given
        deliveries.given(List.of(record(1), record(2)));
        deliveries.confirmed(false);
        deliveries.confirmed(false);

        // When
        deliveries.given(List.of(record(3), record(4), record(5)));
        deliveries.confirmed(false);
        deliveries.confirmed(false);

        // Then
        assertThat(deliveries.isComplete()).isFalse();
        assertThat(deliveries.doneUpTo()).isEqualTo(Map.of("lsn", 2L));
    }

    /** A worker confirms dropped records only with a transaction that has others. */
    @Test
    void inGroupsItIsDoneWithDroppedRecordsOnceTheirGroupIsCommitted() {
        // Given
        deliveries.inGroups();
        deliveries.polled();
        deliveries.given(List.of(record(1), record(2)));

        // When
        deliveries.committed();
        assertThat(deliveries.isComplete()).isFalse();
        deliveries.polled();

        // Then
        assertThat(deliveries.isComplete()).isTrue();
        assertThat(deliveries.doneUpTo()).isEqualTo(Map.of("lsn", 2L));
    }

    @Test
    void anEmptyPollChangesNothing() {
        // Given
        deliveries.given(List.of(record(1)));
        deliveries.confirmed(false);

        // When
        deliveries.given(List.of());

        // Then
        assertThat(deliveries.isComplete()).isTrue();
        assertThat(deliveries.doneUpTo()).isEqualTo(Map.of("lsn", 1L));
    }

    /** An exactly-once worker confirms dropped records with its next transaction, which may never come. */
    @Test
    void isDoneWithDroppedRecordsOnceAnExactlyOnceWorkerPollsAgainAfterACommit() {
        // Given
        poll();
        deliveries.committed();
        poll(record(1), record(2));
        deliveries.committed();
        poll(record(3));
        assertThat(deliveries.doneUpTo()).isNull();

        // When
        deliveries.committed();
        poll();

        // Then
        assertThat(deliveries.doneUpTo()).isEqualTo(Map.of("lsn", 2L));
        deliveries.committed();
        poll();
        assertThat(deliveries.isComplete()).isTrue();
        assertThat(deliveries.doneUpTo()).isEqualTo(Map.of("lsn", 3L));

        // When
        poll(record(4));
        for (int i = 0; i < 4; i++) {
            deliveries.confirmed(true);
        }

        // Then
        assertThat(deliveries.isComplete()).as("each record counts once").isTrue();
    }

    @Test
    void recognizesAnExactlyOnceWorkerThatIsNeverIdle() {
        // Given
        poll(record(1));
        deliveries.confirmed(true);
        deliveries.committed();

        // When
        for (int lsn = 2; lsn < 5; lsn++) {
            poll(record(lsn));
            deliveries.committed();
        }

        // Then
        assertThat(deliveries.doneUpTo()).isEqualTo(Map.of("lsn", 2L));
    }

    @Test
    void theCommitWithWhichATaskEndsConfirmsNothing() {
        // Given
        poll();
        poll(record(1));
        poll();

        // When
        deliveries.committed();

        // Then
        assertThat(deliveries.isComplete()).isFalse();
    }

    @Test
    void commitsOnAnotherThreadConfirmNothing() throws InterruptedException {
        // Given
        poll();
        poll(record(1));

        // When
        for (int i = 0; i < 3; i++) {
            Thread committer = new Thread(deliveries::committed);
            committer.start();
            committer.join();
            poll();
        }

        // Then
        assertThat(deliveries.isComplete()).isFalse();
    }

    private void poll(SourceRecord... records) {
        deliveries.polled();
        deliveries.given(List.of(records));
    }

    private static SourceRecord record(long lsn) {
        return new SourceRecord(Map.of(), Map.of("lsn", lsn), "topic", null, null);
    }
}
