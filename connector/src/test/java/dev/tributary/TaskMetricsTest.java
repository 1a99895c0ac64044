// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.handover.Deliveries;
import dev.tributary.metrics.EventCounter;
import dev.tributary.metrics.EventStatus;
import dev.tributary.metrics.TaskStatus;
import dev.tributary.record.CapturedRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TaskMetricsTest {

    private static final String NAME = "task-metrics";
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final AtomicBoolean idle = new AtomicBoolean();
    private final EventStatus events = EventStatus.open(NAME, NAME, "1", idle::get);
    private final TaskMetrics metrics =
            new TaskMetrics(TaskStatus.open(NAME, NAME), events, new Deliveries(), () -> {});
    private final EventCounter creates =
            events.table("public.t", "t", List.of()).creates();
    private final EventCounter reads = events.table("public.t", "t", List.of()).reads();

    @AfterEach
    void close() {
        metrics.close();
    }

    /** A heartbeat, the begin of a transaction or a row that was read can come before the first change of a poll. */
    @Test
    void theOldestChangeOfAPollIsTheLag() {
        // Given
        long now = System.currentTimeMillis();
        List<SourceRecord> poll = List.of(
                heartbeat(),
                record(reads, EventStatus.NO_COMMIT),
                record(creates, now - HOUR),
                record(creates, now - 1_000));

        // When
        metrics.polled(poll);

        // Then
        assertThat(events.getLagMillis()).isGreaterThanOrEqualTo(HOUR);
    }

    @Test
    void onceItsChangesAreStoredTheRestOfAPollIsNoLag() {
        // Given
        long now = System.currentTimeMillis();
        SourceRecord stored = record(creates, now - HOUR);
        SourceRecord dropped = record(creates, now - HOUR);
        SourceRecord message = record(null, now - HOUR);
        metrics.polled(List.of(stored, dropped, message, record(reads, EventStatus.NO_COMMIT), heartbeat()));

        // When
        metrics.confirmed(stored, true);
        metrics.confirmed(dropped, false);
        metrics.confirmed(message, true);

        // Then
        assertThat(events.getLagMillis()).isEqualTo(-1);
        assertThat(events.getDroppedEvents()).isEqualTo(1);
    }

    @Test
    void rowsThatAreReadAndHeartbeatsAreNoLag() {
        // Given
        SourceRecord change = record(creates, System.currentTimeMillis() - HOUR);
        metrics.polled(List.of(change));
        metrics.confirmed(change, true);

        // When
        metrics.polled(List.of(heartbeat(), record(reads, EventStatus.NO_COMMIT)));

        // Then
        assertThat(events.getLagMillis()).isEqualTo(-1);
    }

    private static SourceRecord heartbeat() {
        return new SourceRecord(Map.of(), Map.of(), "heartbeat", null, null);
    }

    private static SourceRecord record(@Nullable EventCounter counter, long commitMillis) {
        return CapturedRecord.counted(new SourceRecord(Map.of(), Map.of(), "t", null, null), counter, commitMillis);
    }
}
