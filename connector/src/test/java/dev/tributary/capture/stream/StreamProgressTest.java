// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.position.Lsn;
import dev.tributary.position.Position;
import dev.tributary.position.StoredOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

/** A restart is exact: checked with transactions of a seeded generator. */
class StreamProgressTest {

    private static final String HEARTBEAT = "heartbeat";

    /** A transaction as the server sends it. */
    private record Transaction(long commit, long end, int changes) {}

    /** A record as Kafka has it: its change and its offset. */
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

    /** A heartbeat can leave at any time, also while changes are skipped that were sent before the restart. */
    @Test
    void aHeartbeatClaimsNeitherMoreNorLessThanWhatWasSent() {
        // Given
        long seed = System.nanoTime();
        System.out.println("StreamProgressTest seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            List<Transaction> stream = transactions(random);
            List<String> changes = changes(run(stream, Optional.empty()));
            List<String> received = new ArrayList<>();
            Optional<Position> position = Optional.empty();

            // When
            for (int restart = 0; restart < 5; restart++) {
                List<Sent> sent = runWithHeartbeats(stream, position, random);
                if (sent.isEmpty()) {
                    break;
                }
                int crash = random.nextInt(sent.size());
                received.addAll(changes(sent.subList(0, crash + 1)));
                position = position(sent.get(crash).offset());
            }
            received.addAll(changes(run(stream, position)));

            // Then
            assertThat(received).as("round %d", round).containsExactlyElementsOf(changes);
        }
    }

    @Test
    void anOffsetOfDebeziumBringsTheOpenTransactionAgainAsAWhole() {
        // Given
        List<Transaction> stream = List.of(new Transaction(100, 110, 2), new Transaction(200, 210, 3));

        // When
        List<Sent> rest = run(stream, position(Map.of("lsn", 195L, "lsn_proc", 195L, "lsn_commit", 110L)));

        // Then
        assertThat(rest).extracting(Sent::change).containsExactly("200#1", "200#2", "200#3");
    }

    @Test
    void aCommitThatBeginsWhereTheLastTransactionEndsIsAnotherTransaction() {
        // Given
        List<Transaction> stream = List.of(new Transaction(100, 110, 1), new Transaction(110, 120, 1));

        // Then
        assertThat(run(stream, Optional.of(Position.after(new Lsn(110)))))
                .extracting(Sent::change)
                .containsExactly("110#1");
    }

    @Test
    void aChangeIsCompleteWithItsLastRecordOrOnceTheNextOneArrives() {
        // Given
        StreamProgress progress = new StreamProgress(Optional.empty());
        progress.begin(100);
        assertThat(progress.isComplete()).isTrue();

        // When
        Step.Send first = (Step.Send) progress.change(91);

        // Then
        assertThat(progress.isComplete()).isFalse();
        assertThat(complete(progress)).isEqualTo(List.of(0L, 0L));
        progress.complete(first);
        assertThat(progress.isComplete()).isTrue();
        assertThat(complete(progress)).isEqualTo(List.of(1L, 91L));
        Step.Send leftOut = (Step.Send) progress.change(92);
        assertThat(complete(progress)).isEqualTo(List.of(1L, 91L));
        Step.Send third = (Step.Send) progress.change(93);
        assertThat(complete(progress)).isEqualTo(List.of(2L, 92L));
        assertThat(progress.isCurrent(leftOut)).isFalse();
        assertThat(progress.isCurrent(third)).isTrue();
        progress.commit();
        assertThat(progress.isCurrent(third)).isFalse();
    }

    @Test
    void anyRecordOfAChangeButTheLastClaimsOnlyTheChangesBefore() {
        // Given
        Step.Send change = new Step.Send(100, 7, 97, 96);

        // Then
        assertThat(change.sentWith(false)).isEqualTo(6);
        assertThat(change.lastSentWith(false)).isEqualTo(96);
        assertThat(change.sentWith(true)).isEqualTo(7);
        assertThat(change.lastSentWith(true)).isEqualTo(97);
    }

