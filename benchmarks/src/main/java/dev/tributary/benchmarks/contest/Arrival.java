// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.contest;

/**
 * A record in its topic.
 *
 * @param offset its offset
 * @param id the id of the row, from the key
 * @param appendMillis when the broker appended it
 * @param valueBytes the size of its value
 */
public record Arrival(long offset, long id, long appendMillis, int valueBytes) {}
