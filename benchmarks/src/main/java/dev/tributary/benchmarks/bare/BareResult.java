// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.bare;

import dev.tributary.benchmarks.meter.JvmUsage;

/**
 * The response of a bare client: how it read one backlog or table.
 *
 * @param rows the number of rows it received
 * @param waitNanos the time from the request to the first row
 * @param nanos the time from the first row to the last
 * @param usage the usage of its JVM from the request to the last row
 */
public record BareResult(long rows, long waitNanos, long nanos, JvmUsage usage) {}
