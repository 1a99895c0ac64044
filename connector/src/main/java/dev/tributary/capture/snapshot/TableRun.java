// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far the reading of one table has come. Guarded by the {@link SnapshotRun} that it belongs to. */
final class TableRun {

    private final TableSource source;
    private final Deque<BlockRange> waiting;
    private final int chunks;
    private int reading;
    private long rows;
    private boolean begun;
    private boolean started;
    private @Nullable HeldRows held;

    /**
     * @param complete what was sent before
     * @param chunkBytes the size of a chunk, roughly
     */
    TableRun(TableSource source, BlockRanges complete, long chunkBytes) {
        this.source = source;
        this.waiting = new ArrayDeque<>(chunks(source, complete.missing(), chunkBytes));
        this.chunks = waiting.size();
        this.begun = !complete.isEmpty();
    }

    /** Cuts the missing blocks into chunks. */
    private static Collection<BlockRange> chunks(TableSource source, BlockRanges missing, long chunkBytes) {
        if (!source.query().byBlocks()) {
            return missing.isEmpty() ? List.of() : List.of(BlockRange.ALL);
        }
        long largest = source.storage().largestBlocks();
        long width = source.blocksOf(chunkBytes);
        List<BlockRange> chunks = new ArrayList<>();
        for (BlockRange range : missing.ranges()) {
            long from = range.from();
            long end = Math.min(range.to(), largest);
            while (from + width < end) {
                chunks.add(new BlockRange(from, from + width));
                from += width;
            }
            chunks.add(new BlockRange(from, range.to()));
        }
        return chunks;
    }

    TableSource source() {
        return source;
    }

    /** Hands out the next chunk; null if none is left. */
    @Nullable
    Chunk next() {
        BlockRange range = waiting.poll();
        if (range == null) {
            return null;
        }
        reading++;
        return new Chunk(source, range);
    }

    /** Whether the chunk handed out is the first one of this run; true once. */
    boolean starts() {
        boolean first = !started;
        started = true;
        return first;
    }

    /** A chunk has been read to its end. */
    void chunkRead() {
        reading--;
    }

    /** Whether rows of the table have been sent, by this run or before. */
    boolean isBegun() {
        return begun;
    }

    /** Whether there are chunks that nobody has begun to read. */
    boolean isWaiting() {
        return !waiting.isEmpty();
    }

    /** Whether everything has been read. */
    boolean isRead() {
        return waiting.isEmpty() && reading == 0;
    }

    /** How many chunks this run has to read. */
    int chunks() {
        return chunks;
    }

    int chunksRead() {
        return chunks - waiting.size() - reading;
    }

    /** Counts rows that have been read. */
    void count(int more) {
        rows += more;
    }

    /** A row is sent. Returns whether it is the first one of the table. */
    boolean begin() {
        boolean first = !begun;
        begun = true;
        return first;
    }

    long rows() {
        return rows;
    }

    @Nullable
    HeldRows held() {
        return held;
    }

    void hold(@Nullable HeldRows rows) {
        held = rows;
    }
}
