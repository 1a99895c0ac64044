// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TableRunTest {

    private static final int ROUNDS = 2_000;
    private static final long BLOCK_BYTES = 8192;

    @Test
    void chunksCoverEachMissingBlockOnce() {
        long seed = System.nanoTime();
        System.out.println("TableRunTest seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            // Given
            long largest = random.nextInt(4) == 0 ? 0 : random.nextInt(500);
            long blocks = largest * (1L + random.nextInt(4));
            BlockRanges complete = complete(random);
            long chunkBytes = 1 + random.nextLong(60 * BLOCK_BYTES);
            TableRun run = new TableRun(Samples.table("t", largest, blocks, true), complete, chunkBytes);

            // When
            List<BlockRange> chunks = chunks(run);

            // Then
            assertThat(chunks).hasSize(run.chunks());
            assertThat(BlockRanges.of(chunks))
                    .as("%d blocks, complete %s, %d bytes", largest, complete, chunkBytes)
                    .isEqualTo(complete.missing());
            assertThat(overlapping(chunks)).isEmpty();
        }
    }

    @Test
    void aChunkIsAboutAsLargeAsItIsToBe() {
        // Given
        TableSource flat = Samples.table("flat", 100, 100, true);
        TableSource parted = Samples.table("parted", 100, 400, true);

        // Then
        assertThat(chunks(new TableRun(flat, BlockRanges.NONE, 10 * BLOCK_BYTES)))
                .hasSize(10);
        assertThat(chunks(new TableRun(parted, BlockRanges.NONE, 10 * BLOCK_BYTES)))
                .as("a range is read of each partition at once")
                .hasSize(50);
    }

    @Test
    void whereBlocksCannotBeAskedForThereIsOneChunk() {
        // Given
        TableSource view = Samples.table("view", 100, 100, false);

        // Then
        assertThat(chunks(new TableRun(view, BlockRanges.NONE, 1))).containsExactly(BlockRange.ALL);
        assertThat(chunks(new TableRun(view, BlockRanges.ALL, 1))).isEmpty();
    }

    @Test
    void anEmptyTableIsOneOpenChunk() {
        assertThat(chunks(new TableRun(Samples.table("empty", 0), BlockRanges.NONE, 1)))
                .containsExactly(BlockRange.ALL);
    }

    @Test
    void aTableThatIsCompleteHasNoChunks() {
        // Given
        TableRun run = new TableRun(Samples.table("done", 10), BlockRanges.ALL, 1);

        // Then
        assertThat(run.next()).isNull();
        assertThat(run.isRead()).isTrue();
        assertThat(run.isBegun()).isTrue();
        assertThat(run.isWaiting()).isFalse();
    }

    private static BlockRanges complete(SplittableRandom random) {
        List<BlockRange> ranges = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            long from = random.nextInt(500);
            ranges.add(new BlockRange(from, random.nextInt(8) == 0 ? BlockRange.END : from + 1 + random.nextInt(100)));
        }
        return BlockRanges.of(ranges);
    }

    private static List<BlockRange> chunks(TableRun run) {
        List<BlockRange> chunks = new ArrayList<>();
        for (Chunk chunk = run.next(); chunk != null; chunk = run.next()) {
            chunks.add(chunk.range());
        }
        return chunks;
    }

    private static List<BlockRange> overlapping(List<BlockRange> chunks) {
        List<BlockRange> found = new ArrayList<>();
        for (int i = 1; i < chunks.size(); i++) {
            if (chunks.get(i).from() < chunks.get(i - 1).to()) {
                found.add(chunks.get(i));
            }
        }
        return found;
    }
}
