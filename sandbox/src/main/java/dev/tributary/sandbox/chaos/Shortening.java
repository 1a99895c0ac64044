// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Looks for fewer steps that still fail: first halves, then without single ones. */
final class Shortening {

    /** How many runs it may take. */
    private static final int RUNS = 8;

    private final Trial trial;
    private final Set<Set<Integer>> tried = new HashSet<>();

    /** @param trial runs some steps */
    Shortening(Trial trial) {
        this.trial = trial;
    }

    /** Runs some steps; returns whether that fails. */
    @FunctionalInterface
    interface Trial {
        boolean fails(Set<Integer> steps) throws Exception;
    }

    /** The fewest steps that were found to fail; all of them if no fewer were. */
    Set<Integer> of(Set<Integer> steps) throws Exception {
        Set<Integer> failing = new TreeSet<>(steps);
        boolean shorter = true;
        while (shorter && failing.size() > 1) {
            shorter = false;
            for (Set<Integer> fewer : fewer(failing)) {
                if (tried.size() < RUNS && tried.add(fewer) && trial.fails(fewer)) {
                    failing = fewer;
                    shorter = true;
                    break;
                }
            }
        }
        return failing;
    }

    private static List<Set<Integer>> fewer(Set<Integer> steps) {
        List<Integer> all = List.copyOf(new TreeSet<>(steps));
        List<Set<Integer>> fewer = new ArrayList<>();
        int half = all.size() / 2;
        // What happened last is the most likely cause.
        fewer.add(new TreeSet<>(all.subList(half, all.size())));
        fewer.add(new TreeSet<>(all.subList(0, half)));
        if (all.size() > 2) {
            for (Integer step : all) {
                Set<Integer> without = new TreeSet<>(all);
                without.remove(step);
                fewer.add(without);
            }
        }
        return fewer;
    }
}
