// SPDX-License-Identifier: Apache-2.0
package dev.tributary.handover;

import static dev.tributary.handover.ArrivalQueueTest.record;
import static dev.tributary.handover.ArrivalQueueTest.topics;
import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.connector.base.DefaultQueueProvider;
import io.debezium.pipeline.DataChangeEvent;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How long units are collected for a group, on a clock of the test. */
class CollectingTest {

    private static final Duration LONGEST = Duration.ofNanos(1_000);
    private static final long NO_PAUSE = 0;

    private final Waiting waiting = new Waiting(storage());
    private long now = 5;
    private final Groups groups = new Groups(
            waiting,
            new Bounds(100, 100, 1 << 20),
            new Grouping(LONGEST, 10, 1_000, LONGEST, new GroupedQueue.Oversized()),
            () -> now);

    @Test
    void theFirstUnitLeavesAtOnce() throws Exception {
        // When
        addUnit("a", 1);

        // Then
        assertThat(left()).isZero();
    }

    @Test
    void unitsAreCollectedForAsLongAsConnectNeededForTheGroupBefore() throws Exception {
        // Given
        commitOneFor(30);
        addUnit("b", 1);
        assertThat(left()).isEqualTo(30);

        // When
        now += 29;
        addUnit("c", 1);

        // Then
        assertThat(left()).isEqualTo(1);
        now++;
        assertThat(left()).isZero();
        assertThat(topics(groups.take())).containsExactly("b", "c");
    }

    @Test
    void theTimeInWhichConnectWasBusyCounts() throws Exception {
        // Given
        addUnit("a", 1);
        groups.take();
        now += 10;
        addUnit("b", 1);

        // When
        now += 15;
        groups.asked();

        // Then
        assertThat(left()).isEqualTo(10);
    }

    @Test
    void onlyTheFirstRequestAfterAGroupSaysHowLongConnectNeeded() throws Exception {
        // Given
        commitOneFor(30);

        // When
        now += 500;
        groups.asked();
        addUnit("b", 1);

        // Then
        assertThat(left()).isEqualTo(30);
    }

    @Test
    void aSlowCommitDoesNotMakeTheNextUnitsWaitForLongerThanConfigured() throws Exception {
        // Given
        commitOneFor(1_000_000);

        // When
        addUnit("b", 1);

        // Then
        assertThat(left()).isEqualTo(LONGEST.toNanos());
    }

    @Test
    void unitsLeaveWhenNothingMoreIsReadyToBeRead() throws Exception {
        // Given
        commitOneFor(30);
        addUnit("b", 1);

        // When
        groups.ranDry();

        // Then
        assertThat(left()).isZero();
    }

    @Test
    void theyAreCollectedAgainIfMoreArrivesAfterThat() throws Exception {
        // Given
        commitOneFor(30);
        groups.ranDry();

        // When
        addUnit("b", 1);

        // Then
        assertThat(left()).isEqualTo(30);
    }

    @Test
    void unitsLeaveWhenTheyFillAGroup() throws Exception {
        // Given
        commitOneFor(30);

        // When
        addUnit("b", 10);

        // Then
        assertThat(left()).isZero();
    }

    @Test
    void theWaitingOfUnitsThatDidNotFitBeginsWhenTheGroupLeaves() throws Exception {
        // Given
        commitOneFor(30);
        addUnit("b", 8);
        now += 20;
        addUnit("c", 4);

        // When
        assertThat(topics(groups.take())).containsExactly("b");
        now += 25;
        groups.asked();

        // Then
        assertThat(left()).isZero();
    }

    private void commitOneFor(long nanos) throws InterruptedException {
        addUnit("a", 1);
        groups.take();
        now += nanos;
        groups.asked();
    }

    private void addUnit(String topic, long bytes) throws InterruptedException {
        groups.add(record(topic), bytes, RecordBatch.ENDS_UNIT);
        waiting.add(record(topic), bytes, false);
    }

    private long left() {
        return groups.untilDue(NO_PAUSE);
    }

    private static RecordStorage storage() {
        DefaultQueueProvider<DataChangeEvent> storage = new DefaultQueueProvider<>();
        storage.configure(Map.of("max.queue.size", "1000"));
        return RecordStorage.of(storage);
    }
}
