// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.stream;

import java.util.List;

/**
 * What is to be measured.
 *
 * @param rounds how many backlogs are drained by everyone
 * @param rows the rows of a backlog
 * @param warmUp the rows that everyone drains before
 * @param contestants who takes part, by id; all if empty
 */
public record StreamPlan(int rounds, long rows, long warmUp, List<String> contestants) {

    public StreamPlan {
        contestants = List.copyOf(contestants);
    }

    boolean takesPart(String id) {
        return contestants.isEmpty() || contestants.contains(id);
    }
}
