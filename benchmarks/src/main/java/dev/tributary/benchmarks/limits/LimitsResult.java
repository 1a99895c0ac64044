// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.limits;

import dev.tributary.benchmarks.contest.Circumstances;
import java.util.List;

/**
 * The result of the test with a small heap.
 *
 * @param circumstances the machine and the versions
 * @param heap the maximum heap of the worker, as in {@code -Xmx}
 * @param trials the loads and their outcomes
 */
public record LimitsResult(Circumstances circumstances, String heap, List<Trial> trials) {

    public LimitsResult {
        trials = List.copyOf(trials);
    }
}
