// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.handover.RecordLane;
import dev.tributary.position.Lsn;
import dev.tributary.position.Position;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StreamStampTest {

    private static final String COUNT = "transaction_data_collection_order_t";

    private final StreamProgress progress = new StreamProgress(Optional.empty());
    private final StreamStamp stamp = stamp(progress);

    @Test
    void aChangeIsSentOnlyWithItsLastRecord() {
        // Given
        Step.Send change = change();

        // When
        stamp.expect(change, 2, false);
        RecordLane.Stamped delete = stamp.stamp(tombstone());
        RecordLane.Stamped tombstone = stamp.stamp(tombstone());
        stamp.expect(change, 1, true);
        RecordLane.Stamped create = stamp.stamp(tombstone());

        // Then
        assertThat(List.of(ordinal(delete), ordinal(tombstone), ordinal(create)))
                .containsExactly(0L, 0L, 1L);
        assertThat(List.of(delete.joinsNext(), tombstone.joinsNext(), create.joinsNext()))
                .containsExactly(true, true, false);
    }

    @Test
    void aDeleteIsSentWithItsTombstone() {
        // When
        stamp.expect(change(), 2, true);

        // Then
        assertThat(ordinal(stamp.stamp(tombstone()))).isZero();
        assertThat(ordinal(stamp.stamp(tombstone()))).isEqualTo(1);
    }

    @Test
    void aRecordBetweenAChangeAndItsRecordDoesNotMarkTheChangeAsSent() {
        // Given
        stamp.expect(change(), 1, true);
        SourceRecord metadata = new SourceRecord(Map.of(), Map.of(), "t", Schema.STRING_SCHEMA, "BEGIN");

        // Then
        assertThat(ordinal(stamp.stamp(metadata))).isZero();
        assertThat(ordinal(stamp.stamp(tombstone()))).isEqualTo(1);
        assertThat(ordinal(stamp.stamp(metadata))).isEqualTo(1);
    }

    @Test
    void aRecordInTheMiddleOfAChangeLeavesInItsBatch() {
        // Given
        stamp.expect(change(), 2, true);
        SourceRecord heartbeat = new SourceRecord(Map.of(), Map.of(), "t", Schema.STRING_SCHEMA, "heartbeat");

        // Then
        assertThat(stamp.stamp(heartbeat).joinsNext()).isFalse();
        stamp.stamp(tombstone());
        assertThat(stamp.stamp(heartbeat).joinsNext()).isTrue();
        stamp.stamp(tombstone());
        assertThat(stamp.stamp(heartbeat).joinsNext()).isFalse();
    }

    @Test
    void aChangeThatWasNotSentAsAWholeJoinsNothingOfTheNextOne() {
        // Given
        stamp.expect(change(), 2, true);
        stamp.stamp(tombstone());

        // When
        Step.Send next = (Step.Send) progress.change(97);
        boolean isAmidChange = stamp.isAmidChange();
        stamp.expect(next, 1, true);
        SourceRecord heartbeat = new SourceRecord(Map.of(), Map.of(), "t", Schema.STRING_SCHEMA, "heartbeat");

        // Then
        assertThat(isAmidChange).isFalse();
        assertThat(stamp.stamp(heartbeat).joinsNext()).isFalse();
    }

    /** Debezium's dispatcher sends the first tables of a truncate; the last one is sent without it. */
    @Test
    void nothingJoinsAChangeWhoseLastRecordWasSentWithoutDebezium() {
        // Given
        Step.Send change = change();
        stamp.expect(change, 1, false);
        stamp.stamp(tombstone());
        assertThat(stamp.isAmidChange()).isTrue();

        // When
        progress.complete(change);

        // Then
        SourceRecord heartbeat = new SourceRecord(Map.of(), Map.of(), "t", Schema.STRING_SCHEMA, "heartbeat");
        assertThat(stamp.stamp(heartbeat).joinsNext()).isFalse();
        assertThat(stamp.isAmidChange()).isFalse();
    }

    @Test
    void aLogicalMessageIsSentWithItsRecord() {
        // Given
        stamp.expect(change(), 1, true);
        Schema message = SchemaBuilder.struct()
                .name("message")
                .field("op", Schema.STRING_SCHEMA)
                .field("message", Schema.OPTIONAL_STRING_SCHEMA)
                .build();

        // When
        RecordLane.Stamped record =
                stamp.stamp(new SourceRecord(Map.of(), Map.of(), "t", message, new Struct(message).put("op", "m")));

        // Then
        assertThat(ordinal(record)).isEqualTo(1);
    }

    @Test
    void aRecordFromElsewhereClaimsNoMoreThanTheLastOneOfTheStream() {
        // Given
        StreamStamp resumed = stamp(new StreamProgress(Optional.of(Position.after(new Lsn(50)))));
        Map<String, Object> ahead = Map.of("lsn", 999L, "lsn_commit", 998L, "snapshot", "BLOCKING");
        SourceRecord row = new SourceRecord(Map.of("server", "s"), ahead, "t", null, null);

        // Then
        assertThat(resumed.fromElsewhere(row, null).sourceOffset())
                .isEqualTo(Map.of(
                        "lsn",
                        999L,
                        "lsn_commit",
                        50L,
                        "tx_lsn",
                        50L,
                        "tx_ordinal",
                        0L,
                        "tx_change_lsn",
                        0L,
                        "snapshot",
                        "BLOCKING"));
        Map<String, Object> last =
                Map.of("lsn", 90L, "lsn_commit", 50L, "tx_lsn", 100L, "tx_ordinal", 7L, "snapshot", "INITIAL");
        assertThat(resumed.fromElsewhere(row, last).sourceOffset())
                .isEqualTo(Map.of(
                        "lsn", 90L, "lsn_commit", 50L, "tx_lsn", 100L, "tx_ordinal", 7L, "snapshot", "BLOCKING"));
    }

    @Test
    void eventsOfAChangeThatComesAgainAreNotCountedTwice() {
        // Given
        progress.begin(100);
        stamp.stamp(counting("BEGIN", 0));
        Step.Send change = (Step.Send) progress.change(97);

        // When
        stamp.expect(change, 1, false);
        RecordLane.Stamped delete = stamp.stamp(counting(null, 1));
        stamp.expect(change, 1, true);
        RecordLane.Stamped create = stamp.stamp(counting(null, 2));

        // Then
        assertThat(offsetOf(delete)).containsEntry(Position.COUNTED + "t", 0L);
        assertThat(offsetOf(create)).containsEntry(COUNT, 2L).doesNotContainKey(Position.COUNTED + "t");
    }

    /** The server decodes the open transaction again before it sends anything, which can take long. */
    @Test
    void aHeartbeatBeforeTheOpenTransactionArrivesKeepsWhatWasSentOfIt() {
        // Given
        Position resumed = new Position(new Lsn(50), new Lsn(100), 7, new Lsn(97));
        TransactionCounts counts = new TransactionCounts(Map.of(Position.COUNTED + "t", 3L, Position.OPEN, 100L));
        StreamProgress resuming = new StreamProgress(Optional.of(resumed));
        StreamStamp heartbeats = new StreamStamp(resuming, counts, Map::of);
        Map<String, Object> open = Map.of(Position.OPEN, 100L, Position.ORDINAL, 7L, Position.CHANGE, 97L);
        SourceRecord heartbeat = new SourceRecord(Map.of(), Map.of(), "t", Schema.STRING_SCHEMA, "heartbeat");

        // Then
        assertThat(offsetOf(heartbeats.stamp(heartbeat)))
                .containsAllEntriesOf(open)
                .containsEntry(Position.COUNTED + "t", 3L);
        resuming.begin(100);
        for (int i = 0; i < 7; i++) {
            assertThat(resuming.change(91 + i)).isEqualTo(Step.Skip.SENT_BEFORE);
            assertThat(offsetOf(heartbeats.stamp(counting("heartbeat", 3))))
                    .containsAllEntriesOf(open)
                    .containsOnlyKeys(Position.OPEN, Position.ORDINAL, Position.CHANGE, COUNT);
        }
        resuming.commit();
        assertThat(offsetOf(heartbeats.stamp(heartbeat))).isEmpty();
    }

    @Test
    void aHeartbeatAfterWholeTransactionsNeedsNoPosition() {
        // Given
        StreamStamp resuming = stamp(new StreamProgress(Optional.of(Position.after(new Lsn(50)))));
        SourceRecord heartbeat = new SourceRecord(Map.of(), Map.of(), "t", Schema.STRING_SCHEMA, "heartbeat");

        // Then
        assertThat(offsetOf(resuming.stamp(heartbeat))).isEmpty();
    }

    private Step.Send change() {
        progress.begin(100);
        return (Step.Send) progress.change(97);
    }

    private static StreamStamp stamp(StreamProgress progress) {
        return new StreamStamp(progress, new TransactionCounts(Map.of()), Map::of);
    }

    private static Map<String, Object> offsetOf(RecordLane.Stamped stamped) {
        return new HashMap<>(stamped.record().sourceOffset());
    }

    private static SourceRecord counting(@Nullable String value, long count) {
        Schema schema = value == null ? null : Schema.STRING_SCHEMA;
        return new SourceRecord(Map.of(), Map.of(COUNT, count), "t", schema, value);
    }

    private static SourceRecord tombstone() {
        return new SourceRecord(Map.of(), Map.of(), "t", null, null);
    }

    private static long ordinal(RecordLane.Stamped stamped) {
        return (Long) Objects.requireNonNull(stamped.record().sourceOffset().get(Position.ORDINAL));
    }
}
