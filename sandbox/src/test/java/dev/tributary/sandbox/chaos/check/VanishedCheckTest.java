// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import static dev.tributary.sandbox.chaos.check.CheckerTest.assertFound;
import static dev.tributary.sandbox.chaos.check.CheckerTest.assertGood;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.sandbox.chaos.check.Problem.Kind;
import dev.tributary.sandbox.chaos.load.Change;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Changes of a timeline that no longer exists, after a reported divergence. */
class VanishedCheckTest {

    private final Trial trial = new Trial();

    @Test
    void acceptsVanishedUpdatesBeforeThoseOfTheNewTimeline() {
        assertGood(trial.committed("+a").vanished("x", "y").committed("b").sent("a", "x", "y", "b"));
    }

    @Test
    void acceptsAVanishedInsert() {
        assertGood(trial.vanished("+x").sent("x"));
    }

    @Test
    void acceptsAVanishedRowInASnapshot() {
        assertGood(trial.committed("+a").vanished("x").committed("b").sent("a", "x", "r:x", "b"));
    }

    @Test
    void acceptsAVanishedDelete() {
        assertGood(trial.committed("+a").vanished("-a").committed("b").sent("a", "-", "0", "b"));
    }

    @Test
    void acceptsAVanishedDeleteThatSaysWhatItDeleted() {
        assertGood(trial.committed("+a").vanished("-a", "+x").committed("b").sent("a", "-a", "0", "x", "b"));
    }

    @Test
    void acceptsADeleteThatWasMadeAgainOnTheNewTimeline() {
        assertGood(trial.committed("+a").vanished("-a").committed("-a", "+b").sent("a", "-", "0", "-", "0", "b"));
    }

    @Test
    void acceptsThatARowIsDeletedOnBothTimelines() {
        assertGood(trial.committed("+a").vanished("-a").committed("-a", "+b").sent("a", "-a", "0", "-a", "0", "b"));
    }

    @Test
    void doesNotCompareTheStateIfTheLastRecordVanished() {
        // When
        Verdict verdict = trial.committed("+a").vanished("x").sent("a", "x").check();

        // Then
        assertThat(verdict.isGood()).as(verdict.describe()).isTrue();
        assertThat(verdict.uncompared()).isEqualTo(Map.of(Uncompared.VANISHED, Map.of("account", 1L)));
    }

    @Test
    void doesNotCompareTheStateIfTheLastRecordIsAVanishedDelete() {
        assertGood(trial.committed("+a").vanished("-a").sent("a", "-", "0"));
    }

    @Test
    void findsAVanishedChangeWhoseTimelineIsUnknown() {
        // Given
        trial.committed("+a").vanished("x").committed("b").sent("a", "x", "b");
        trial.vanished.clear();

        // Then
        assertFound(trial, Kind.NOT_COMMITTED);
    }

    @Test
    void findsAVanishedChangeThatWasNotReported() {
        trial.reports.clear();
        assertFound(trial.committed("+a").vanished("x").committed("b").sent("a", "x", "b"), Kind.SILENT);
    }

    @Test
    void findsAVanishedChangeThatTheReportDoesNotCover() {
        trial.reports.clear();
        trial.reports.add(new Report(LossKind.UNDONE, 20_000, 30_000, "undone"));
        trial.reports.add(new Report(LossKind.LOST, 0, 100, "lost"));
        trial.committed("+a").vanished("x").committed("b").sent("a", "x", "b");
        assertThat(trial.check().count(Kind.SILENT)).isEqualTo(1);
    }

    @Test
    void findsAVanishedDeleteThatWasNotReported() {
        trial.reports.clear();
        assertFound(trial.committed("+a").vanished("-a").committed("b").sent("a", "-", "0", "b"), Kind.SILENT);
    }

    @Test
    void findsAVanishedTruncateThatWasNotReported() {
        // Given
        trial.committed("+a").sent("a").sentTruncate();
        trial.vanished.add(new Change(9, "t", "account", null, Change.TRUNCATE, null, 90, 0));

        // Then
        assertGood(trial);
        trial.reports.clear();
        assertFound(trial, Kind.SILENT);
    }

    @Test
    void findsALossAfterAVanishedChange() {
        assertFound(trial.committed("+a").vanished("x").committed("b", "c").sent("a", "x", "c"), Kind.LOST);
    }

    @Test
    void findsALostEndAfterAVanishedChange() {
        assertFound(trial.committed("+a").vanished("x").committed("b").sent("a", "x"), Kind.LOST);
    }

    @Test
    void findsAVanishedChangeTwiceInExactlyOnce() {
        assertFound(trial.committed("+a").vanished("x").committed("b").sent("a", "x", "x", "b"), Kind.REPEATED);
    }

    @Test
    void acceptsAVanishedChangeTwiceInAtLeastOnce() {
        trial.allowances.repeats();
        assertGood(trial.committed("+a").vanished("x").committed("b").sent("a", "x", "x", "b"));
    }

    @Test
    void comparesTheContentOfAVanishedRow() {
        // Given
        trial.committed("+a").vanished("x").committed("b").sent("a", "x", "b");
        Arrival row = trial.arrivals.get(1);
        trial.arrivals.set(
                1,
                new Arrival(
                        row.topic(),
                        0,
                        1,
                        row.relation(),
                        row.key(),
                        'u',
                        "x",
                        row.seq(),
                        "z",
                        row.payload(),
                        20,
                        null));

        // Then
        assertFound(trial, Kind.WRONG_CONTENT);
    }

    @Test
    void findsAVanishedRowWithAnotherKey() {
        // Given
        trial.committed("+a").vanished("x").committed("b").sent("a", "x", "b");
        Change row = trial.vanished.get(0);
        trial.vanished.set(
                0, new Change(row.seq(), row.tag(), row.relation(), "8", row.op(), row.digest(), row.lsn(), 0));

        // Then
        assertFound(trial, Kind.NOT_COMMITTED);
    }
}
