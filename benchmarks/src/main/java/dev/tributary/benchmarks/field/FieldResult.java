// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.field;

import dev.tributary.benchmarks.contest.Circumstances;
import dev.tributary.benchmarks.contest.Entrant;
import dev.tributary.benchmarks.contest.Measurement;
import dev.tributary.benchmarks.latency.LatencyResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of the benchmark of the field.
 *
 * @param circumstances the machine and the versions
 * @param rounds the number of rounds
 * @param series the measurements of each scenario
 * @param latencies the latencies at each rate
 * @param profile what the worker with README's configuration spends its CPU time on; null if it was not taken
 */
public record FieldResult(
        Circumstances circumstances,
        int rounds,
        List<Series> series,
        List<LatencyResult> latencies,
        @Nullable WorkerProfile profile) {

    /**
     * All turns of a scenario.
     *
     * @param id the id of the scenario, with which the ids of its entrants begin
     * @param title what was written
     * @param rows the rows of a round
     * @param warmUp the rows of the warm-up
     * @param entrants the contestants
     * @param measurements the turns in their order, without the warm-up
     */
    public record Series(
            String id, String title, long rows, long warmUp, List<Entrant> entrants, List<Measurement> measurements) {

        public Series {
            entrants = List.copyOf(entrants);
            measurements = List.copyOf(measurements);
        }
    }

    public FieldResult {
        series = List.copyOf(series);
        latencies = List.copyOf(latencies);
    }
}
