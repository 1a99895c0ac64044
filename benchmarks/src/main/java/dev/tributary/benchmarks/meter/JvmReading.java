// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.meter;

import java.util.HashMap;
import java.util.Map;

/**
 * What a JVM had used at one moment since its start.
 *
 * @param cpuNanos CPU time of the process, all threads, user and system
 * @param allocated bytes allocated by each thread that lives, by its id
 * @param gcMillis time spent in garbage collection
 * @param gcCount how many collections there were
 */
public record JvmReading(long cpuNanos, Map<Long, Long> allocated, long gcMillis, long gcCount) {

    public JvmReading {
        allocated = Map.copyOf(allocated);
    }

    /** The same, with what threads had allocated by an earlier reading that have ended since. */
    public JvmReading remembering(JvmReading earlier) {
        Map<Long, Long> all = new HashMap<>(earlier.allocated);
        all.putAll(allocated);
        return new JvmReading(cpuNanos, all, gcMillis, gcCount);
    }

    /** What was used from an earlier reading to this one. Threads that ended in between are missed. */
    public JvmUsage since(JvmReading earlier) {
        long bytes = allocated.entrySet().stream()
                .mapToLong(thread -> thread.getValue() - earlier.allocated.getOrDefault(thread.getKey(), 0L))
                .sum();
        return new JvmUsage(cpuNanos - earlier.cpuNanos, bytes, gcMillis - earlier.gcMillis, gcCount - earlier.gcCount);
    }
}
