// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

/**
 * What one reader reads at a time.
 *
 * @param table of which table
 * @param range which of its blocks
 */
record Chunk(TableRun table, BlockRange range) {

    String statement() {
        return "COPY (" + table.source().query().statement(range) + ") TO STDOUT";
    }

    @Override
    public String toString() {
        return "blocks " + range + " of " + table.source().id();
    }
}
