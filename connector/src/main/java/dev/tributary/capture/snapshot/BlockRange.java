// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

/**
 * A range of a table's blocks: the rows whose {@code ctid} is in it.
 *
 * @param from the first block
 * @param to the block after the last one; {@link #END} if the range is open, so that it includes rows that are added
 *     after the blocks were counted
 */
public record BlockRange(long from, long to) {

    /** After every block: block numbers have 32 bits. */
    static final long END = 1L << 32;

    public static final BlockRange ALL = new BlockRange(0, END);

    public BlockRange {
        if (from < 0 || from >= to || to > END) {
            throw new IllegalArgumentException("Not a range of blocks: " + from + " to " + to);
        }
    }

    boolean isOpen() {
        return to == END;
    }

    /** Returns the condition that selects its rows. */
    String condition() {
        String start = "ctid >= '(" + from + ",0)'::tid";
        return isOpen() ? start : start + " AND ctid < '(" + to + ",0)'::tid";
    }

    /** {@code from-to}, without {@code to} if it is open. */
    @Override
    public String toString() {
        return from + "-" + (isOpen() ? "" : Long.toString(to));
    }

    /** @throws IllegalArgumentException if the text is not a range */
    static BlockRange parse(String text) {
        int dash = text.indexOf('-');
        if (dash < 1) {
            throw new IllegalArgumentException("Not a range of blocks: " + text);
        }
        String to = text.substring(dash + 1);
        return new BlockRange(Long.parseLong(text.substring(0, dash)), to.isEmpty() ? END : Long.parseLong(to));
    }
}
