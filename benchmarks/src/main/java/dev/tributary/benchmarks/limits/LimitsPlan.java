// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.limits;

/**
 * The plan of the test with a small heap.
 *
 * @param heap the maximum heap of the worker, as in {@code -Xmx}
 * @param snapshotRows the rows of the table for the snapshot
 * @param rows the rows of the long transaction
 * @param rowMegabytes the size of a huge row
 * @param hugeRows the number of huge rows
 */
public record LimitsPlan(String heap, long snapshotRows, long rows, int rowMegabytes, int hugeRows) {}
