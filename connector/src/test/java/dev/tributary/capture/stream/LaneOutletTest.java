// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.handover.RecordLane;
import dev.tributary.position.Lsn;
import dev.tributary.position.Position;
import io.debezium.config.Configuration;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LaneOutletTest {

    private static final Position RESUMED = new Position(new Lsn(50), new Lsn(100), 7, new Lsn(97));

    private final StreamProgress progress = new StreamProgress(Optional.of(RESUMED));
    private final StreamContext context = context(progress);
    private final Lane lane = new Lane();
    private final LaneOutlet outlet = new LaneOutlet(context, lane);

    @Test
    void rowsBetweenTwoChangesJoinNothing() throws Exception {
        // Given
        progress.begin(200);
        progress.change(97);

        // When
        outlet.send(record(), 1);

        // Then
        assertThat(lane.joined).containsExactly(false);
    }

    /** A truncate of several tables is one change; the rows of each table that wait go before its record. */
    @Test
    void rowsBetweenTheRecordsOfAChangeLeaveInItsBatch() throws Exception {
        // Given
        progress.begin(200);
        Step.Send truncate = (Step.Send) progress.change(98);
        context.stamp().expect(truncate, 1, false);
        context.stamp().stamp(record());

        // When
        outlet.send(record(), 1);
        progress.complete(truncate);
        outlet.send(record(), 1);

        // Then
        assertThat(lane.joined).containsExactly(true, false);
    }

    @Test
    void theOffsetFollowsTheRecordThatWasSentLast() {
        // Given
        lane.last = Map.of("lsn", 90L, "noted", "then");

        // Then
        assertThat(outlet.offset()).isEqualTo(Map.of("lsn", 90L));
    }

    @Test
    void theOffsetBeforeTheFirstRecordIsTheOneToResumeFrom() {
        assertThat(outlet.offset())
                .containsEntry("lsn", 60L)
                .containsEntry("lsn_commit", 50L)
                .containsEntry(Position.OPEN, 100L)
                .containsEntry(Position.ORDINAL, 7L)
                .doesNotContainKey("noted");
    }

    private static StreamContext context(StreamProgress progress) {
        PostgresConnectorConfig config =
                new PostgresConnectorConfig(Configuration.from(Map.of("topic.prefix", "test", "name", "test")));
        TransactionCounts counts = new TransactionCounts(Map.of());
        return new StreamContext(
                new PostgresPartition("test", "db"),
                new PostgresOffsetContext.Loader(config).load(Map.of("lsn", 60L, "ts_usec", 1L)),
                progress,
                counts,
                new StreamStamp(progress, counts, () -> Map.of("noted", "now")),
                true,
                Set.of(),
                false);
    }

    private static SourceRecord record() {
        return new SourceRecord(Map.of(), Map.of(), "t", null, null);
    }

    /** Writes down which records join the next one. */
    private static final class Lane implements RecordLane {

        private final List<Boolean> joined = new ArrayList<>();
        private @Nullable Map<String, ?> last;

        @Override
        public void begin(Unit unit) {}

        @Override
        public void end() {}

        @Override
        public boolean isWithinUnit() {
            return false;
        }

        @Override
        public void add(SourceRecord record, long bytes, boolean joinsNext) {
            joined.add(joinsNext);
        }

        @Override
        public void flushIfDue(long nanoTime) {}

        @Override
        public void flush() {}

        @Override
        public @Nullable Map<String, ?> lastOffset() {
            return last;
        }

        @Override
        public boolean isDelivered() {
            return false;
        }

        @Override
        public @Nullable Map<String, ?> deliveredUpTo() {
            return null;
        }

        @Override
        public void close() {}
    }
}
