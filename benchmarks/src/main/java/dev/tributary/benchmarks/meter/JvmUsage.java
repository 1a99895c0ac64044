// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.meter;

/**
 * The usage of a JVM during a measurement.
 *
 * @param cpuNanos CPU time of the process
 * @param allocatedBytes bytes allocated by the threads that were alive at the end
 * @param gcMillis time spent in garbage collection
 * @param gcCount the number of collections
 */
public record JvmUsage(long cpuNanos, long allocatedBytes, long gcMillis, long gcCount) {}
