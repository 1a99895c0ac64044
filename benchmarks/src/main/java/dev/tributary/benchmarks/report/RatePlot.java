// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.report;

import dev.tributary.benchmarks.contest.Standing;
import dev.tributary.benchmarks.stream.StreamResult;
import java.util.List;
import java.util.Locale;

/**
 * A bar chart of the rates as SVG, with a line from the slowest round to the fastest. The colours follow the reader's
 * light or dark mode.
 */
final class RatePlot {

    private static final String STOCK = "stock-default";
    private static final int WIDTH = 820;
    private static final int TOP = 64;
    private static final int STEP = 44;
    private static final int BAR = 24;
    private static final int LEFT = 250;
    private static final int LONGEST = 380;
    private static final int BOTTOM = 20;

    private static final String STYLE = """
              <style>
                text { font: 14px system-ui, sans-serif; fill: #1f2328; }
                .title { font-size: 17px; font-weight: 600; }
                .faint { font-size: 12px; fill: #59636e; }
                .bare { fill: #8c959f; }
                .stock { fill: #bf8700; }
                .ours { fill: #0969da; }
                .spread { stroke: #1f2328; stroke-width: 1.5; }
                .axis { stroke: #8c959f; }
                @media (prefers-color-scheme: dark) {
                  text { fill: #e6edf3; }
                  .faint { fill: #9198a1; }
                  .bare { fill: #6e7681; }
                  .stock { fill: #d29922; }
                  .ours { fill: #4493f8; }
                  .spread { stroke: #e6edf3; }
                }
              </style>
            """;

    private final List<Standing> standings;
    private final double highest;

    RatePlot(StreamResult result) {
        this.standings = Standing.of(result.entrants(), result.measurements());
        this.highest = standings.stream().mapToDouble(Standing::fastest).max().orElse(1);
    }

    /** The picture. */
    String svg() {
        int height = TOP + standings.size() * STEP + BOTTOM;
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\""
                        + " aria-label=\"Rows per second\">%n",
                WIDTH,
                height,
                WIDTH,
                height));
        svg.append(STYLE)
                .append(text(16, 28, "title", "start", "Rows per second, from the WAL to the topic"))
                .append(text(16, 48, "faint", "start", "median of the rounds; the line spans slowest to fastest"));
        for (int i = 0; i < standings.size(); i++) {
            svg.append(bar(standings.get(i), TOP + i * STEP));
        }
        return svg.append(line("axis", LEFT, LEFT, TOP - 4, height - BOTTOM + 4))
                .append("</svg>\n")
                .toString();
    }

    private String bar(Standing one, int y) {
        int middle = y + BAR / 2;
        String bar = String.format(
                Locale.ROOT,
                "  <rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"2\"/>%n",
                side(one),
                LEFT,
                y,
                length(one.rate()),
                BAR);
        int behind = LEFT + Math.max(length(one.rate()), length(one.fastest())) + 10;
        return text(LEFT - 10, middle + 5, "name", "end", one.entrant().title())
                + bar
                + line("spread", LEFT + length(one.slowest()), LEFT + length(one.fastest()), middle, middle)
                + text(
                        behind,
                        middle + 5,
                        "value",
                        "start",
                        String.format(Locale.ROOT, "%,.0f", one.rate()) + ratio(one));
    }

    /** The ratio to Debezium with its defaults. */
    private String ratio(Standing one) {
        if (one.entrant().id().equals(STOCK)) {
            return "";
        }
        return standings.stream()
                .filter(other -> other.entrant().id().equals(STOCK))
                .map(stock -> String.format(Locale.ROOT, "  (%.1f×)", one.rate() / stock.rate()))
                .findFirst()
                .orElse("");
    }

    private int length(double rate) {
        return (int) Math.round(LONGEST * rate / highest);
    }

    private static String side(Standing one) {
        String id = one.entrant().id();
        return id.contains("-") ? id.substring(0, id.indexOf('-')) : id;
    }

    private static String line(String style, int x1, int x2, int y1, int y2) {
        return String.format(
                Locale.ROOT, "  <line class=\"%s\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>%n", style, x1, x2, y1, y2);
    }

    private static String text(int x, int y, String style, String anchor, String content) {
        String escaped = content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return String.format(
                Locale.ROOT,
                "  <text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n",
                style,
                x,
                y,
                anchor,
                escaped);
    }
}
