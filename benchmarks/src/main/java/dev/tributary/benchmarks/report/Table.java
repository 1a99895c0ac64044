// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table, as text for a terminal or as Markdown. Columns of numbers are aligned to the right.
 *
 * @param head the names of the columns
 * @param rows the rows, each with as many cells
 */
record Table(List<String> head, List<List<String>> rows) {

    Table {
        head = List.copyOf(head);
        rows = rows.stream().map(List::copyOf).toList();
    }

    /** The table as text with aligned columns, of any width. */
    String text() {
        List<List<String>> all = new ArrayList<>();
        all.add(head);
        all.addAll(rows);
        int[] widths = columns()
                .map(column -> all.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return all.stream().map(row -> line(row, widths)).collect(Collectors.joining("\n"));
    }

    private String line(List<String> row, int[] widths) {
        return columns()
                .mapToObj(column -> {
                    String cell = row.get(column);
                    String padding = " ".repeat(widths[column] - cell.length());
                    return isNumbers(column) ? padding + cell : cell + padding;
                })
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }

    String markdown() {
        String rule = columns()
                .mapToObj(column -> isNumbers(column) ? "---:|" : "---|")
                .collect(Collectors.joining("", "|", "\n"));
        return "|" + cells(head) + "|\n" + rule
                + rows.stream().map(row -> "|" + cells(row) + "|").collect(Collectors.joining("\n"));
    }

    private IntStream columns() {
        return IntStream.range(0, head.size());
    }

    /** Whether all cells of the column are numbers, with or without a unit. */
    private boolean isNumbers(int column) {
        return column > 0
                && rows.stream().allMatch(row -> row.get(column).matches("[≤≥ ]*[\\d.,]+\\S{0,2}( .{0,5})?|–"));
    }

    private static String cells(List<String> row) {
        return row.stream().map(cell -> " " + cell + " ").collect(Collectors.joining("|"));
    }
}
