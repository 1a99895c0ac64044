// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.contest;

import dev.tributary.benchmarks.meter.JvmUsage;

/**
 * How a connector drained a backlog.
 *
 * @param records how many records arrived; more than rows if some were sent twice
 * @param millis the time between the first record and the last, by the broker's append time
 * @param valueBytes the size of the last record's value
 * @param usage what the worker used from the request to resume until the last record was there
 */
public record Drained(long records, double millis, int valueBytes, JvmUsage usage) {}
