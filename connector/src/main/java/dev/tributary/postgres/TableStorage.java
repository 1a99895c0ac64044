// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

/**
 * Where the rows of a table are stored: in its own blocks, or in those of its partitions and inheriting tables.
 *
 * @param table the table
 * @param identity identifies the files of the table and of all tables below it; it changes whenever rows may have moved
 *     without a change of their own, or a table may have been away from those that it is a partition of
 * @param addressable whether ranges of blocks can be read, because every table is a heap
 * @param rewritten whether a file is newer than the snapshot of the querying transaction: after an {@code ALTER TABLE}
 *     that rewrites a table, older snapshots find it empty
 * @param largestBlocks how many blocks the largest of the tables has
 * @param blocks how many blocks all have together
 * @param bytes how many bytes that is
 * @param rows an estimate of how many rows there are
 */
public record TableStorage(
        TableName table,
        String identity,
        boolean addressable,
        boolean rewritten,
        long largestBlocks,
        long blocks,
        long bytes,
        long rows) {}
