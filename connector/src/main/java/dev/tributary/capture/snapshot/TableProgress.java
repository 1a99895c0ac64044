// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

/**
 * What is complete of a table.
 *
 * @param identity identifies the files of the table and the query; blocks of another identity mean nothing
 * @param blocks the blocks that have been sent
 */
public record TableProgress(String identity, BlockRanges blocks) {}
