// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import static dev.tributary.sandbox.chaos.check.CheckerTest.assertFound;
import static dev.tributary.sandbox.chaos.check.CheckerTest.assertGood;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.sandbox.chaos.check.Problem.Kind;
import dev.tributary.sandbox.chaos.load.Change;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TruncateCheckTest {

    private final Trial trial = new Trial();

    @Test
    void acceptsARowThatWentWithATruncate() {
        assertGood(trial.committed("+a", "b").truncated().sent("a", "b").sentTruncate());
    }

    @Test
    void countsAKeyWhoseRowWentWithATruncate() {
        assertThat(trial.committed("+a")
                        .truncated()
                        .sent("a")
                        .sentTruncate()
                        .check()
                        .uncompared())
                .isEqualTo(Map.of(Uncompared.TRUNCATED, Map.of("account", 1L)));
    }

    @Test
    void acceptsAKeyThatIsUsedAgainAfterATruncate() {
        assertGood(trial.committed("+a")
                .truncated()
                .committed("+b")
                .sent("a")
                .sentTruncate()
                .sent("b"));
    }

    @Test
    void acceptsTheRowThatATruncatingTransactionInserts() {
        assertGood(trial.committed("+a")
                .truncatedAndCommitted("+b")
                .sent("a")
                .sentTruncate()
                .sent("b"));
    }

    @Test
    void findsALostRowThatATruncatingTransactionInserts() {
        assertFound(trial.committed("+a").truncatedAndCommitted("+b").sent("a").sentTruncate(), Kind.LOST);
    }

    @Test
    void findsALostChangeBeforeATruncate() {
        assertFound(trial.committed("+a", "b").truncated().sent("a").sentTruncate(), Kind.LOST);
    }

    @Test
    void findsATruncateThatIsNotSent() {
        assertFound(trial.committed("+a").truncated().sent("a"), Kind.LOST);
    }

    @Test
    void findsTheSecondTruncateThatIsNotSent() {
        assertFound(trial.committed("+a").truncated().truncated().sent("a").sentTruncate(0, 15), Kind.LOST);
    }

    @Test
    void acceptsTwoTruncates() {
        assertGood(trial.committed("+a")
                .truncated()
                .truncated()
                .sent("a")
                .sentTruncate(0, 15)
                .sentTruncate(0, 25));
    }

    @Test
    void findsATruncateThatWasNotCommitted() {
        assertFound(trial.committed("+a").sent("a").sentTruncate(), Kind.NOT_COMMITTED);
    }

    @Test
    void findsATruncateAfterTheLastOne() {
        trial.allowances.repeats();
        assertFound(trial.committed("+a").truncated().sent("a").sentTruncate().sentTruncate(0, 25), Kind.NOT_COMMITTED);
    }

    @Test
    void findsMoreTruncatesThanWereCommitted() {
        trial.allowances.repeats();
        assertFound(
                trial.committed("+a").truncated().sent("a").sentTruncate(0, 14).sentTruncate(0, 15),
                Kind.NOT_COMMITTED);
    }

    @Test
    void findsATruncateThatArrivesTwiceInExactlyOnce() {
        trial.committed("+a").truncated().sent("a").sentTruncate().sentTruncate();
        assertFound(trial, Kind.REPEATED);
        trial.allowances.repeats();
        assertGood(trial);
    }

    @Test
    void findsATruncateAfterARowThatFollowsIt() {
        assertFound(
                trial.committed("+a").truncated().committed("+b").sent("a", "b").sentTruncate(), Kind.OUT_OF_ORDER);
    }

    @Test
    void findsATruncateBeforeARowThatPrecedesIt() {
        assertFound(
                trial.committed("+a").truncated().committed("+b").sentTruncate().sent("a", "b"), Kind.OUT_OF_ORDER);
    }

    @Test
    void acceptsATruncateInAnotherPartition() {
        assertGood(
                trial.committed("+a").truncated().committed("+b").sent("a", "b").sentTruncate(1, 5));
    }

    @Test
    void acceptsARepeatOfEverythingAroundATruncateInAtLeastOnce() {
        trial.allowances.repeats();
        trial.committed("+a").truncated().committed("+b");
        assertGood(trial.sent("a").sentTruncate().sent("b", "a").sentTruncate().sent("b"));
    }

    @Test
    void acceptsARepeatOfATruncateInAnotherPartition() {
        trial.allowances.repeats();
        trial.committed("+a").truncated().committed("+b");
        assertGood(
                trial.sent("a").sentTruncate().sent("b", "a").sentTruncate(1, 5).sent("b"));
    }

    @Test
    void findsARepeatWithoutTheTruncate() {
        trial.allowances.repeats();
        trial.committed("+a").truncated().committed("+b");
        assertFound(trial.sent("a").sentTruncate().sent("b", "a", "b"), Kind.OUT_OF_ORDER);
    }

    @Test
    void doesNotCompareTheOrderWithALateRepeat() {
        trial.allowances.repeats().strays(10, 10, "worker stopped");
        trial.committed("+a").truncated().committed("+b");
        assertGood(trial.sent("a").sentTruncate().sent("b", "a"));
    }

    @Test
    void acceptsATruncateThatASnapshotReplaces() {
        trial.allowances.read(null, 0, 20, "snapshot");
        assertGood(trial.committed("+a", "b")
                .truncated()
                .committed("+c")
                .sent("a", "c")
                .sentTruncate(1, 25));
    }

    @Test
    void doesNotCompareTheStateIfTheTruncateCameAfterALostChange() {
        trial.allowances.read(null, 0, 20, "snapshot");
        assertGood(trial.committed("+a", "b").truncated().sent("a").sentTruncate());
    }

    @Test
    void acceptsATruncateThatMayBeMissing() {
        trial.allowances.read(null, 0, 20, "snapshot");
        assertGood(trial.committed("+a").truncated());
    }

    @Test
    void acceptsATruncateOfATimelineThatNoLongerExists() {
        // Given
        trial.committed("+a").sent("a").sentTruncate();
        trial.vanished.add(new Change(9, "t", "account", null, Change.TRUNCATE, null, 90, 0));

        // Then
        assertGood(trial);
    }
}
