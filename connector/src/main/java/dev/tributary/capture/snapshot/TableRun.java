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
    private SnapshotRun.@Nullable Held held;

    /**
     * @param complete what has been sent before
     * @param chunkBytes how large a chunk is, roughly
     */
    TableRun(TableSource source, BlockRanges complete, long chunkBytes) {
        this.source = source;
        this.waiting = new ArrayDeque<>(chunks(source, complete.missing(), chunkBytes));
        this.chunks = waiting.size();
        this.begun = !complete.isEmpty();
    }

    /** Cuts what is missing into chunks. */
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

    @Nullable
    Chunk next() {
        BlockRange range = waiting.poll();
        if (range == null) {
            return null;
        }
        reading++;
        return new Chunk(this, range);
    }

    /** Whether the first of its chunks in this run has been handed out; true once. */
    boolean starts() {
        boolean first = !started;
        started = true;
        return first;
    }

    /** A chunk has been read to its end. */
    void read() {
        reading--;
    }

    /** Whether a part of it had been sent before, or has been by now. */
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

    /** How many chunks were to be read in this run. */
    int chunks() {
        return chunks;
    }

    int chunksRead() {
        return chunks - waiting.size() - reading;
    }

    /** Counts rows that have been read. */
    void counts(int more) {
        rows += more;
    }

    /** A row is sent; true for the first one. */
    boolean sends() {
        boolean first = !begun;
        begun = true;
        return first;
    }

    long rows() {
        return rows;
    }

    SnapshotRun.@Nullable Held held() {
        return held;
    }

    void hold(SnapshotRun.@Nullable Held row) {
        held = row;
    }
}
