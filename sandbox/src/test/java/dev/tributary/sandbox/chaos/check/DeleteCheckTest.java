// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import static dev.tributary.sandbox.chaos.check.CheckerTest.assertFound;
import static dev.tributary.sandbox.chaos.check.CheckerTest.assertGood;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.sandbox.chaos.check.Problem.Kind;
import dev.tributary.sandbox.chaos.load.Change;
import org.junit.jupiter.api.Test;

/** Deletes, tombstones, keys that are used again and changes of keys. */
class DeleteCheckTest {

    private final Trial trial = new Trial();

    @Test
    void acceptsADeleteWithItsTombstoneAndTheKeyUsedAgain() {
        assertGood(trial.committed("+a", "-a", "+b", "c", "-c", "+d").sent("a", "-", "0", "b", "c", "-", "0", "d"));
    }

    @Test
    void acceptsADeleteThatSaysWhatItDeleted() {
        assertGood(trial.committed("+a", "-a", "+b", "-b").sent("a", "-a", "0", "b", "-b", "0"));
    }

    @Test
    void acceptsRepeatsFromAnyDeleteOnInAtLeastOnce() {
        trial.allowances.repeats();
        assertGood(trial.committed("+a", "-a", "+b", "-b", "+c")
                .sent("a", "-", "0", "b", "-", "0", "-", "0", "b", "-", "0", "c", "-", "0", "c"));
    }

    @Test
    void acceptsARestartBetweenADeleteAndItsTombstoneInAtLeastOnce() {
        trial.allowances.repeats();
        assertGood(trial.committed("+a", "-a", "+b").sent("a", "-", "a", "-", "0", "0", "b"));
    }

    @Test
    void acceptsAKeyThatOneTransactionDeletesAndInsertsAgain() {
        trial.committed("+a").committedTogether("-a", "+b", "-b", "+c");
        assertGood(trial.sent("a", "-@15", "0", "b", "-@25", "0", "c"));
    }

    @Test
    void findsADeleteThatIsLostInSuchATransaction() {
        trial.committed("+a").committedTogether("-a", "+b", "-b", "+c");
        assertFound(trial.sent("a", "-@15", "0", "b", "c"), Kind.LOST);
    }

    @Test
    void findsALostDelete() {
        assertFound(trial.committed("+a", "-a", "+b").sent("a", "b"), Kind.LOST);
    }

    @Test
    void findsALostDeleteWithItsTombstoneThere() {
        assertThat(trial.committed("+a", "-a").sent("a", "0").check().count(Kind.LOST))
                .isEqualTo(1);
    }

    @Test
    void findsALostDeleteAtTheEnd() {
        assertFound(trial.committed("+a", "-a").sent("a"), Kind.LOST);
    }

    @Test
    void findsALostTombstone() {
        assertFound(trial.committed("+a", "-a", "+b").sent("a", "-", "b"), Kind.LOST);
    }

    @Test
    void findsALostTombstoneAtTheEndInAtLeastOnce() {
        trial.allowances.repeats();
        assertFound(trial.committed("+a", "-a").sent("a", "-"), Kind.LOST);
    }

    @Test
    void findsALostRowBetweenTwoDeletes() {
        trial.allowances.repeats();
        assertFound(trial.committed("+a", "-a", "+b", "-b").sent("a", "-", "0", "-", "0"), Kind.LOST);
    }

    @Test
    void findsATombstoneWithoutADelete() {
        assertFound(trial.committed("+a", "b").sent("a", "0", "b"), Kind.OUT_OF_ORDER);
    }

    @Test
    void findsASecondTombstoneInExactlyOnce() {
        assertFound(trial.committed("+a", "-a").sent("a", "-", "0", "0"), Kind.REPEATED);
    }

    @Test
    void findsASecondDeleteInExactlyOnce() {
        assertFound(trial.committed("+a", "-a").sent("a", "-", "0", "-"), Kind.REPEATED);
    }

    @Test
    void findsADeleteOfARowThatWasNeverDeleted() {
        assertFound(trial.committed("+a", "b").sent("a", "-", "b"), Kind.NOT_COMMITTED);
    }

    @Test
    void findsAnEarlierDeleteAfterTheKeyWasUsedAgain() {
        trial.allowances.repeats();
        assertFound(trial.committed("+a", "-a", "+b", "c").sent("a", "-", "0", "b", "-", "c"), Kind.OUT_OF_ORDER);
    }

    @Test
    void findsADeleteThatNamesAVersionThatWasNeverDeleted() {
        assertFound(trial.committed("+a", "b", "-b").sent("a", "b", "-a", "-b", "0"), Kind.NOT_COMMITTED);
    }

    @Test
    void findsAnEarlierDeleteAtTheEnd() {
        trial.allowances.repeats();
        assertFound(trial.committed("+a", "-a", "+b").sent("a", "-", "0", "b", "-", "0"), Kind.OUT_OF_ORDER);
    }

    @Test
    void comparesTheDigestOfTheDeletedRow() {
        // Given
        trial.committed("+a", "-a").sent("a", "-a", "0");
        Change delete = trial.changes.get(1);
        trial.changes.set(
                1, new Change(delete.seq(), "a", delete.relation(), delete.key(), 'd', "other", delete.lsn(), 0));

        // Then
        assertFound(trial, Kind.WRONG_CONTENT);
    }

    @Test
    void findsATombstoneWhoseDeleteWasLost() {
        trial.allowances.lost(null, 20, 20, "slot dropped");
        assertFound(trial.committed("+a", "-a", "+b").sent("a", "0", "b"), Kind.OUT_OF_ORDER);
    }

    @Test
    void knowsADeleteWithoutATagByItsLsn() {
        trial.allowances.lost(null, 30, 40, "slot dropped");
        trial.committed("+a", "-a", "+b", "-b", "+c");
        assertFound(trial.sent("a", "-@17", "0", "-@17", "c"), Kind.REPEATED);
    }

    @Test
    void acceptsADeleteOfALaterLossByItsLsn() {
        trial.allowances.lost(null, 30, 40, "slot dropped");
        trial.committed("+a", "-a", "+b", "-b", "+c");
        assertGood(trial.sent("a", "-@17", "0", "-@37", "c"));
    }

    @Test
    void tellsALateDeleteFromALostOne() {
        assertFound(
                trial.committed("+a", "-a", "+b").sent("a", "b", "-", "0"),
                Kind.OUT_OF_ORDER,
                Kind.OUT_OF_ORDER,
                Kind.OUT_OF_ORDER);
    }

    @Test
    void findsALostUpdateWhereOnlyDeletesMayBeLost() {
        trial.allowances.deletesLost(null, 0, 100, "snapshot started over");
        assertFound(trial.committed("+a", "b", "c").sent("a", "c"), Kind.LOST);
    }
}
