// SPDX-License-Identifier: Apache-2.0
package dev.tributary.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DivergenceTest {

    private static final ServerTimeline READ = new ServerTimeline("7", 2);

    private static final TimelineHistory HISTORY = TimelineHistory.parse(
            "1\t0/5000060\tno recovery target specified\n\n2\t0/6000000\tbefore 2000-01-01 01:00:00+01\n");

    @Test
    void aServerOnTheSameTimelineHasEverything() {
        assertThat(Divergence.of(READ, new Lsn(99), READ, new TimelineHistory(Map.of())))
                .isEmpty();
    }

    @Test
    void aServerThatForkedBehindWhatWasReadHasEverything() {
        // Given
        ServerTimeline server = new ServerTimeline("7", 3);

        // Then
        assertThat(Divergence.of(READ, Lsn.parse("0/6000000"), server, HISTORY)).isEmpty();
    }

    @Test
    void aServerThatForkedBeforeLacksWhatWasReadSince() {
        // Given
        ServerTimeline server = new ServerTimeline("7", 3);

        // Then
        assertThat(Divergence.of(READ, Lsn.parse("0/6000001"), server, HISTORY)).hasValueSatisfying(found -> {
            assertThat(found.fork()).contains(Lsn.parse("0/6000000"));
            assertThat(found.isOtherCluster()).isFalse();
        });
    }

    @Test
    void aServerOnATimelineThatDoesNotDescendFromTheOneReadHasNoKnownFork() {
        // Given
        ServerTimeline server = new ServerTimeline("7", 1);

        // Then
        assertThat(Divergence.of(READ, Lsn.parse("0/1"), server, TimelineHistory.parse("")))
                .hasValueSatisfying(found -> assertThat(found.fork()).isEmpty());
    }

    @Test
    void anotherClusterHasNoForkEvenIfTheTimelinesHaveTheSameNumbers() {
        // Given
        ServerTimeline server = new ServerTimeline("8", 3);

        // Then
        assertThat(Divergence.of(READ, Lsn.parse("0/1"), server, HISTORY)).hasValueSatisfying(found -> {
            assertThat(found.fork()).isEmpty();
            assertThat(found.isOtherCluster()).isTrue();
        });
    }

    @Test
    void whatWasReadEndsBehindTheCommitOfATransactionThatWasSentInPart() {
        // Given
        Position whole = Position.after(new Lsn(100));
        Position partial = new Position(new Lsn(100), new Lsn(200), 1, new Lsn(150));

        // Then
        assertThat(whole.published()).isEqualTo(new Lsn(100));
        assertThat(partial.published()).isEqualTo(new Lsn(201));
    }

    @Test
    void aRewoundOffsetSaysNothingOfTheTransactionAndTheServer() {
        // Given
        StoredOffset stored = new StoredOffset(Map.of(
                "lsn",
                150L,
                "lsn_proc",
                150L,
                "lsn_commit",
                100L,
                "tx_lsn",
                200L,
                "tx_ordinal",
                1L,
                "server_id",
                "7",
                "server_timeline",
                "2",
                "captured_tables",
                "x"));

        // Then
        assertThat(stored.rewoundTo(new Lsn(90)).values())
                .isEqualTo(Map.of(
                        "lsn", 90L, "lsn_proc", 90L, "lsn_commit", 90L, "server_id", "7", "captured_tables", "x"));
        assertThat(ServerTimeline.of(stored.rewoundTo(new Lsn(90)))).isEmpty();
        assertThat(ServerTimeline.of(stored)).isEqualTo(Optional.of(READ));
    }
}
