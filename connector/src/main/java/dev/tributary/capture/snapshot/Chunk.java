// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

/**
 * What one reader reads at a time.
 *
 * @param table of which table
 * @param range which of its blocks
 */
record Chunk(TableRun table, BlockRange range) {

    /** How many bytes of a table make a chunk: what is read again after a crash, at most, by each reader. */
    static final long BYTES = 16 << 20;

    String statement() {
        return "COPY (" + table.source().query().statement(range) + ") TO STDOUT";
    }

    @Override
    public String toString() {
        return "blocks " + range + " of " + table.source().id();
    }
}
