// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.stream;

import dev.tributary.benchmarks.contest.Circumstances;
import dev.tributary.benchmarks.contest.Entrant;
import dev.tributary.benchmarks.contest.Measurement;
import java.util.List;

/**
 * All that was measured of how fast a backlog is drained.
 *
 * @param circumstances where and with what
 * @param table the statement that made the table
 * @param rounds how many backlogs there were
 * @param rows the rows of a backlog
 * @param rowsPerTransaction how they were committed
 * @param warmUp the rows that everyone drained before
 * @param rowTextBytes the average text of a row as pgoutput sends it
 * @param entrants who took part
 * @param measurements every turn, in the order it was taken, without the warm-up
 */
public record StreamResult(
        Circumstances circumstances,
        String table,
        int rounds,
        long rows,
        long rowsPerTransaction,
        long warmUp,
        long rowTextBytes,
        List<Entrant> entrants,
        List<Measurement> measurements) {

    /** The largest heap of each worker. */
    public static final String HEAP = "1g";

    public StreamResult {
        entrants = List.copyOf(entrants);
        measurements = List.copyOf(measurements);
    }
}
