// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.field;

import dev.tributary.benchmarks.contest.RoundsPlan;
import dev.tributary.benchmarks.contest.Selection;

/**
 * The plan of the benchmark of the field.
 *
 * @param scenarios which scenarios are run
 * @param rounds the rounds of each; a scenario of large rows has fewer of them
 * @param seconds how long each latency is measured; 0 to measure none
 */
public record FieldPlan(Selection scenarios, RoundsPlan rounds, int seconds) {}
