// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import static dev.tributary.sandbox.chaos.check.CheckerTest.assertFound;
import static dev.tributary.sandbox.chaos.check.CheckerTest.assertGood;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.sandbox.chaos.check.Problem.Kind;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SnapshotCheckTest {

    private final Trial trial = new Trial();

    /** The snapshot is as of LSN 35: it shows c. */
    @Nested
    class TheFirstSnapshot {

        {
            trial.allowances.read(null, 0, 35, "first snapshot");
        }

        @Test
        void showsTheRowAsItWas() {
            assertGood(trial.committed("+a", "b", "c", "d").sent("r:c", "d"));
        }

        @Test
        void showsARowThatIsNeverChanged() {
            assertGood(trial.committed("+a", "b", "c").sent("r:c"));
        }

        @Test
        void doesNotShowARowThatWasDeleted() {
            assertGood(trial.committed("+a", "b", "-b", "+d").sent("d"));
        }

        @Test
        void needsNoRecordOfARowThatWasDeletedForGood() {
            assertGood(trial.committed("+a", "b", "-b"));
        }

        @Test
        void canLeaveARowToTheStreamIfItIsResumed() {
            assertGood(trial.committed("+a", "b", "c", "d").sent("d", "r:d"));
        }

        @Test
        void canReadARowAgainIfItIsResumed() {
            // Given
            trial.committed("+a", "b", "c", "d").sent("r:c", "d", "r:d");

            // Then
            readAgain(trial, 50);
            assertGood(trial);
        }

        @Test
        void mustNotReadARowTwiceAsOfTheSameMomentInExactlyOnce() {
            // Given
            trial.committed("+a", "b", "c", "d").sent("r:c", "d", "r:d");

            // Then
            readAgain(trial, trial.arrivals.get(2).lsn());
            assertFound(trial, Kind.REPEATED);
            trial.allowances.repeats();
            assertGood(trial);
        }

        @Test
        void canLeaveADeleteToTheStreamIfItIsResumed() {
            assertGood(trial.committed("+a", "b", "c", "-c").sent("-", "0"));
        }

        @Test
        void mustShowARowThatIsNotChangedLater() {
            assertFound(trial.committed("+a", "b", "c"), Kind.LOST);
        }

        @Test
        void mustNotShowAnOldRowAtTheEnd() {
            assertFound(trial.committed("+a", "b", "c").sent("r:b"), Kind.LOST);
        }

        @Test
        void mustNotShowARowThatWasDeleted() {
            assertFound(trial.committed("+a", "b", "-b").sent("r:b"), Kind.LOST);
        }

        @Test
        void mustNotBeFollowedByALoss() {
            assertFound(trial.committed("+a", "b", "c", "d", "e").sent("r:c", "e"), Kind.LOST);
        }

        @Test
        void doesNotReplaceAnEvent() {
            assertFound(trial.committed("+a", "b", "c", "d").sent("r:c", "r:d"), Kind.LOST);
        }

        @Test
        void mustNotComeBeforeTheEventOfItsChange() {
            assertFound(trial.committed("+a", "b", "c", "d").sent("r:d", "d"), Kind.OUT_OF_ORDER, Kind.REPEATED);
        }

        @Test
        void mustNotShowAnOlderRowThanTheStream() {
            assertFound(trial.committed("+a", "b", "c", "d").sent("r:c", "d", "r:c"), Kind.OUT_OF_ORDER);
        }

        @Test
        void mustNotShowAnOlderRowThanTheStreamInAtLeastOnce() {
            trial.allowances.repeats();
            assertFound(trial.committed("+a", "b", "c", "d").sent("r:c", "d", "r:c"), Kind.OUT_OF_ORDER);
        }

        @Test
        void comparesTheContent() {
            // Given
            trial.committed("+a", "b").sent("r:b");
            Arrival row = trial.arrivals.get(0);
            trial.arrivals.set(
                    0,
                    new Arrival(
                            row.topic(),
                            0,
                            0,
                            row.relation(),
                            row.key(),
                            'r',
                            "b",
                            2,
                            "x",
                            row.payload(),
                            20,
                            "first"));

            // Then
            assertFound(trial, Kind.WRONG_CONTENT);
        }

        @Test
        void canStartOverWithoutTheDeletesInBetween() {
            // Given
            trial.allowances.deletesLost(null, 0, 45, "snapshot started over").read(null, 0, 45, "second snapshot");

            // When
            Verdict verdict = trial.committed("+a", "b", "c", "-c").sent("r:c").check();

            // Then
            assertThat(verdict.isGood()).as(verdict.describe()).isTrue();
            assertThat(verdict.excused()).isEqualTo(1);
        }
    }

    @Test
    void anIncrementalSnapshotRepeatsARowAsTheStreamSentIt() {
        assertGood(trial.committed("+a", "b", "c").sent("a", "b", "r:b", "c", "r:c"));
    }

    @Test
    void anIncrementalSnapshotMustNotShowAnOlderRow() {
        assertFound(trial.committed("+a", "b").sent("a", "b", "r:a"), Kind.OUT_OF_ORDER);
    }

    @Test
    void anIncrementalSnapshotMustNotReadAhead() {
        assertFound(trial.committed("+a", "b").sent("a", "r:b", "b"), Kind.OUT_OF_ORDER, Kind.REPEATED);
    }

    @Test
    void anIncrementalSnapshotMustNotReadAheadEvenIfABlockingOneMay() {
        trial.allowances.readsAhead("account", 0, 100, "blocking snapshot");
        assertFound(trial.committed("+a", "b").sent("a", "i:b", "b"), Kind.OUT_OF_ORDER, Kind.REPEATED);
    }

    @Test
    void anIncrementalSnapshotMayShowARowTwice() {
        assertGood(trial.committed("+a", "b").sent("a", "b", "i:b", "i:b"));
    }

    @Test
    void aBackfillShowsWhatWasCommittedBeforeTheTableWasPublished() {
        // Given
        trial.allowances.read("account", 15, 35, "not published");

        // Then
        assertGood(trial.committed("+a", "b", "c", "d").sent("a", "r:c", "d"));
    }

    @Test
    void aBackfillMustShowARowThatIsNotChangedLater() {
        // Given
        trial.allowances.read("account", 15, 35, "not published");

        // Then
        assertFound(trial.committed("+a", "b", "c").sent("a"), Kind.LOST);
    }

    @Test
    void aGapMustNotHideADeleteUnlessThatIsAllowed() {
        // Given
        trial.allowances.read("account", 15, 35, "not published");
        trial.committed("+a", "b", "-b").sent("a");

        // Then
        assertFound(trial, Kind.LOST);
        trial.allowances.deletesLost("account", 15, 35, "not published");
        assertGood(trial);
    }

    @Test
    void aBlockingSnapshotReadsAheadOfTheStream() {
        // Given
        trial.allowances.readsAhead("account", 0, 100, "blocking snapshot");

        // Then
        assertGood(trial.committed("+a", "b", "c", "d").sent("a", "r:c", "b", "c", "d"));
    }

    @Test
    void theStreamMustStillSendWhatABlockingSnapshotHasRead() {
        // Given
        trial.allowances.readsAhead("account", 0, 100, "blocking snapshot");

        // Then
        assertFound(trial.committed("+a", "b", "c", "d").sent("a", "r:c", "d"), Kind.LOST);
    }

    @Test
    void aRowReadAheadMustNotBeTheEnd() {
        // Given
        trial.allowances.readsAhead("account", 0, 100, "blocking snapshot");

        // Then
        assertFound(trial.committed("+a", "b").sent("a", "r:b"), Kind.LOST);
    }

    @Test
    void aBlockingSnapshotMustNotReadAheadOutsideOfItsRange() {
        // Given
        trial.allowances.readsAhead("account", 0, 15, "blocking snapshot").readsAhead("orders", 0, 100, "another");

        // Then
        assertFound(trial.committed("+a", "b").sent("a", "r:b", "b"), Kind.OUT_OF_ORDER, Kind.REPEATED);
    }

    @Test
    void aRowReadAheadMayBeTheEndIfTheRestIsLost() {
        // Given
        trial.allowances
                .readsAhead("account", 0, 100, "blocking snapshot")
                .read("account", 25, 65, "not published")
                .deletesLost("account", 25, 65, "not published");

        // When
        Verdict verdict = trial.committed("+a", "-a", "+b", "-b", "+c", "-c")
                .sent("a", "-", "0", "r:c")
                .check();

        // Then
        assertThat(verdict.isGood()).as(verdict.describe()).isTrue();
        assertThat(verdict.excused()).isEqualTo(1);
    }

    private static void readAgain(Trial trial, long lsn) {
        Arrival row = trial.arrivals.get(trial.arrivals.size() - 1);
        trial.arrivals.add(new Arrival(
                row.topic(),
                0,
                trial.arrivals.size(),
                row.relation(),
                row.key(),
                'r',
                row.tag(),
                row.seq(),
                row.digest(),
                row.payload(),
                lsn,
                null));
    }
}
