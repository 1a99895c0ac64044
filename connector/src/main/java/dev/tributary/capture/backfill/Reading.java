// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.backfill;

import dev.tributary.capture.snapshot.BlockRange;
import dev.tributary.capture.snapshot.TableSource;
import org.jspecify.annotations.Nullable;

/** The result of an attempt to read a {@link Request}. */
sealed interface Reading {

    /**
     * Rows were read.
     *
     * @param window the rows
     * @param source their table
     * @param range the blocks that are complete with them; null for rows that were read by their keys
     */
    record Read(
            RowWindow window, TableSource source, @Nullable BlockRange range) implements Reading {}

    /**
     * Rows are being read that are too large to be kept in memory together.
     *
     * @param read reads them
     */
    record Begun(LongRead read) implements Reading {}

    /** The table no longer exists, or nothing of it must be read. */
    record Gone() implements Reading {}

    /** The rows are larger than what may be kept in memory; a smaller request is needed. */
    record TooLarge() implements Reading {}

    /** The table looks different from before, which is known now: the request can be repeated at once. */
    record Again() implements Reading {}

    /** The moment is too early; the request will soon succeed. */
    record Soon() implements Reading {}

    /**
     * The request must wait.
     *
     * @param reason what it waits for, for the operator
     */
    record Later(String reason) implements Reading {}
}
