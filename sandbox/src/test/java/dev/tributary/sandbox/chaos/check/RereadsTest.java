// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.sandbox.chaos.load.Change;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RereadsTest {

    private static final long AWAY = 100;

    private static final Change OLD = change("old", "1", 50);
    private static final Change MISSED = change("missed", "2", 110);
    private static final Committed COMMITTED =
            new Committed(List.of(OLD, MISSED), Map.of("t", Map.of("1", "old", "2", "missed")));

    private static Change change(String tag, String key, long lsn) {
        return new Change(lsn, tag, "t", key, Change.CREATE, "digest", lsn, lsn);
    }

    private static Arrival read(String relation, String tag, long lsn) {
        return new Arrival(
                relation, 0, 0, relation, "1", Arrival.READ, tag, 0, "digest", Arrival.Payload.MATCHES, lsn, "true");
    }

    @Test
    void aRowThatHasNotChangedSinceMustHaveBeenRead() {
        assertThat(new Rereads(List.of(), COMMITTED).happened("t", AWAY)).isFalse();
        assertThat(new Rereads(List.of(read("t", "old", 60)), COMMITTED).happened("t", AWAY))
                .isFalse();
        assertThat(new Rereads(List.of(read("u", "old", 120)), COMMITTED).happened("t", AWAY))
                .isFalse();
        assertThat(new Rereads(List.of(read("t", "old", 120)), COMMITTED).happened("t", AWAY))
                .isTrue();
    }

    /** The table is read while the stream lags behind. */
    @Test
    void aRowThatShowsALaterChangeWasRead() {
        assertThat(new Rereads(List.of(read("t", "missed", 60)), COMMITTED).happened("t", AWAY))
                .isTrue();
    }

    /** The delete of a row has the version that the first snapshot read. */
    @Test
    void aRowThatWasDeletedLaterDoesNotShowThatItWasRead() {
        // Given
        Change deleted = new Change(111, "gone", "t", "3", Change.DELETE, "digest", 111, 111);
        Committed committed = new Committed(List.of(OLD, MISSED, deleted), COMMITTED.rows());

        // Then
        assertThat(new Rereads(List.of(read("t", "gone", 60)), committed).happened("t", AWAY))
                .isFalse();
    }

    @Test
    void ifEachRowHasChangedSinceNothingHadToBeRead() {
        // Given
        Committed changed = new Committed(List.of(OLD, MISSED), Map.of("t", Map.of("2", "missed")));

        // Then
        assertThat(new Rereads(List.of(), changed).happened("t", AWAY)).isTrue();
    }
}
