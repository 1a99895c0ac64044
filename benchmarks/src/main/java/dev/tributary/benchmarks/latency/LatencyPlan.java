// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.latency;

import dev.tributary.benchmarks.contest.Selection;

/**
 * The plan of the latency benchmark.
 *
 * @param rounds how many times each contestant is measured
 * @param perSecond rows per second, in at most a thousand transactions
 * @param seconds how long each contestant is measured
 * @param warmUp the rows that each contestant reads before it is measured
 * @param contestants who takes part
 */
public record LatencyPlan(int rounds, int perSecond, int seconds, long warmUp, Selection contestants) {}
