// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.bare;

import dev.tributary.benchmarks.meter.JvmUsage;

/**
 * What a bare client tells of one backlog, or one table.
 *
 * @param rows how many rows it received
 * @param waitNanos the time from the request to the first row
 * @param nanos the time from the first row to the last
 * @param usage what its JVM used from the request to the last row
 */
public record BareResult(long rows, long waitNanos, long nanos, JvmUsage usage) {}
