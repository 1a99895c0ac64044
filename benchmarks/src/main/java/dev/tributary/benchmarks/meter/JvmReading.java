// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.meter;

import java.util.HashMap;
import java.util.Map;

/**
 * The usage of a JVM since its start, at one moment.
 *
 * @param cpuNanos CPU time of the process, all threads, user and system
 * @param allocated bytes allocated by each live thread, by its id
 * @param gcMillis time spent in garbage collection
 * @param gcCount the number of collections
 */
public record JvmReading(long cpuNanos, Map<Long, Long> allocated, long gcMillis, long gcCount) {

    public JvmReading {
        allocated = Map.copyOf(allocated);
    }

    /** Adds the allocation of threads that were in an earlier reading and have ended since. */
    public JvmReading remembering(JvmReading earlier) {
        Map<Long, Long> all = new HashMap<>(earlier.allocated);
        all.putAll(allocated);
        return new JvmReading(cpuNanos, all, gcMillis, gcCount);
    }

    /** The usage from an earlier reading to this one, without threads that ended in between. */
    public JvmUsage since(JvmReading earlier) {
        long bytes = allocated.entrySet().stream()
                .mapToLong(thread -> thread.getValue() - earlier.allocated.getOrDefault(thread.getKey(), 0L))
                .sum();
        return new JvmUsage(cpuNanos - earlier.cpuNanos, bytes, gcMillis - earlier.gcMillis, gcCount - earlier.gcCount);
    }
}
