// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import static dev.tributary.sandbox.chaos.check.CheckerTest.assertFound;
import static dev.tributary.sandbox.chaos.check.CheckerTest.assertGood;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.sandbox.chaos.check.Problem.Kind;
import dev.tributary.sandbox.chaos.load.LoadTable;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeylessCheckTest {

    private final Trial trial = new Trial(LoadTable.EVENT_LOG);

    @Test
    void acceptsEachChangeOnceInAnyOrder() {
        assertGood(trial.committed("+a", "+b", "-a").sent("b", "a", "-a"));
    }

    @Test
    void findsALostInsert() {
        assertFound(trial.committed("+a", "+b").sent("b"), Kind.LOST);
    }

    @Test
    void findsALostDelete() {
        assertFound(trial.committed("+a", "-a").sent("a"), Kind.LOST);
    }

    @Test
    void findsARepeatInExactlyOnce() {
        assertFound(trial.committed("+a").sent("a", "a"), Kind.REPEATED);
    }

    @Test
    void acceptsARepeatInAtLeastOnce() {
        trial.allowances.repeats();
        assertGood(trial.committed("+a", "-a").sent("a", "-a", "a", "-a"));
    }

    @Test
    void findsARowThatWasNeverCommitted() {
        assertFound(trial.committed("+a").sent("a", "x"), Kind.NOT_COMMITTED);
    }

    @Test
    void findsADeleteThatWasNeverCommitted() {
        assertFound(trial.committed("+a").sent("a", "-a"), Kind.NOT_COMMITTED);
    }

    @Test
    void findsADeleteWithoutATag() {
        assertFound(trial.committed("+a", "-a").sent("a", "-a", "-"), Kind.NOT_COMMITTED);
    }

    @Test
    void acceptsAVanishedRow() {
        assertGood(trial.committed("+a").vanished("+x", "-x").sent("a", "x", "-x"));
        assertThat(trial.check().uncompared()).isEqualTo(Map.of(Uncompared.VANISHED, Map.of("event_log", 1L)));
    }

    @Test
    void findsAVanishedRowThatWasNotReported() {
        trial.reports.clear();
        assertFound(trial.committed("+a").vanished("+x").sent("a", "x"), Kind.SILENT);
    }

    @Test
    void findsARowOfASnapshotThatArrivesTwiceInExactlyOnce() {
        trial.allowances.read(null, 0, 10, "first snapshot");
        assertFound(trial.committed("+a").sent("r:a", "r:a"), Kind.REPEATED);
        trial.allowances.repeats();
        assertGood(trial);
    }

    @Test
    void acceptsThatARowIsDeletedOnBothTimelines() {
        assertGood(trial.committed("+a").vanished("-a").committed("-a").sent("a", "-a", "-a"));
    }

    @Test
    void acceptsARowThatOnlyASnapshotShows() {
        trial.allowances.read(null, 0, 10, "first snapshot");
        assertGood(trial.committed("+a", "+b").sent("r:a", "b"));
    }

    @Test
    void acceptsARowThatWasDeletedBeforeTheSnapshot() {
        trial.allowances.read(null, 0, 25, "first snapshot");
        assertGood(trial.committed("+a", "-a", "+b").sent("b"));
    }

    @Test
    void findsARowThatTheSnapshotLeftOut() {
        trial.allowances.read(null, 0, 10, "first snapshot");
        assertFound(trial.committed("+a", "+b").sent("b"), Kind.LOST);
    }

    @Test
    void findsAnEventThatASnapshotReplaces() {
        assertFound(trial.committed("+a").sent("r:a"), Kind.LOST);
    }

    @Test
    void acceptsAReportedLoss() {
        trial.allowances.lost(null, 10, 10, "slot dropped");
        assertGood(trial.committed("+a", "+b").sent("b"));
        assertThat(trial.check().uncompared()).isEqualTo(Map.of(Uncompared.LOST, Map.of("event_log", 1L)));
    }

    @Test
    void findsAWrongDigest() {
        // Given
        trial.committed("+a").sent("a");
        Arrival row = trial.arrivals.get(0);
        trial.arrivals.set(
                0, new Arrival(row.topic(), 0, 0, row.relation(), null, 'c', "a", 1, "x", row.payload(), 10, null));

        // Then
        assertFound(trial, Kind.WRONG_CONTENT);
    }

    @Test
    void saysSoIfTheTableHasARowThatNobodyWrote() {
        // Given
        trial.rows.put("x", "x");

        // Then
        assertFound(trial, Kind.WRONG_STATE);
    }

    @Test
    void findsColumnsThatDoNotHaveTheDigest() {
        // Given
        trial.committed("+a").sent("a");
        Arrival row = trial.arrivals.get(0);
        trial.arrivals.set(
                0,
                new Arrival(
                        row.topic(),
                        0,
                        0,
                        row.relation(),
                        null,
                        'c',
                        "a",
                        1,
                        row.digest(),
                        Arrival.Payload.DIFFERS,
                        10,
                        null));

        // Then
        assertFound(trial, Kind.WRONG_CONTENT);
    }

    @Test
    void acceptsALostDeleteWhereDeletesMayBeLost() {
        trial.allowances.deletesLost(null, 0, 100, "snapshot started over");
        assertGood(trial.committed("+a", "-a").sent("a"));
    }

    @Test
    void findsALostInsertWhereOnlyDeletesMayBeLost() {
        trial.allowances.deletesLost(null, 0, 100, "snapshot started over");
        assertFound(trial.committed("+a", "-a").sent("-a"), Kind.LOST);
    }
}
