// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.backfill;

import dev.tributary.capture.snapshot.BlockRanges;

/** What to read next of a table. */
sealed interface Request {

    /**
     * The first of the blocks that are missing, as many as fit.
     *
     * @param missing the blocks that have not been read yet
     */
    record Blocks(BlockRanges missing) implements Request {}

    /**
     * Rows that meet a condition.
     *
     * @param condition the condition, as SQL
     * @param single whether only one row meets it
     */
    record Rows(String condition, boolean single) implements Request {}
}
