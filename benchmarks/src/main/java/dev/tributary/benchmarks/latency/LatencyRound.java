// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.latency;

/**
 * One measurement of one contestant's latency.
 *
 * @param contestant the id of the contestant
 * @param round the round, from 1
 * @param sent the number of rows that were committed
 * @param perSecond the actual rate of commits
 * @param latency from when the commit was due to the consumer's receipt, in milliseconds
 * @param commit from when the commit was due to its return, in milliseconds; part of the latency
 */
public record LatencyRound(
        String contestant, int round, int sent, double perSecond, Percentiles latency, Percentiles commit) {}
