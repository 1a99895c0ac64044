// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.snapshot;

import dev.tributary.benchmarks.contest.Circumstances;
import dev.tributary.benchmarks.contest.Entrant;
import java.util.List;

/**
 * The result of the snapshot benchmark.
 *
 * @param circumstances the machine and the versions
 * @param rounds the number of rounds
 * @param rows the rows of the table
 * @param warmUp the rows of the table during the warm-up
 * @param rowTextBytes the average size of a row as text
 * @param entrants the contestants
 * @param measurements all turns, in their order, without the warm-up
 */
public record SnapshotResult(
        Circumstances circumstances,
        int rounds,
        long rows,
        long warmUp,
        long rowTextBytes,
        List<Entrant> entrants,
        List<SnapshotMeasurement> measurements) {

    /** The maximum heap of each worker. */
    public static final String HEAP = "1g";

    public SnapshotResult {
        entrants = List.copyOf(entrants);
        measurements = List.copyOf(measurements);
    }
}
