// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.limits;

import java.util.Map;
import java.util.TreeMap;

/**
 * What became of a worker with a small heap.
 *
 * @param what what it was given
 * @param survived whether everything arrived
 * @param outcome what happened, in a sentence
 * @param rows how many rows there were
 * @param records how many records arrived
 * @param seconds from when the rows were there, or the connector was asked for, until the last record was there
 * @param peakHeapBytes the most heap that was in use at any of the moments looked at, garbage included
 * @param peakResidentBytes the most memory that the process had, heap and all else
 * @param gcMillis time spent in garbage collection
 * @param gcCount how many collections there were
 * @param options the connector's options
 */
public record Trial(
        String what,
        boolean survived,
        String outcome,
        long rows,
        long records,
        double seconds,
        long peakHeapBytes,
        long peakResidentBytes,
        long gcMillis,
        long gcCount,
        Map<String, String> options) {

    /** The outcome when all is well. */
    static final String DELIVERED = "delivered all";

    public Trial {
        options = new TreeMap<>(options);
    }
}
