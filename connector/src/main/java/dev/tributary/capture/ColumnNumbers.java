// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which numbers the columns of a relation message have in their table.
 *
 * <p>The message has their names only, as they were when the change was made, in the order of their numbers. What is
 * known of numbers and names is of other moments: the catalog may be ahead of the stream, an offset is behind. So a
 * name alone decides nothing. Of all ways to give each column a number that its name is known for, those count that
 * keep the order and explain most columns. A column that none of them explains may have any number that the order
 * leaves to it.
 */
final class ColumnNumbers {

    private final List<String> columns;

    /** Of each column: the numbers that explain it. */
    private final List<TreeSet<Integer>> explained = new ArrayList<>();

    /** Of each column: whether every way explains it. */
    private final boolean[] sure;

    /** The numbers that every way gives to a column. */
    private final Set<Integer> taken = new HashSet<>();

    private final int[] lowest;
    private final int[] highest;

    /**
     * @param column the index of a column in the message
     * @param number a number that its name is known for
     */
    private record Match(int column, int number) {

        boolean isBefore(Match other) {
            return column < other.column && number < other.number;
        }
    }

    /**
     * @param columns the names of the message, in its order
     * @param known the numbers that columns of each name have, or had
     */
    ColumnNumbers(List<String> columns, Map<String, Set<Integer>> known) {
        this.columns = columns;
        this.sure = new boolean[columns.size()];
        this.lowest = new int[columns.size()];
        this.highest = new int[columns.size()];
        columns.forEach(any -> explained.add(new TreeSet<>()));
        List<Match> matches = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            for (int number : known.getOrDefault(columns.get(i), Set.of())) {
                matches.add(new Match(i, number));
            }
        }
        longestChains(matches).forEach(this::addStep);
        setBounds();
    }

    /** Returns the longest increasing chains: for each step of them, the matches that one of the chains has there. */
    private static List<List<Match>> longestChains(List<Match> matches) {
        int[] before = new int[matches.size()];
        int[] after = new int[matches.size()];
        for (int i = 0; i < matches.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (before[j] >= before[i] && matches.get(j).isBefore(matches.get(i))) {
                    before[i] = before[j] + 1;
                }
            }
        }
        int length = 0;
        for (int i = matches.size() - 1; i >= 0; i--) {
            for (int j = i + 1; j < matches.size(); j++) {
                if (after[j] >= after[i] && matches.get(i).isBefore(matches.get(j))) {
                    after[i] = after[j] + 1;
                }
            }
            length = Math.max(length, before[i] + after[i] + 1);
        }
        List<List<Match>> steps = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            steps.add(new ArrayList<>());
        }
        for (int i = 0; i < matches.size(); i++) {
            if (before[i] + after[i] + 1 == length) {
                steps.get(before[i]).add(matches.get(i));
            }
        }
        return steps;
    }

    private void addStep(List<Match> step) {
        step.forEach(match -> explained.get(match.column()).add(match.number()));
        Match first = step.get(0);
        if (step.stream().allMatch(match -> match.column() == first.column())) {
            sure[first.column()] = true;
        }
        if (step.stream().allMatch(match -> match.number() == first.number())) {
            taken.add(first.number());
        }
    }

    private void setBounds() {
        int low = 0;
        for (int i = 0; i < lowest.length; i++) {
            low = sure[i] ? Math.max(low + 1, explained.get(i).first()) : low + 1;
            lowest[i] = low;
        }
        int high = Integer.MAX_VALUE;
        for (int i = highest.length - 1; i >= 0; i--) {
            high = sure[i] ? Math.min(high - 1, explained.get(i).last()) : high - 1;
            highest[i] = high;
        }
    }

    /** Returns the columns that may have a number. */
    List<String> candidates(int number) {
        List<String> candidates = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            boolean isOpen = !sure[i] && lowest[i] <= number && number <= highest[i] && !taken.contains(number);
            if (isOpen || explained.get(i).contains(number)) {
                candidates.add(columns.get(i));
            }
        }
        return candidates;
    }

    /** Returns the number of the column at an index; 0 if it may have several. */
    int of(int column) {
        TreeSet<Integer> numbers = explained.get(column);
        if (sure[column]) {
            return numbers.size() == 1 ? numbers.first() : 0;
        }
        return lowest[column] == highest[column] ? lowest[column] : 0;
    }
}
