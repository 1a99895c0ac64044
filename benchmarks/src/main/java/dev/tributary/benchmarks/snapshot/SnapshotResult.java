// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.snapshot;

import dev.tributary.benchmarks.contest.Circumstances;
import dev.tributary.benchmarks.contest.Entrant;
import java.util.List;

/**
 * All that was measured of how fast a table is read.
 *
 * @param circumstances where and with what
 * @param rounds how many snapshots everyone took
 * @param rows the rows of the table
 * @param warmUp the rows of the table when everyone took a snapshot before
 * @param rowTextBytes the average text of a row
 * @param entrants who took part
 * @param measurements every turn, in the order it was taken, without the warm-up
 */
public record SnapshotResult(
        Circumstances circumstances,
        int rounds,
        long rows,
        long warmUp,
        long rowTextBytes,
        List<Entrant> entrants,
        List<SnapshotMeasurement> measurements) {

    /** The largest heap of each worker. */
    public static final String HEAP = "1g";

    public SnapshotResult {
        entrants = List.copyOf(entrants);
        measurements = List.copyOf(measurements);
    }
}
