// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.sandbox.chaos.check.Problem.Kind;
import dev.tributary.sandbox.chaos.load.Change;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CheckerTest {

    private final Trial trial = new Trial();

    @Test
    void acceptsEachChangeOnceAndInOrder() {
        assertGood(trial.committed("+a", "b", "c").sent("a", "b", "c"));
    }

    @Test
    void findsALostUpdateInTheMiddle() {
        assertFound(trial.committed("+a", "b", "c").sent("a", "c"), Kind.LOST);
    }

    @Test
    void findsALostUpdateInTheMiddleInAtLeastOnce() {
        trial.allowances.repeats();
        assertFound(trial.committed("+a", "b", "c").sent("a", "c"), Kind.LOST);
    }

    @Test
    void findsALostInsert() {
        assertFound(trial.committed("+a", "b").sent("b"), Kind.LOST);
    }

    @Test
    void findsALostLastUpdate() {
        assertFound(trial.committed("+a", "b").sent("a"), Kind.LOST);
    }

    @Test
    void findsAKeyWithoutAnyRecord() {
        assertFound(trial.committed("+a"), Kind.LOST);
    }

    @Test
    void findsTwoChangesThatAreSwapped() {
        assertFound(trial.committed("+a", "b", "c").sent("a", "c", "b"), Kind.OUT_OF_ORDER, Kind.OUT_OF_ORDER);
    }

    @Test
    void findsTwoChangesThatAreSwappedInAtLeastOnce() {
        trial.allowances.repeats();
        assertFound(
                trial.committed("+a", "b", "c", "d").sent("a", "c", "b", "d"), Kind.OUT_OF_ORDER, Kind.OUT_OF_ORDER);
    }

    @Test
    void findsARepeatedChangeInExactlyOnce() {
        assertFound(trial.committed("+a", "b").sent("a", "b", "b"), Kind.REPEATED);
    }

    @Test
    void acceptsARepeatFromAnyChangeOnInAtLeastOnce() {
        trial.allowances.repeats();
        assertGood(trial.committed("+a", "b", "c", "d").sent("a", "b", "c", "b", "c", "b", "c", "d", "d"));
    }

    @Test
    void acceptsARepeatOnlyInTheRangeThatMayRepeat() {
        // Given
        trial.allowances.repeats(20, 30, "switched from Debezium");
        trial.committed("+a", "b", "c", "d");

        // Then
        assertGood(trial.sent("a", "b", "c", "b", "c", "d"));
        assertFound(trial.sent("d"), Kind.REPEATED);
    }

    @Test
    void findsARepeatThatDoesNotCatchUpBeforeTheEnd() {
        trial.allowances.repeats();
        assertFound(trial.committed("+a", "b", "c").sent("a", "b", "c", "a", "b"), Kind.OUT_OF_ORDER);
    }

    @Test
    void findsARepeatThatLeavesOutAChange() {
        trial.allowances.repeats();
        assertFound(trial.committed("+a", "b", "c", "d").sent("a", "b", "c", "a", "c", "d"), Kind.OUT_OF_ORDER);
    }

    @Test
    void acceptsALateRepeatOfAStoppedWorkerThatNothingFollows() {
        // Given
        trial.allowances.repeats().strays(20, 20, "worker stopped");
        trial.committed("+a", "b", "c", "d");

        // Then
        assertGood(trial.sent("a", "b", "c", "b", "d"));
    }

    @Test
    void acceptsWhatArrivesAfterARefusedRecordIfAllOfItComesAgain() {
        // Given
        trial.allowances.repeats().sendsAhead("account", 20, 40, "refused");
        trial.committed("+a", "b", "c", "d");

        // Then
        assertGood(trial.sent("a", "c", "d", "a", "b", "c", "d"));
    }

    @Test
    void findsARefusedRecordThatIsNotSentAgain() {
        // Given
        trial.allowances.repeats().sendsAhead("account", 20, 40, "refused");
        trial.committed("+a", "b", "c", "d");

        // Then
        assertFound(trial.sent("a", "c", "d"), Kind.LOST);
    }

    @Test
    void doesNotCompareTheStateAfterALateRepeat() {
        // Given
        trial.allowances.repeats().strays(20, 20, "worker stopped");

        // When
        Verdict verdict =
                trial.committed("+a", "b", "c").sent("a", "b", "c", "b").check();

        // Then
        assertThat(verdict.isGood()).as(verdict.describe()).isTrue();
        assertThat(verdict.excused()).isEqualTo(1);
    }

    @Test
    void findsARowThatWasNeverCommitted() {
        assertFound(trial.committed("+a", "b").sent("a", "x", "b"), Kind.NOT_COMMITTED);
    }

    @Test
    void findsARecordOfAKeyThatWasNeverCommitted() {
        assertFound(trial.sent("x"), Kind.NOT_COMMITTED);
    }

    @Test
    void findsAWrongDigest() {
        // Given
        trial.committed("+a").sent("a");
        replace(0, "a", 1, "another digest", Arrival.Payload.MATCHES, 'c');

        // Then
        assertFound(trial, Kind.WRONG_CONTENT);
    }

    @Test
    void findsColumnsThatDoNotHaveTheDigest() {
        // Given
        trial.committed("+a").sent("a");
        replace(0, "a", 1, Trial.digest("a"), Arrival.Payload.DIFFERS, 'c');

        // Then
        assertFound(trial, Kind.WRONG_CONTENT);
    }

    @Test
    void findsAWrongSeq() {
        // Given
        trial.committed("+a").sent("a");
        replace(0, "a", 2, Trial.digest("a"), Arrival.Payload.MATCHES, 'c');

        // Then
        assertFound(trial, Kind.WRONG_CONTENT);
    }

    @Test
    void findsAWrongOp() {
        // Given
        trial.committed("+a").sent("a");
        replace(0, "a", 1, Trial.digest("a"), Arrival.Payload.NONE, 'u');

        // Then
        assertFound(trial, Kind.WRONG_CONTENT);
    }

    @Test
    void findsARecordThatIsNoChangeEvent() {
        // Given
        trial.committed("+a").sent("a", "a");
        replace(1, null, 0, null, Arrival.Payload.NONE, Arrival.UNREADABLE);

        // Then
        assertFound(trial, Kind.WRONG_CONTENT);
    }

    @Test
    void findsAKeyInTwoPartitions() {
        // Given
        trial.committed("+a", "b").sent("a");
        trial.arrivals.add(new Arrival(
                "chaos.public.account", 1, 9, "account", "7", 'u', "b", 2, null, Arrival.Payload.NONE, 20, null));

        // Then
        assertFound(trial, Kind.OUT_OF_ORDER);
    }

    @Test
    void saysSoIfTheTableDoesNotShowWhatWasRecorded() {
        // Given
        trial.committed("+a", "b").sent("a", "b");
        trial.rows.put(Trial.KEY, "a");

        // Then
        assertFound(trial, Kind.WRONG_STATE);
    }

    @Test
    void saysSoIfTheTableHasARowThatNobodyWrote() {
        // Given
        trial.rows.put("8", "x");

        // Then
        assertFound(trial, Kind.WRONG_STATE);
    }

    @Test
    void acceptsAReportedLossInTheMiddleAndAtTheEnd() {
        // Given
        trial.allowances.lost(null, 20, 30, "slot dropped").lost("account", 50, 50, "slot dropped");

        // When
        Verdict verdict =
                trial.committed("+a", "b", "c", "d", "e").sent("a", "d").check();

        // Then
        assertThat(verdict.isGood()).as(verdict.describe()).isTrue();
        assertThat(verdict.excused()).isEqualTo(1);
    }

    @Test
    void findsALossOutsideTheReportedRange() {
        // Given
        trial.allowances.lost(null, 20, 20, "slot dropped");
        trial.committed("+a", "b", "c", "d");

        // Then
        assertFound(trial.sent("a", "d"), Kind.LOST);
    }

    @Test
    void findsALossInATableThatNoneWasReportedFor() {
        // Given
        trial.allowances.lost("orders", 20, 20, "not published");

        // Then
        assertFound(trial.committed("+a", "b", "c").sent("a", "c"), Kind.LOST);
    }

    @Test
    void ordersChangesByLsnBecauseAnInsertHasItsSeqBeforeItWaits() {
        // Given
        trial.changes.add(change(1, "a", Change.CREATE, 10));
        trial.changes.add(change(3, "a", Change.DELETE, 20));
        trial.changes.add(change(2, "b", Change.CREATE, 30));
        trial.rows.put(Trial.KEY, "b");

        // Then
        assertGood(trial.sent("a", "-", "0", "b"));
    }

    @Test
    void countsKeysAndRecords() {
        // When
        Verdict verdict = trial.committed("+a", "b").sent("a", "b").check();

        // Then
        assertThat(verdict.keys()).isEqualTo(1);
        assertThat(verdict.records()).isEqualTo(2);
    }

    private void replace(
            int index, @Nullable String tag, long seq, @Nullable String digest, Arrival.Payload payload, char op) {
        Arrival old = trial.arrivals.get(index);
        trial.arrivals.set(
                index,
                new Arrival(
                        old.topic(),
                        0,
                        old.offset(),
                        old.relation(),
                        old.key(),
                        op,
                        tag,
                        seq,
                        digest,
                        payload,
                        old.lsn(),
                        null));
    }

    private static Change change(long seq, String tag, char op, long lsn) {
        return new Change(seq, tag, "account", Trial.KEY, op, Trial.digest(tag), lsn, 0);
    }

    static void assertGood(Trial trial) {
        Verdict verdict = trial.check();
        assertThat(verdict.isGood()).as(verdict.describe()).isTrue();
    }

    static void assertFound(Trial trial, Kind... kinds) {
        assertThat(trial.check().problems()).extracting(Problem::kind).containsExactlyInAnyOrder(kinds);
    }
}
