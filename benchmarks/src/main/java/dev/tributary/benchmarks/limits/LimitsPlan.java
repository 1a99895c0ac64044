// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.limits;

/**
 * What is to be survived.
 *
 * @param heap the worker's largest heap, as {@code -Xmx} takes it
 * @param snapshotRows the rows of the table that a snapshot is taken of
 * @param rows the rows of the long transaction
 * @param rowMegabytes the size of a huge row
 * @param hugeRows how many of them there are
 */
public record LimitsPlan(String heap, long snapshotRows, long rows, int rowMegabytes, int hugeRows) {}
