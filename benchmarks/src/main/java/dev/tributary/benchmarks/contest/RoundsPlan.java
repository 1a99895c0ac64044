// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.contest;

/**
 * The plan of a benchmark in rounds.
 *
 * @param rounds the number of rounds
 * @param rows the rows that each contestant reads in a round
 * @param warmUp the rows that each contestant reads before the first round; 0 for none
 * @param contestants who takes part
 */
public record RoundsPlan(int rounds, long rows, long warmUp, Selection contestants) {}