    @Test
    void changesAreNotSkippedIfTheyAreOthersThanThoseThatWereSent() {
        // Given
        Position resumed = new Position(new Lsn(50), new Lsn(100), 2, new Lsn(92));

        // When / Then
        StreamProgress same = begun(resumed);
        assertThat(same.change(91)).isEqualTo(Step.Skip.SENT_BEFORE);
        assertThat(same.change(92)).isEqualTo(Step.Skip.SENT_BEFORE);
        assertThat(same.change(93)).isInstanceOf(Step.Send.class);

        StreamProgress other = begun(resumed);
        other.change(92);
        assertThatThrownBy(() -> other.change(93)).isInstanceOf(OtherTransactionException.class);

        StreamProgress shorter = begun(resumed);
        shorter.change(92);
        assertThatThrownBy(shorter::commit).isInstanceOf(OtherTransactionException.class);
    }

    @Test
    void anOffsetThatDoesNotNameTheChangeIsTrusted() {
        // Given
        Map<String, Object> stored = Map.of("lsn_commit", 50L, "tx_lsn", 100L, "tx_ordinal", 1L);
        StreamProgress progress = begun(position(stored).orElseThrow());

        // Then
        assertThat(progress.change(97)).isEqualTo(Step.Skip.SENT_BEFORE);
        assertThat(progress.change(98)).isInstanceOf(Step.Send.class);
    }

    private static StreamProgress begun(Position resumed) {
        StreamProgress progress = new StreamProgress(Optional.of(resumed));
        progress.begin(100);
        return progress;
    }

    /** How many changes are complete, and the LSN of the last one. */
    private static List<Object> complete(StreamProgress progress) {
        Map<String, Object> offset = new HashMap<>();
        progress.writeOpenTo(offset);
        return List.of(offset.get(Position.ORDINAL), offset.get(Position.CHANGE));
    }

    /** Returns what is sent when the server sends the whole stream and only the position is known. */
    private static List<Sent> run(List<Transaction> stream, Optional<Position> resumed) {
        return run(stream, resumed, () -> false);
    }

    /** The same with heartbeats now and then. */
    private static List<Sent> runWithHeartbeats(
            List<Transaction> stream, Optional<Position> resumed, SplittableRandom random) {
        return run(stream, resumed, () -> random.nextInt(3) == 0);
    }

    private static List<Sent> run(List<Transaction> stream, Optional<Position> resumed, BooleanSupplier heartbeats) {
        StreamProgress progress = new StreamProgress(resumed);
        StreamStamp stamp = new StreamStamp(progress, new TransactionCounts(Map.of()), Map::of);
        List<Sent> sent = new ArrayList<>();
        long completed = resumed.map(position -> position.completed().value()).orElse(0L);
        if (heartbeats.getAsBoolean()) {
            sent.add(heartbeat(stamp, completed));
        }
        for (Transaction transaction : stream) {
            boolean skipped = progress.begin(transaction.commit());
            if (heartbeats.getAsBoolean()) {
                sent.add(heartbeat(stamp, completed));
            }
            for (int i = 1; i <= transaction.changes(); i++) {
                if (progress.change(1_000 * transaction.commit() + i) instanceof Step.Send step) {
                    assertThat(skipped).isFalse();
                    stamp.expect(step, 1, true);
                    Map<String, Object> offset = new HashMap<>();
                    offset.put("lsn", transaction.commit() - 5);
                    if (completed != 0) {
                        offset.put("lsn_commit", completed);
                    }
                    sent.add(new Sent(
                            transaction.commit() + "#" + i,
                            stamp.stamp(new SourceRecord(Map.of(), offset, "t", null, null))
                                    .record()
                                    .sourceOffset()));
                }
                if (heartbeats.getAsBoolean()) {
                    sent.add(heartbeat(stamp, completed));
                }
            }
            progress.commit();
            completed = Math.max(completed, transaction.end());
            if (heartbeats.getAsBoolean()) {
                sent.add(heartbeat(stamp, completed));
            }
        }
        return sent;
    }

    private static Sent heartbeat(StreamStamp stamp, long completed) {
        Map<String, Object> offset =
                new HashMap<>(completed == 0 ? Map.of("lsn", 990L) : Map.of("lsn_commit", completed));
        SourceRecord made = new SourceRecord(Map.of(), offset, "t", Schema.STRING_SCHEMA, HEARTBEAT);
        return new Sent(HEARTBEAT, stamp.stamp(made).record().sourceOffset());
    }

    private static List<String> changes(List<Sent> sent) {
        return sent.stream()
                .map(Sent::change)
                .filter(change -> !change.equals(HEARTBEAT))
                .toList();
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
}
