// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.latency;

import dev.tributary.benchmarks.contest.Circumstances;
import dev.tributary.benchmarks.contest.Entrant;
import java.util.List;

/**
 * The result of the latency benchmark.
 *
 * @param circumstances the machine and the versions
 * @param perSecond rows per second, in at most a thousand transactions
 * @param seconds how long each contestant was measured
 * @param warmUp the rows that each contestant had read before
 * @param fromDue whether the latency counts from when a commit was due; otherwise from when it was sent, as in runs
 *     before November 30, 2026
 * @param entrants the contestants
 * @param rounds every measurement
 */
public record LatencyResult(
        Circumstances circumstances,
        int perSecond,
        int seconds,
        long warmUp,
        boolean fromDue,
        List<Entrant> entrants,
        List<LatencyRound> rounds) {

    public LatencyResult {
        entrants = List.copyOf(entrants);
        rounds = List.copyOf(rounds);
    }
}
