// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A set of blocks, as the smallest number of ranges.
 *
 * @param ranges in order, with gaps between them
 */
public record BlockRanges(List<BlockRange> ranges) {

    public static final BlockRanges NONE = new BlockRanges(List.of());
    public static final BlockRanges ALL = new BlockRanges(List.of(BlockRange.ALL));

    public BlockRanges {
        ranges = List.copyOf(ranges);
    }

    /** Returns the union of ranges. */
    static BlockRanges of(List<BlockRange> any) {
        List<BlockRange> sorted = new ArrayList<>(any);
        sorted.sort(Comparator.comparingLong(BlockRange::from));
        List<BlockRange> merged = new ArrayList<>();
        for (BlockRange range : sorted) {
            BlockRange last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && range.from() <= last.to()) {
                merged.set(merged.size() - 1, new BlockRange(last.from(), Math.max(last.to(), range.to())));
            } else {
                merged.add(range);
            }
        }
        return new BlockRanges(merged);
    }

    BlockRanges with(BlockRange range) {
        List<BlockRange> all = new ArrayList<>(ranges);
        all.add(range);
        return of(all);
    }

    /** Returns every block that is not in this set. */
    public BlockRanges missing() {
        List<BlockRange> missing = new ArrayList<>();
        long from = 0;
        for (BlockRange range : ranges) {
            if (range.from() > from) {
                missing.add(new BlockRange(from, range.from()));
            }
            from = range.to();
        }
        if (from < BlockRange.END) {
            missing.add(new BlockRange(from, BlockRange.END));
        }
        return new BlockRanges(missing);
    }

    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    public boolean isAll() {
        return equals(ALL);
    }

    /** The ranges, separated by commas. */
    @Override
    public String toString() {
        return ranges.stream().map(BlockRange::toString).collect(Collectors.joining(","));
    }

    /** @throws IllegalArgumentException if the text is not a list of ranges */
    static BlockRanges parse(String text) {
        return text.isEmpty()
                ? NONE
                : of(Arrays.stream(text.split(",", -1)).map(BlockRange::parse).toList());
    }
}
