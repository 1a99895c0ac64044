// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlockRangesTest {

    private static final int BLOCKS = 40;
    private static final int ROUNDS = 2_000;

    @ParameterizedTest
    @CsvSource({"0, 0", "5, 5", "6, 5", "-1, 3", "0, 4294967297", "4294967296, 4294967296"})
    void aRangeHasOneBlockAtLeast(long from, long to) {
        assertThatThrownBy(() -> new BlockRange(from, to)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRangeIsAConditionOnTheAddressesOfRows() {
        assertThat(new BlockRange(3, 9).condition()).isEqualTo("ctid >= '(3,0)'::tid AND ctid < '(9,0)'::tid");
        assertThat(new BlockRange(3, BlockRange.END).condition()).isEqualTo("ctid >= '(3,0)'::tid");
    }

    @Test
    void theLastBlockThatPostgresCanHaveIsInAnOpenRangeAlone() {
        // Given
        BlockRange last = new BlockRange(BlockRange.END - 1, BlockRange.END);

        // Then
        assertThat(last.isOpen()).isTrue();
        assertThat(new BlockRange(0, BlockRange.END - 1).isOpen()).isFalse();
        assertThat(new BlockRange(0, BlockRange.END - 1).condition()).endsWith("'(4294967295,0)'::tid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "-5", "5", "a-b", "5-5", "9-5", "1-2-3", "1-4294967297", "1 - 2", "0x1-2"})
    void anyOtherTextIsNoRange(String text) {
        assertThatThrownBy(() -> BlockRange.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "1-2,", ",1-2", "1-2,,3-4", "1-2;3-4"})
    void anyOtherTextIsNoList(String text) {
        assertThatThrownBy(() -> BlockRanges.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rangesThatTouchBecomeOne() {
        // When
        BlockRanges ranges = BlockRanges.NONE
                .with(new BlockRange(4, 6))
                .with(new BlockRange(0, 2))
                .with(new BlockRange(2, 4));

        // Then
        assertThat(ranges).hasToString("0-6");
        assertThat(ranges.missing()).hasToString("6-");
        assertThat(ranges.with(new BlockRange(6, BlockRange.END)).isAll()).isTrue();
    }

    @Test
    void whatIsMissingOfAllIsNothing() {
        assertThat(BlockRanges.ALL.missing().isEmpty()).isTrue();
        assertThat(BlockRanges.NONE.missing().isAll()).isTrue();
    }

    @Test
    void areTheSameAsSetsOfBlocks() {
        long seed = System.nanoTime();
        System.out.println("BlockRangesTest seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            // Given
            List<BlockRange> parts = new ArrayList<>();
            BitSet expected = new BitSet();
            for (int i = random.nextInt(8); i > 0; i--) {
                BlockRange part = range(random);
                parts.add(part);
                expected.set(Math.toIntExact(part.from()), places(part.to()));
            }

            // When
            BlockRanges ranges = BlockRanges.of(parts);

            // Then
            assertThat(set(ranges)).as("%s", parts).isEqualTo(expected);
            assertThat(ranges.ranges()).as("the fewest ranges").hasSize(runs(expected));
            assertThat(BlockRanges.parse(ranges.toString())).isEqualTo(ranges);
            assertThat(ranges.missing().missing()).isEqualTo(ranges);
            expected.flip(0, BLOCKS + 1);
            assertThat(set(ranges.missing())).isEqualTo(expected);
        }
    }

    private static BlockRange range(SplittableRandom random) {
        long from = random.nextInt(BLOCKS);
        return new BlockRange(
                from, random.nextInt(10) == 0 ? BlockRange.END : from + 1 + random.nextInt(BLOCKS - (int) from));
    }

    /** All blocks behind the last one count as one more. */
    private static int places(long to) {
        return to == BlockRange.END ? BLOCKS + 1 : Math.toIntExact(to);
    }

    private static BitSet set(BlockRanges ranges) {
        BitSet set = new BitSet();
        ranges.ranges().forEach(range -> set.set(Math.toIntExact(range.from()), places(range.to())));
        return set;
    }

    private static int runs(BitSet set) {
        int runs = 0;
        for (int from = set.nextSetBit(0); from >= 0; from = set.nextSetBit(set.nextClearBit(from))) {
            runs++;
        }
        return runs;
    }
}
