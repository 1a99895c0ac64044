// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

/**
 * The last row of a chunk, which waits until it is known whether it is the last row of its table.
 *
 * @param chunk the chunk that is complete with it
 */
record HeldRow(Chunk chunk, RowRecord row) {}
