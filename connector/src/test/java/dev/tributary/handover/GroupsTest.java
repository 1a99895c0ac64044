// SPDX-License-Identifier: Apache-2.0
package dev.tributary.handover;

import static dev.tributary.handover.ArrivalQueueTest.record;
import static dev.tributary.handover.ArrivalQueueTest.topics;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tributary.handover.RecordLane.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A queue whose records leave in groups of whole units. */
class GroupsTest {

    private static final long LONG = 600_000;
    private static final Duration NEVER = Duration.ofMillis(LONG);

    private final GroupedQueue.Oversized oversized = new GroupedQueue.Oversized();
    private final ExecutorService capturing = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        capturing.shutdownNow();
    }

    @Test
    void aTransactionLeavesOnlyOnceItIsComplete() throws Exception {
        // Given
        ArrivalQueue queue = queue(NEVER, 1_000, 1_000);
        RecordLane lane = queue.open(new GroupedQueue.AsTheyAre());
        lane.begin(Unit.TRANSACTION);
        lane.add(record("a"), 1, false);
        lane.flush();
        assertThat(queue.poll(1)).isEmpty();

        // When
        lane.add(record("b"), 1, false);
        lane.end();
        lane.flush();

        // Then
        assertThat(topics(queue.poll(LONG))).containsExactly("a", "b");
    }

    @Test
    void theEndOfATransactionCanComeAfterItsRecordsWereHandedOver() throws Exception {
        // Given
        ArrivalQueue queue = queue(NEVER, 1_000, 1_000);
        RecordLane lane = queue.open(new GroupedQueue.AsTheyAre());
        lane.begin(Unit.TRANSACTION);
        lane.add(record("a"), 1, false);
        lane.flush();

        // When
        lane.end();
        lane.flush();

        // Then
        assertThat(topics(queue.poll(LONG))).containsExactly("a");
    }

    @Test
    void aTransactionThatHasBegunStaysWhileThoseBeforeItLeave() throws Exception {
        // Given
        ArrivalQueue queue = queue(NEVER, 1_000, 1_000);
        RecordLane lane = queue.open(new GroupedQueue.AsTheyAre());
        transaction(lane, "a", "b");
        transaction(lane, "c");
        lane.begin(Unit.TRANSACTION);
        lane.add(record("d"), 1, false);

        // When
        lane.flush();

        // Then
        assertThat(topics(queue.poll(LONG))).containsExactly("a", "b", "c");
        assertThat(queue.poll(1)).isEmpty();
    }

    @Test
    void aGroupHasWholeTransactions() throws Exception {
        // Given
        ArrivalQueue queue = queue(NEVER, 3, 1_000);
        RecordLane lane = queue.open(new GroupedQueue.AsTheyAre());
        transaction(lane, "a", "b");
        transaction(lane, "c", "d");

        // When
        lane.flushIfDue(System.nanoTime() + LONG * 1_000_000);

        // Then
        assertThat(topics(queue.poll(LONG))).containsExactly("a", "b");
        assertThat(topics(queue.poll(LONG))).containsExactly("c", "d");
    }

    @Test
    void transactionsAreCollectedAsLongAsConnectWasBusyWithTheGroupBefore() throws Exception {
        // Given
        AtomicLong now = new AtomicLong();
        ArrivalQueue queue = GroupedQueue.open(new Bounds(100, 100, 1 << 20), NEVER, 1_000, 1_000, oversized, now::get);
        RecordLane lane = queue.open(new GroupedQueue.AsTheyAre());
        transaction(lane, "a");
        lane.flush();
        assertThat(topics(queue.poll(LONG))).containsExactly("a");
        now.addAndGet(30);
        assertThat(queue.poll(1)).isEmpty();

        // When
        transaction(lane, "b");
        lane.flushIfDue(System.nanoTime() + LONG * 1_000_000);

        // Then
        assertThat(queue.poll(1)).isEmpty();
        now.addAndGet(30);
        assertThat(topics(queue.poll(LONG))).containsExactly("b");
    }

    /** The bounds are for records that can leave. */
    @Test
    void aTransactionCanBeLargerThanTheQueue() throws Exception {
        // Given
        ArrivalQueue queue = GroupedQueue.open(new Bounds(2, 2, 2), NEVER, 1, 1_000, oversized);
        RecordLane lane = queue.open(new GroupedQueue.AsTheyAre());

        // When
        transaction(lane, "a", "b", "c", "d", "e");
        lane.flush();

        // Then
        assertThat(topics(queue.poll(LONG))).containsExactly("a", "b", "c", "d", "e");
    }

    private static List<Bounds> bounds() {
        return List.of(new Bounds(100, 100, 2), new Bounds(2, 2, 1 << 20));
    }

    @ParameterizedTest
    @MethodSource("bounds")
    void whoCapturesWaitsWhileTheQueueIsFullOfWholeTransactions(Bounds bounds) throws Exception {
        // Given
        ArrivalQueue queue = GroupedQueue.open(bounds, NEVER, 1_000, 1_000, oversized);
        RecordLane lane = queue.open(new GroupedQueue.AsTheyAre());
        transaction(lane, "a", "b");
        lane.flush();
        Thread thread = capturing.submit(Thread::currentThread).get();

        // When
        Future<?> next = capturing.submit(() -> {
            queue.putFromDebezium(record("c"));
            return null;
        });

        // Then
        await("waiting for room")
                .until(() -> Arrays.stream(thread.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("waitForRoom")));
        List<String> seen = new ArrayList<>();
        while (seen.size() < 3) {
            seen.addAll(topics(queue.poll(LONG)));
        }
        assertThat(seen).containsExactly("a", "b", "c");
        next.get();
    }

    @Test
    void aRecordOfAnotherThreadBelongsToTheTransactionThatIsOpen() throws Exception {
        // Given
        ArrivalQueue queue = queue(NEVER, 1_000, 1_000);
        RecordLane lane = queue.open(new GroupedQueue.AsTheyAre());
        lane.begin(Unit.TRANSACTION);
        lane.add(record("a"), 1, false);

        // When
        capturing
                .submit(() -> {
                    queue.putFromDebezium(record("notification"));
                    return null;
                })
                .get();
        lane.flush();

        // Then
        assertThat(queue.poll(1)).isEmpty();
        lane.add(record("b"), 1, false);
        lane.end();
        lane.flush();
        assertThat(topics(queue.poll(LONG))).containsExactly("a", "notification", "b");
    }

    @Test
    void aUnitWithinAnotherOneBelongsToIt() throws Exception {
        // Given
        ArrivalQueue queue = queue(NEVER, 1_000, 1_000);
        RecordLane lane = queue.open(new GroupedQueue.AsTheyAre());
        lane.begin(Unit.TRANSACTION);
        lane.begin(Unit.ROWS);
        lane.add(record("a"), 1, false);
        lane.end();
        lane.flush();
        assertThat(queue.poll(1)).isEmpty();

        // When
        lane.end();
        lane.flush();

        // Then
        assertThat(topics(queue.poll(LONG))).containsExactly("a");
    }

    @Test
    void recordsOutsideOfTransactionsLeaveAtOnce() throws Exception {
        // Given
        ArrivalQueue queue = queue(NEVER, 1_000, 1_000);

        // When
        queue.putFromDebezium(record("notification"));

        // Then
        assertThat(topics(queue.poll(LONG))).containsExactly("notification");
    }

    @Test
    void aTransactionThatIsTooLargeLeavesInMarkedParts() throws Exception {
        // Given
        ArrivalQueue queue = queue(NEVER, 1, 2);
        RecordLane lane = queue.open(new GroupedQueue.AsTheyAre());

        // When
        transaction(lane, "a", "b", "c", "d", "e");
        transaction(lane, "f");
        lane.flush();

        // Then
        assertThat(parts(queue.poll(LONG))).containsExactly("a1", "b1");
        assertThat(parts(queue.poll(LONG))).containsExactly("c2", "d2");
        assertThat(parts(queue.poll(LONG))).containsExactly("e3");
        assertThat(parts(queue.poll(LONG))).containsExactly("f1");
        assertThat(oversized.found).containsExactly("c after 2 bytes of part 1", "e after 2 bytes of part 2");
    }

    @Test
    void aSingleChangeIsNeverTooLarge() throws Exception {
        // Given
        ArrivalQueue queue = queue(NEVER, 1, 2);
        RecordLane lane = queue.open(new GroupedQueue.AsTheyAre());

        // When
        lane.begin(Unit.TRANSACTION);
        lane.add(record("delete"), 20, true);
        lane.add(record("create"), 20, false);
        lane.end();
        lane.flush();

        // Then
        assertThat(parts(queue.poll(LONG))).containsExactly("delete1", "create1");
        assertThat(oversized.found).isEmpty();
    }

    @Test
    void rowsThatWereReadTogetherAreDividedInSilence() throws Exception {
        // Given
        ArrivalQueue queue = queue(NEVER, 1, 2);
        RecordLane lane = queue.open(new GroupedQueue.AsTheyAre());

        // When
        lane.begin(Unit.ROWS);
        lane.add(record("a"), 2, false);
        lane.add(record("b"), 2, false);
        lane.end();
        lane.flush();

        // Then
        assertThat(parts(queue.poll(LONG))).containsExactly("a1");
        assertThat(parts(queue.poll(LONG))).containsExactly("b1");
        assertThat(oversized.found).isEmpty();
    }

    @Test
    void theRestOfATransactionIsMarkedAfterARestart() throws Exception {
        // Given
        ArrivalQueue queue = queue(NEVER, 100, 100);
        RecordLane lane = queue.open(new GroupedQueue.AsTheyAre());

        // When
        lane.begin(Unit.REST_OF_TRANSACTION);
        lane.add(record("c"), 1, false);
        lane.end();
        transaction(lane, "d");
        lane.flush();

        // Then
        assertThat(parts(queue.poll(LONG))).containsExactly("c2", "d1");
    }

    @Test
    void ifItMustNotBeDividedThePollFailsOnceThoseBeforeItHaveLeft() throws Exception {
        // Given
        oversized.failure = new IllegalStateException("too large");
        ArrivalQueue queue = queue(NEVER, 1, 2);
        Future<?> captured = capturing.submit(() -> {
            RecordLane lane = queue.open(new GroupedQueue.AsTheyAre());
            transaction(lane, "before");
            transaction(lane, "a", "b", "c");
            lane.flush();
            queue.awaitRoom();
            return null;
        });

        // Then
        assertThat(topics(queue.poll(LONG))).containsExactly("before");
        assertThatThrownBy(() -> queue.poll(LONG)).isSameAs(oversized.failure);
        queue.close();
        assertThatThrownBy(captured::get).hasRootCauseInstanceOf(InterruptedException.class);
    }

    private static void transaction(RecordLane lane, String... topics) throws InterruptedException {
        lane.begin(Unit.TRANSACTION);
        for (String topic : topics) {
            lane.add(record(topic), 1, false);
        }
        lane.end();
    }

    private static List<String> parts(List<SourceRecord> records) {
        return records.stream().map(record -> record.topic() + part(record)).toList();
    }

    private static Object part(SourceRecord record) {
        var header = record.headers().lastWithName(TransactionPart.HEADER);
        return header == null ? 1 : header.value();
    }

    private ArrivalQueue queue(Duration longest, long groupBytes, long unitBytes) {
        return GroupedQueue.open(new Bounds(100, 100, 1 << 20), longest, groupBytes, unitBytes, oversized);
    }
}
