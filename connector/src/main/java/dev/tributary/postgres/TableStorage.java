// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

/**
 * Where the rows of a table are: in its own blocks, or in those of its partitions and of the tables that inherit from it.
 *
 * @param table the table
 * @param identity changes whenever rows may have got other places without a change of their own: the files of the table and
 *     of all below it
 * @param addressable whether a range of blocks can be asked for: everything is a heap
 * @param rewritten whether a file is newer than the snapshot of the transaction that asks: an {@code ALTER TABLE} that
 *     rewrites a table leaves nothing in it for older snapshots
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
