// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows under a head, as text for a terminal or as Markdown. The first column is words, the others are numbers.
 *
 * @param head the names of the columns
 * @param rows the rows, each with as many cells
 */
record Table(List<String> head, List<List<String>> rows) {

    Table {
        head = List.copyOf(head);
        rows = rows.stream().map(List::copyOf).toList();
    }

    /** Aligned columns, lines of up to any width. */
    String text() {
        List<List<String>> all = new ArrayList<>();
        all.add(head);
        all.addAll(rows);
        int[] widths = IntStream.range(0, head.size())
                .map(column -> all.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return all.stream().map(row -> line(row, widths)).collect(Collectors.joining("\n"));
    }

    private static String line(List<String> row, int[] widths) {
        return IntStream.range(0, row.size())
                .mapToObj(column -> {
                    String cell = row.get(column);
                    String padding = " ".repeat(widths[column] - cell.length());
                    return column == 0 ? cell + padding : padding + cell;
                })
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }

    String markdown() {
        String rule = "|---|" + "---:|".repeat(head.size() - 1);
        return "|" + cells(head) + "|\n" + rule + "\n"
                + rows.stream().map(row -> "|" + cells(row) + "|").collect(Collectors.joining("\n"));
    }

    private static String cells(List<String> row) {
        return row.stream().map(cell -> " " + cell + " ").collect(Collectors.joining("|"));
    }
}
