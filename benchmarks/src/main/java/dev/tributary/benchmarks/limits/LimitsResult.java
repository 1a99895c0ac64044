// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.limits;

import dev.tributary.benchmarks.contest.Circumstances;
import java.util.List;

/**
 * What a small heap survived.
 *
 * @param circumstances where and with what
 * @param heap the worker's largest heap, as {@code -Xmx} takes it
 * @param trials what it was given, and what became of it
 */
public record LimitsResult(Circumstances circumstances, String heap, List<Trial> trials) {

    public LimitsResult {
        trials = List.copyOf(trials);
    }
}
