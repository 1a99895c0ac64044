// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.stream;

import dev.tributary.benchmarks.contest.Circumstances;
import dev.tributary.benchmarks.contest.Entrant;
import dev.tributary.benchmarks.contest.Measurement;
import java.util.List;

/**
 * The result of the stream benchmark.
 *
 * @param circumstances the machine and the versions
 * @param table the statement that created the table
 * @param rounds the number of rounds
 * @param rows the rows of a backlog
 * @param rowsPerTransaction the rows of a transaction
 * @param warmUp the rows that each contestant drained in the warm-up
 * @param rowTextBytes the average size of a row as text, as pgoutput sends it
 * @param entrants the contestants
 * @param measurements all turns, in their order, without the warm-up
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

    /** The maximum heap of each worker. */
    public static final String HEAP = "1g";

    public StreamResult {
        entrants = List.copyOf(entrants);
        measurements = List.copyOf(measurements);
    }
}
