// SPDX-License-Identifier: Apache-2.0
package dev.tributary.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DivergenceTest {

    private static final ServerTimeline READ = new ServerTimeline("7", 2, null);

    private static final TimelineHistory HISTORY = TimelineHistory.parse(
            "1\t0/5000060\tno recovery target specified\n\n2\t0/6000000\tbefore 2000-01-01 01:00:00+01\n");

    @Test
    void aServerOnTheSameTimelineHasEverything() {
        assertThat(Divergence.of(READ, new Lsn(99), READ)).isEmpty();
    }

    @Test
    void aServerThatForkedBehindWhatWasReadHasEverything() {
        // Given
        ServerTimeline server = new ServerTimeline("7", 3, HISTORY);

        // Then
        assertThat(Divergence.of(READ, Lsn.parse("0/6000000"), server)).isEmpty();
    }

    @Test
    void aServerThatForkedBeforeLacksWhatWasReadSince() {
        // Given
        ServerTimeline server = new ServerTimeline("7", 3, HISTORY);

        // Then
        assertThat(Divergence.of(READ, Lsn.parse("0/6000001"), server)).hasValueSatisfying(found -> {
            assertThat(found.fork()).contains(Lsn.parse("0/6000000"));
            assertThat(found.isOtherCluster()).isFalse();
        });
    }

    @Test
    void aServerOnATimelineThatDoesNotDescendFromTheOneReadHasNoKnownFork() {
        // Given
        ServerTimeline server = new ServerTimeline("7", 1, TimelineHistory.NONE);

        // Then
        assertThat(Divergence.of(READ, Lsn.parse("0/1"), server))
                .hasValueSatisfying(found -> assertThat(found.fork()).isEmpty());
    }

    @Test
    void anotherClusterHasNoForkEvenIfTheTimelinesHaveTheSameNumbers() {
        // Given
        ServerTimeline server = new ServerTimeline("8", 3, HISTORY);

        // Then
        assertThat(Divergence.of(READ, Lsn.parse("0/1"), server)).hasValueSatisfying(found -> {
            assertThat(found.fork()).isEmpty();
            assertThat(found.isOtherCluster()).isTrue();
        });
    }

    @ParameterizedTest(name = "read {0}@{1}, server {2}@{3}: part at {4}")
    @MethodSource("histories")
    void historiesPartWhereTheyFirstDiffer(long read, String ofRead, long server, String ofServer, String fork) {
        // Given
        ServerTimeline before = timeline(read, ofRead);
        ServerTimeline now = timeline(server, ofServer);

        // Then
        assertThat(Divergence.of(before, Lsn.parse("0/90"), now)).hasValueSatisfying(found -> {
            assertThat(found.fork()).contains(Lsn.parse(fork));
            assertThat(before.isSame(now)).isFalse();
        });
        assertThat(Divergence.of(before, Lsn.parse(fork), now)).isEmpty();
    }

    static Stream<Arguments> histories() {
        return Stream.of(
                Arguments.of(2, "1@0/50", 2, "1@0/40", "0/40"),
                Arguments.of(2, "1@0/40", 2, "1@0/50", "0/40"),
                Arguments.of(2, "1@0/40", 3, "1@0/40", "0/40"),
                Arguments.of(2, "1@0/50", 3, "1@0/40,2@0/60", "0/40"),
                Arguments.of(3, "1@0/40,2@0/60", 3, "1@0/40,2@0/70", "0/60"),
                Arguments.of(3, "1@0/40,2@0/60", 2, "1@0/40", "0/60"),
                Arguments.of(2, "1@0/40", 1, "", "0/40"),
                Arguments.of(1, "", 2, "1@0/40", "0/40"),
                Arguments.of(3, "2@0/60", 3, "1@0/40,2@0/70", "0/60"));
    }

    @Test
    void historiesThatHaveNoKnownTimelineInCommonDiffer() {
        // Given
        ServerTimeline stored = timeline(31, "21@0/40,22@0/50");
        ServerTimeline server = timeline(31, "1@0/40");

        // Then
        assertThat(stored.isSame(server)).isFalse();
        assertThat(Divergence.of(stored, Lsn.parse("0/90"), server))
                .hasValueSatisfying(found -> assertThat(found.fork()).isEmpty());
    }

    @Test
    void aTimelineIsStoredWithTheLastOfItsAncestors() {
        // Given
        String ends = IntStream.rangeClosed(1, 30).mapToObj(i -> i + "@0/" + i).collect(Collectors.joining(","));
        ServerTimeline server = timeline(31, ends);

        // When
        ServerTimeline stored =
                ServerTimeline.of(new StoredOffset(server.offsetEntries())).orElseThrow();

        // Then
        assertThat(server.offsetEntries().get("server_history"))
                .startsWith("21@0/21,")
                .endsWith("30@0/30");
        assertThat(stored.isSame(server)).isTrue();
        assertThat(stored.isSame(timeline(31, ends.replace("@0/25,", "@0/99,"))))
                .isFalse();
        assertThat(Divergence.of(stored, Lsn.parse("1/0"), server)).isEmpty();
    }

    @Test
    void anOffsetOfAnEarlierVersionIsComparedByTheNumber() {
        // Given
        ServerTimeline stored = ServerTimeline.of(new StoredOffset(Map.of("server_id", "7", "server_timeline", "2")))
                .orElseThrow();

        // Then
        assertThat(Divergence.of(stored, Lsn.parse("0/90"), timeline(2, "1@0/40")))
                .isEmpty();
        assertThat(stored.isSame(timeline(3, "1@0/40,2@0/60"))).isFalse();
    }

    private static ServerTimeline timeline(long timeline, String history) {
        return new ServerTimeline("7", timeline, TimelineHistory.ofText(history));
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
                "server_history",
                "1@0/40",
                "captured_tables",
                "x"));

        // Then
        assertThat(stored.rewoundTo(new Lsn(90)).values())
                .isEqualTo(Map.of(
                        "lsn", 90L, "lsn_proc", 90L, "lsn_commit", 90L, "server_id", "7", "captured_tables", "x"));
        assertThat(ServerTimeline.of(stored.rewoundTo(new Lsn(90)))).isEmpty();
        assertThat(ServerTimeline.of(stored)).isEqualTo(Optional.of(timeline(2, "1@0/40")));
    }
}
