// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

/**
 * A range of a table's blocks, read by one COPY.
 *
 * @param source the table
 * @param range the blocks
 */
public record Chunk(TableSource source, BlockRange range) {

    /** The query for its rows. */
    public String select() {
        return source.query().select(range);
    }

    @Override
    public String toString() {
        return "blocks " + range + " of " + source.id();
    }
}
