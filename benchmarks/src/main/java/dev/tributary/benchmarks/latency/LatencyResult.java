// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.latency;

import dev.tributary.benchmarks.contest.Circumstances;
import dev.tributary.benchmarks.contest.Entrant;
import java.util.List;

/**
 * All that was measured of how long a change takes.
 *
 * @param circumstances where and with what
 * @param perSecond transactions per second, of one row each
 * @param seconds how long each was measured
 * @param warmUp the rows that each drained before
 * @param entrants who took part
 * @param rounds every measurement
 */
public record LatencyResult(
        Circumstances circumstances,
        int perSecond,
        int seconds,
        long warmUp,
        List<Entrant> entrants,
        List<LatencyRound> rounds) {

    public LatencyResult {
        entrants = List.copyOf(entrants);
        rounds = List.copyOf(rounds);
    }
}
