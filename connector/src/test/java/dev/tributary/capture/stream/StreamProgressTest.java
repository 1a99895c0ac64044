// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.position.Lsn;
import dev.tributary.position.Position;
import dev.tributary.position.StoredOffset;
import io.debezium.data.Envelope.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Exactness of a restart, over transactions made by a seeded generator. */
class StreamProgressTest {

    private static final String COUNT = "transaction_data_collection_order_t";

    /** A transaction as the server sends it. */
    private record Transaction(long commit, long end, int changes) {}

    /** A record as Kafka has it: which change it is of, and the offset it carries. */
    private record Sent(String change, Map<String, ?> offset) {}

    @Test
    void aRestartAfterAnyRecordSendsExactlyWhatIsMissing() {
        // Given
        long seed = System.nanoTime();
        System.out.println("StreamProgressTest seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);

        for (int round = 0; round < 200; round++) {
            List<Transaction> stream = transactions(random);
            List<Sent> whole = run(stream, Optional.empty());

            // When
            int crash = random.nextInt(whole.size());
            List<Sent> rest = run(stream, position(whole.get(crash).offset()));

            // Then
            assertThat(rest.stream().map(Sent::change))
                    .as("round %d, after %s", round, whole.get(crash))
                    .containsExactlyElementsOf(whole.subList(crash + 1, whole.size()).stream()
                            .map(Sent::change)
                            .toList());
        }
    }

    @Test
    void anOffsetOfStockDebeziumBringsTheOpenTransactionAgainAsAWhole() {
        // Given
        List<Transaction> stream = List.of(new Transaction(100, 110, 2), new Transaction(200, 210, 3));

        // When
        List<Sent> rest = run(stream, position(Map.of("lsn", 195L, "lsn_proc", 195L, "lsn_commit", 110L)));

        // Then
        assertThat(rest).extracting(Sent::change).containsExactly("200#1", "200#2", "200#3");
    }

    @Test
    void aCommitThatBeginsWhereTheLastTransactionEndsIsNotTakenForIt() {
        // Given
        List<Transaction> stream = List.of(new Transaction(100, 110, 1), new Transaction(110, 120, 1));

        // Then
        assertThat(run(stream, Optional.of(Position.after(new Lsn(110)))))
                .extracting(Sent::change)
                .containsExactly("110#1");
    }

    @Test
    void aChangeIsSentOnlyWithItsLastRecord() {
        // Given
        StreamProgress progress = new StreamProgress(Optional.empty(), true, Map::of);
        progress.begin(100);
        progress.change();

        // When
        progress.next(false, Operation.DELETE);
        SourceRecord delete = progress.stamp(tombstone());
        SourceRecord tombstone = progress.stamp(tombstone());
        progress.next(true, Operation.CREATE);
        SourceRecord create = progress.stamp(tombstone());

        // Then
        assertThat(List.of(ordinal(delete), ordinal(tombstone), ordinal(create)))
                .containsExactly(0L, 0L, 1L);
    }

    @Test
    void aDeleteIsSentWithItsTombstone() {
        // Given
        StreamProgress progress = new StreamProgress(Optional.empty(), true, Map::of);
        progress.begin(100);
        progress.change();

        // When
        progress.next(true, Operation.DELETE);

        // Then
        assertThat(ordinal(progress.stamp(tombstone()))).isZero();
        assertThat(ordinal(progress.stamp(tombstone()))).isEqualTo(1);
    }

    @Test
    void whatComesBetweenAChangeAndItsRecordDoesNotMarkItAsSent() {
        // Given
        StreamProgress progress = new StreamProgress(Optional.empty(), false, Map::of);
        progress.begin(100);
        progress.change();
        progress.next(true, Operation.CREATE);
        SourceRecord metadata = new SourceRecord(Map.of(), Map.of(), "t", Schema.STRING_SCHEMA, "BEGIN");

        // Then
        assertThat(ordinal(progress.stamp(metadata))).isZero();
        assertThat(ordinal(progress.stamp(tombstone()))).isEqualTo(1);
        assertThat(ordinal(progress.stamp(metadata))).isEqualTo(1);
    }

    @Test
    void aLogicalMessageIsSentWithItsRecord() {
        // Given
        StreamProgress progress = new StreamProgress(Optional.empty(), true, Map::of);
        progress.begin(100);
        progress.change();
        progress.next(true, Operation.MESSAGE);
        Schema message = SchemaBuilder.struct()
                .name("message")
                .field("op", Schema.STRING_SCHEMA)
                .field("message", Schema.OPTIONAL_STRING_SCHEMA)
                .build();

        // When
        SourceRecord record =
                progress.stamp(new SourceRecord(Map.of(), Map.of(), "t", message, new Struct(message).put("op", "m")));

        // Then
        assertThat(ordinal(record)).isEqualTo(1);
    }

    @Test
    void nothingIsOnItsWayBeforeTheFirstRecordAndOnceTheLastIsStored() {
        // Given
        StreamProgress progress = new StreamProgress(Optional.empty(), false, Map::of);
        assertThat(progress.isSettled(null)).isTrue();

        // When
        progress.begin(100);
        progress.change();
        progress.next(true, Operation.CREATE);
        SourceRecord record = progress.stamp(tombstone());
        progress.sending(record.sourceOffset());

        // Then
        assertThat(progress.isSettled(null)).isFalse();
        assertThat(progress.isSettled(Map.of("lsn", 1L))).isFalse();
        assertThat(progress.isSettled(new HashMap<>(record.sourceOffset()))).isTrue();
    }

    @Test
    void aRecordFromElsewhereClaimsNoMoreThanTheLastOneOfTheStream() {
        // Given
        StreamProgress progress = new StreamProgress(Optional.of(Position.after(new Lsn(50))), false, Map::of);
        Map<String, Object> ahead = Map.of("lsn", 999L, "lsn_commit", 998L, "snapshot", "BLOCKING");
        SourceRecord row = new SourceRecord(Map.of("server", "s"), ahead, "t", null, null);

        // Then
        assertThat(progress.fromElsewhere(row).sourceOffset())
                .isEqualTo(Map.of(
                        "lsn", 999L, "lsn_commit", 50L, "tx_lsn", 50L, "tx_ordinal", 0L, "snapshot", "BLOCKING"));
        progress.sending(
                Map.of("lsn", 90L, "lsn_commit", 50L, "tx_lsn", 100L, "tx_ordinal", 7L, "snapshot", "INITIAL"));
        assertThat(progress.fromElsewhere(row).sourceOffset())
                .isEqualTo(Map.of(
                        "lsn", 90L, "lsn_commit", 50L, "tx_lsn", 100L, "tx_ordinal", 7L, "snapshot", "BLOCKING"));
    }

    @Test
    void eventsOfAChangeThatComesAgainAreNotCountedTwice() {
        // Given
        StreamProgress progress = new StreamProgress(Optional.empty(), false, Map::of);
        progress.begin(100);
        progress.stamp(counting("BEGIN", 0));
        progress.change();

        // When
        progress.next(false, Operation.DELETE);
        SourceRecord delete = progress.stamp(counting(null, 1));
        progress.next(true, Operation.CREATE);
        SourceRecord create = progress.stamp(counting(null, 2));

        // Then
        assertThat(offsetOf(delete)).containsEntry(Position.COUNTED + "t", 0L);
        assertThat(offsetOf(create)).containsEntry(COUNT, 2L).doesNotContainKey(Position.COUNTED + "t");
    }

    private static Map<String, Object> offsetOf(SourceRecord record) {
        return new HashMap<>(record.sourceOffset());
    }

    private static SourceRecord counting(@Nullable String value, long count) {
        Schema schema = value == null ? null : Schema.STRING_SCHEMA;
        return new SourceRecord(Map.of(), Map.of(COUNT, count), "t", schema, value);
    }

    /** What is sent when the server sends the whole stream and nothing but the position is known. */
    private static List<Sent> run(List<Transaction> stream, Optional<Position> resumed) {
        StreamProgress progress = new StreamProgress(resumed, false, Map::of);
        List<Sent> sent = new ArrayList<>();
        long completed = resumed.map(position -> position.completed().value()).orElse(0L);
        for (Transaction transaction : stream) {
            boolean skipped = progress.begin(transaction.commit());
            for (int i = 1; i <= transaction.changes(); i++) {
                if (!progress.change()) {
                    assertThat(skipped).isFalse();
                    progress.next(true, Operation.CREATE);
                    Map<String, Object> offset = new HashMap<>();
                    offset.put("lsn", transaction.commit() - 5);
                    if (completed != 0) {
                        offset.put("lsn_commit", completed);
                    }
                    sent.add(new Sent(
                            transaction.commit() + "#" + i,
                            progress.stamp(new SourceRecord(Map.of(), offset, "t", null, null))
                                    .sourceOffset()));
                }
            }
            progress.commit(transaction.end());
            completed = transaction.end();
        }
        return sent;
    }

    /** Commit records in order, each at or behind the end of the one before. */
    private static List<Transaction> transactions(SplittableRandom random) {
        List<Transaction> stream = new ArrayList<>();
        long lsn = 1_000;
        for (int i = 1 + random.nextInt(20); i > 0; i--) {
            long commit = lsn + random.nextInt(3);
            long end = commit + 1 + random.nextInt(50);
            stream.add(new Transaction(commit, end, 1 + random.nextInt(5)));
            lsn = end;
        }
        return stream;
    }

    private static Optional<Position> position(Map<String, ?> offset) {
        return Position.of(new StoredOffset(offset));
    }

    private static SourceRecord tombstone() {
        return new SourceRecord(Map.of(), Map.of(), "t", null, null);
    }

    private static long ordinal(SourceRecord record) {
        return (Long) Objects.requireNonNull(record.sourceOffset().get(Position.ORDINAL));
    }
}
