// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

/**
 * A part of a table: the rows whose {@code ctid} lies in some of its blocks.
 *
 * @param from the first block
 * @param to the block behind the last; {@link #END} where the range is open, so that rows which land behind the blocks that
 *     were counted are in it, too
 */
record BlockRange(long from, long to) {

    /** Behind every block: block numbers have 32 bits. */
    static final long END = 1L << 32;

    static final BlockRange ALL = new BlockRange(0, END);

    BlockRange {
        if (from < 0 || from >= to || to > END) {
            throw new IllegalArgumentException("No range of blocks: " + from + " to " + to);
        }
    }

    boolean isOpen() {
        return to == END;
    }

    /** As a condition on a table's rows. */
    String condition() {
        String start = "ctid >= '(" + from + ",0)'::tid";
        return isOpen() ? start : start + " AND ctid < '(" + to + ",0)'::tid";
    }

    /** {@code from-to}, without {@code to} where it is open. */
    @Override
    public String toString() {
        return from + "-" + (isOpen() ? "" : Long.toString(to));
    }

    /** @throws IllegalArgumentException if the text is no range */
    static BlockRange parse(String text) {
        int dash = text.indexOf('-');
        if (dash < 1) {
            throw new IllegalArgumentException("No range of blocks: " + text);
        }
        String to = text.substring(dash + 1);
        return new BlockRange(Long.parseLong(text.substring(0, dash)), to.isEmpty() ? END : Long.parseLong(to));
    }
}
