// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.meter;

/**
 * What a JVM used while something was measured.
 *
 * @param cpuNanos CPU time of the process
 * @param allocatedBytes what its threads allocated, of those that were there at the end
 * @param gcMillis time spent in garbage collection
 * @param gcCount how many collections there were
 */
public record JvmUsage(long cpuNanos, long allocatedBytes, long gcMillis, long gcCount) {}
