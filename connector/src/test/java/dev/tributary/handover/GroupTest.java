// SPDX-License-Identifier: Apache-2.0
package dev.tributary.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.TransactionContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Connect takes the records of a group one by one, and each takes a while. */
class GroupTest {

    private static final int MANY = 1_000;

    private final Group group = new Group();
    private final Requests requests = new Requests();
    private final List<String> slow = new ArrayList<>();
    private final List<String> sent = new ArrayList<>();
    private @Nullable RuntimeException failure;
    private long nanos;

    @Test
    void connectCommitsAfterTheLastRecord() {
        // Given
        add(1, 1);
        add(2, 1);

        // When
        send(0);

        // Then
        assertThat(requests.records).containsExactly("2");
    }

    /** Connect takes the rest of the list again after it has failed to send a record. */
    @Test
    void theRestOfAGroupEndsWithTheSameCommit() {
        // Given
        add(1, 3);
        group.commitTo(requests, grouping(), () -> nanos);

        // When
        List<SourceRecord> rest = group.subList(1, 3);
        rest.forEach(record -> assertThat(record.topic()).isEqualTo("1"));

        // Then
        assertThat(requests.records).containsExactly("1");
    }

    @Test
    void ifSendingTakesLongTheTransactionEndsWithAUnit() {
        // Given
        for (int unit = 0; unit < 4; unit++) {
            add(unit, MANY);
        }

        // When
        send(6_000 / MANY);

        // Then
        assertThat(requests.records).containsExactly("0", "1", "2", "3");
        assertThat(slow).isEmpty();
    }

    @Test
    void ifAUnitTakesTooLongItIsDividedAndMarked() {
        // Given
        add(1, MANY);
        add(2, 1);

        // When
        send(15_000 / MANY);

        // Then
        assertThat(requests.records).containsExactly("1", "2");
        assertThat(slow).hasSize(1);
        assertThat(sent).hasSize(MANY + 1).startsWith("1 part 1").containsOnlyOnce("2 part 1");
        assertThat(sent.get(MANY - 1)).isEqualTo("1 part 2");
    }

    @Test
    void rowsThatWereReadTogetherAreDividedInSilence() {
        // Given
        failure = new IllegalStateException("no transaction");
        for (int i = 0; i < MANY; i++) {
            group.add(record(1), false, i == MANY - 1, Units.ROWS);
        }

        // When
        send(15_000 / MANY);

        // Then
        assertThat(requests.records).containsExactly("1", "1");
        assertThat(sent).containsOnly("1 part 1");
        assertThat(slow).isEmpty();
    }

    @Test
    void recordsOfOneChangeAreNotDivided() {
        // Given
        for (int i = 0; i < MANY; i++) {
            group.add(record(1), i < MANY - 1, i == MANY - 1, 1);
        }

        // When
        send(100_000 / MANY);

        // Then
        assertThat(requests.records).containsExactly("1");
        assertThat(slow).isEmpty();
    }

    @Test
    void ifItMustNotBeDividedSendingFails() {
        // Given
        failure = new IllegalStateException("too slow");
        add(1, MANY);

        // Then
        assertThatThrownBy(() -> send(15_000 / MANY)).isSameAs(failure);
        assertThat(requests.records).isEmpty();
    }

    private void add(int unit, int records) {
        for (int i = 1; i <= records; i++) {
            group.add(record(unit), false, i == records, 1);
        }
    }

    private static SourceRecord record(int unit) {
        return ArrivalQueueTest.record(Integer.toString(unit));
    }

    /** @param millis how long Connect takes for one record */
    private void send(long millis) {
        group.commitTo(requests, grouping(), () -> nanos);
        for (SourceRecord record : group) {
            sent.add(record.topic() + " part " + part(record));
            nanos += TimeUnit.MILLISECONDS.toNanos(millis);
        }
    }

    private Grouping grouping() {
        return new Grouping(Duration.ZERO, 1, 1, Duration.ofSeconds(10), new Grouping.Oversize() {
            @Override
            public @Nullable RuntimeException tooLarge(SourceRecord next, long bytes, int part) {
                return null;
            }

            @Override
            public @Nullable RuntimeException tooSlow(SourceRecord last, Duration time) {
                slow.add(last.topic());
                return failure;
            }
        });
    }

    private static Object part(SourceRecord record) {
        var header = record.headers().lastWithName(TransactionPart.HEADER);
        return header == null ? 1 : header.value();
    }

    /** What a task asks Connect for. */
    private static final class Requests implements TransactionContext {

        private final List<String> records = new ArrayList<>();

        @Override
        public void commitTransaction() {
            throw new AssertionError("Connect would commit in the middle of a batch when it stops the task");
        }

        @Override
        public void commitTransaction(SourceRecord record) {
            records.add(record.topic());
        }

        @Override
        public void abortTransaction() {
            throw new AssertionError("Connect stores the offsets of an aborted transaction");
        }

        @Override
        public void abortTransaction(SourceRecord record) {
            abortTransaction();
        }
    }
}
