// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Finds the names that a misspelt name may stand for. It uses the optimal string alignment distance: how many letters
 * must be added, dropped, changed, or swapped with their neighbour.
 */
public final class Nearest {

    private static final int MOST = 3;

    private Nearest() {}

    /**
     * The plausible candidates, best first, at most three. A candidate is plausible if its distance, ignoring case, is
     * at most a quarter of the word's length and at most four; for a short word, one. The word itself is not suggested.
     */
    public static List<String> to(String word, Collection<String> candidates) {
        record Scored(String candidate, int distance) {}
        var plausible = Math.max(1, Math.min(4, word.length() / 4));
        var lowerCase = word.toLowerCase(Locale.ROOT);
        return candidates.stream()
                .distinct()
                .filter(candidate -> !candidate.equals(word))
                .filter(candidate -> Math.abs(candidate.length() - word.length()) <= plausible)
                .map(candidate -> new Scored(candidate, distance(lowerCase, candidate.toLowerCase(Locale.ROOT))))
                .filter(scored -> scored.distance() <= plausible)
                .sorted(Comparator.comparingInt(Scored::distance).thenComparing(Scored::candidate))
                .limit(MOST)
                .map(Scored::candidate)
                .toList();
    }

    private static int distance(String a, String b) {
        var beforeLast = new int[b.length() + 1];
        var last = new int[b.length() + 1];
        var row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(last[j], row[j - 1]) + 1, last[j - 1] + changed);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            var spare = beforeLast;
            beforeLast = last;
            last = row;
            row = spare;
        }
        return last[b.length()];
    }
}
