// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.latency;

import dev.tributary.benchmarks.contest.Selection;

/**
 * What is to be measured.
 *
 * @param rounds how often each is measured
 * @param perSecond transactions per second, of one row each
 * @param seconds how long each is measured
 * @param warmUp the rows that each drains before
 * @param contestants who takes part
 */
public record LatencyPlan(int rounds, int perSecond, int seconds, long warmUp, Selection contestants) {}
