// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.limits;

import java.util.Map;
import java.util.TreeMap;

/**
 * The outcome of a load on a worker with a small heap.
 *
 * @param what the load
 * @param survived whether everything arrived
 * @param outcome what happened, in a sentence
 * @param rows the number of rows
 * @param records the number of records that arrived
 * @param seconds from the last row, or the creation of the connector, until the last record
 * @param peakHeapBytes the maximum heap in use over all samples, including garbage
 * @param peakResidentBytes the maximum resident memory of the process
 * @param gcMillis time spent in garbage collection
 * @param gcCount the number of collections
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

    /** The outcome if all records arrived. */
    static final String DELIVERED = "delivered all";

    public Trial {
        options = new TreeMap<>(options);
    }
}
