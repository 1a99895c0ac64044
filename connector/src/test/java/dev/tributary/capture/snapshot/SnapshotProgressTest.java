// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.postgres.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotProgressTest {

    private static final TableName TABLE = new TableName("public", "orders");
    private static final List<String> NAMES = List.of(
            "orders",
            "Mixed Case",
            "with\nline\r\nbreaks\u2028\u0085",
            "two  spaces ",
            "100%25+more",
            "dot.ted, comma-ed",
            "\"quoted\"'",
            "ünï 漢字 \uD83D\uDE00",
            "\t",
            "\u00a0",
            "\\N");

    @Test
    void comesBackFromItsTextWhateverTablesAreCalled() {
        long seed = System.nanoTime();
        System.out.println("SnapshotProgressTest seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        SnapshotProgress progress = SnapshotProgress.NONE;
        for (int i = 0; i < 300; i++) {
            // Given
            TableName table =
                    new TableName(NAMES.get(random.nextInt(NAMES.size())), NAMES.get(random.nextInt(NAMES.size())));
            long from = random.nextInt(1_000);
            long to = random.nextInt(20) == 0 ? BlockRange.END : from + 1 + random.nextInt(50);

            // When
            progress = progress.with(table, "id" + table.hashCode(), new BlockRange(from, to));

            // Then
            assertThat(SnapshotProgress.parse(progress.text())).hasValue(progress);
        }
    }

    @Test
    void keepsTheOrderInWhichTablesWereBegun() {
        // When
        SnapshotProgress progress = SnapshotProgress.NONE
                .with(new TableName("b", "b"), "1", BlockRange.ALL)
                .with(new TableName("a", "a"), "2", BlockRange.ALL)
                .with(new TableName("b", "b"), "1", BlockRange.ALL);

        // Then
        assertThat(SnapshotProgress.parse(progress.text())
                        .orElseThrow()
                        .tables()
                        .keySet())
                .containsExactly(new TableName("b", "b"), new TableName("a", "a"));
    }

    @Test
    void isEmptyWhereNothingIsComplete() {
        assertThat(SnapshotProgress.NONE.text()).isEmpty();
        assertThat(SnapshotProgress.parse("")).hasValue(SnapshotProgress.NONE);
    }

    @Test
    void knowsNothingOfATableWhoseRowsLieElsewhereNow() {
        // Given
        SnapshotProgress progress = SnapshotProgress.NONE.with(TABLE, "old", new BlockRange(0, 7));

        // Then
        assertThat(progress.blocks(TABLE, "old")).hasToString("0-7");
        assertThat(progress.blocks(TABLE, "new")).isEqualTo(BlockRanges.NONE);
        assertThat(progress.with(TABLE, "new", new BlockRange(9, 11)).blocks(TABLE, "new"))
                .hasToString("9-11");
        assertThat(progress.with(TABLE, "new", new BlockRange(9, 11)).blocks(TABLE, "old"))
                .isEqualTo(BlockRanges.NONE);
    }

    @Test
    void whatIsAddedMakesAnotherOne() {
        // Given
        SnapshotProgress before = SnapshotProgress.NONE.with(TABLE, "1", new BlockRange(0, 1));

        // When
        SnapshotProgress after = before.with(TABLE, "1", new BlockRange(1, 2));

        // Then
        assertThat(before.blocks(TABLE, "1")).hasToString("0-1");
        assertThat(after.blocks(TABLE, "1")).hasToString("0-2");
    }

    /** Connect stores no offset above 1 MB, unless the worker is configured to. */
    @Test
    void itsTextStaysFarBelowTheLargestOffsetWithTenThousandTables() {
        // Given
        SnapshotProgress progress = ofTables(10_000);

        // When
        String text = progress.text();

        // Then
        assertThat(text.length()).isLessThan(250_000);
        assertThat(SnapshotProgress.parse(text)).hasValue(progress);
    }

    /** Ten thousand records wait for Kafka, each with what was complete when it was sent. */
    @Test
    void everyStepOfTenThousandTablesCanBeKeptAtOnce() {
        // Given
        List<SnapshotProgress> steps = new ArrayList<>();
        SnapshotProgress progress = SnapshotProgress.NONE;

        // When
        for (int i = 0; i < 10_000; i++) {
            progress = progress.with(table(i), "identity-" + i, BlockRange.ALL);
            steps.add(progress);
        }

        // Then: with a copy for each step this would take gigabytes
        assertThat(steps.get(4_999).hasBegun(table(4_999))).isTrue();
        assertThat(steps.get(4_999).hasBegun(table(5_000))).isFalse();
        assertThat(steps.get(4_999).tables()).hasSize(5_000);
        assertThat(progress.tables()).hasSize(10_000);
    }

    @Test
    void aCompleteTableThatIsRewrittenCountsAsNotBegun() {
        // Given
        SnapshotProgress complete = ofTables(3)
                .with(TABLE, "old", new BlockRange(0, 7))
                .with(TABLE, "old", new BlockRange(7, BlockRange.END));

        // When
        SnapshotProgress rewritten = complete.with(TABLE, "new", new BlockRange(0, 1));

        // Then
        assertThat(complete.blocks(TABLE, "old").isAll()).isTrue();
        assertThat(complete.blocks(TABLE, "new")).isEqualTo(BlockRanges.NONE);
        assertThat(rewritten.blocks(TABLE, "new")).hasToString("0-1");
        assertThat(rewritten
                        .with(TABLE, "new", BlockRange.ALL)
                        .blocks(TABLE, "new")
                        .isAll())
                .isTrue();
        assertThat(rewritten.without(TABLE).hasBegun(TABLE)).isFalse();
        assertThat(complete.of(Map.of(table(1), "identity-1", TABLE, "new")).tables())
                .containsOnlyKeys(table(1));
    }

    /** As versions before 0.2 wrote it. */
    @Test
    void readsWhatEarlierVersionsWrote() {
        // When
        SnapshotProgress progress = SnapshotProgress.parse(
                        "9e107d9d372bb6826bd81d3542a419d6-1f 0- public orders\n77-2 0-7,9-12 public items")
                .orElseThrow();

        // Then
        assertThat(progress.blocks(TABLE, "9e107d9d372bb6826bd81d3542a419d6-1f").isAll())
                .isTrue();
        assertThat(progress.blocks(new TableName("public", "items"), "77-2")).hasToString("0-7,9-12");
        assertThat(progress.of(Map.of(TABLE, "9e107d9d372bb6826bd81d3542a419d6-1f"))
                        .blocks(TABLE, "9e107d9d372bb6826bd81d3542a419d6-1f")
                        .isAll())
                .isTrue();
    }

    private static SnapshotProgress ofTables(int count) {
        SnapshotProgress progress = SnapshotProgress.NONE;
        for (int i = 0; i < count; i++) {
            progress = progress.with(table(i), "identity-" + i, BlockRange.ALL);
        }
        return progress;
    }

    private static TableName table(int i) {
        return new TableName("tenant_" + i / 10, "table_" + i);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id",
                "deflate:%",
                "deflate:AAAA",
                "id 0-1 public",
                "id 0-1 public orders more",
                "id 1-0 public orders",
                "id x public orders",
                "id 0-1 public %",
                "id 0-1 public %zz",
                "id 0-1 public orders\n\nid 0-1 public orders"
            })
    void anyOtherTextIsNone(String text) {
        assertThat(SnapshotProgress.parse(text)).isEmpty();
    }

    @Test
    void whatIsNoTextIsNone() {
        assertThat(SnapshotProgress.parse(null)).isEmpty();
        assertThat(SnapshotProgress.parse(7L)).isEmpty();
    }
}
