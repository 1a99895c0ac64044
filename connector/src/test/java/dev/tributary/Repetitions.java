// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds what a document in Markdown says twice: a run of words outside of tables and code, or two rows of tables with
 * the same first two cells, unless the first is empty.
 *
 * @param run how many words in a row are too many
 */
record Repetitions(int run) {

    /** The numbers and texts of the lines where a repetition ends. */
    List<String> in(List<String> lines) {
        List<String> found = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Deque<String> words = new ArrayDeque<>();
        boolean code = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            boolean fence = line.startsWith("```");
            code ^= fence;
            boolean repeated = false;
            if (code || fence || line.isEmpty() || line.startsWith("|")) {
                words.clear();
                repeated = !code && isRow(line) && !isHeader(lines, i) && !seen.add(firstCells(line));
            } else {
                for (String word : line.split("\\s+", -1)) {
                    words.add(word);
                    if (words.size() == run) {
                        repeated |= !seen.add(String.join(" ", words));
                        words.remove();
                    }
                }
            }
            if (repeated) {
                found.add(i + 1 + ": " + line);
            }
        }
        return found;
    }

    /** Whether it is a row of a table with something in its first cell. */
    private static boolean isRow(String line) {
        return line.matches("\\|[^|]*[\\p{L}\\d][^|]*\\|[^|]*[\\p{L}\\d][^|]*\\|.*");
    }

    private static boolean isHeader(List<String> lines, int index) {
        return index + 1 < lines.size() && lines.get(index + 1).matches("\\|[\\s:|-]+");
    }

    private static String firstCells(String row) {
        int second = row.indexOf('|', 1);
        return row.substring(0, row.indexOf('|', second + 1));
    }
}
