// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.stream;

import dev.tributary.benchmarks.contest.Circumstances;
import dev.tributary.benchmarks.contest.Entrant;
import dev.tributary.benchmarks.contest.Measurement;
import java.util.List;

/**
 * The result of the benchmark of transactions.
 *
 * @param circumstances the machine and the versions
 * @param rounds the number of rounds for each size
 * @param rows the rows of a backlog
 * @param warmUp the rows that each contestant drained before the rounds of each size
 * @param entrants the contestants
 * @param series the measurements for each size of a transaction
 */
public record TransactionsResult(
        Circumstances circumstances, int rounds, long rows, long warmUp, List<Entrant> entrants, List<Series> series) {

    /**
     * All turns with transactions of one size.
     *
     * @param rowsPerTransaction the rows of a transaction
     * @param measurements the turns in their order, without the warm-up
     */
    public record Series(int rowsPerTransaction, List<Measurement> measurements) {

        public Series {
            measurements = List.copyOf(measurements);
        }
    }

    public TransactionsResult {
        entrants = List.copyOf(entrants);
        series = List.copyOf(series);
    }
}
