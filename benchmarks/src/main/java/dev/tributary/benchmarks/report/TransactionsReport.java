// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.report;

import dev.tributary.benchmarks.contest.Entrant;
import dev.tributary.benchmarks.contest.Standing;
import dev.tributary.benchmarks.stream.TransactionsResult;
import dev.tributary.benchmarks.stream.TransactionsResult.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Reports what exactly-once delivery costs. */
public final class TransactionsReport {

    private static final String AT_LEAST_ONCE = "ours";
    private static final String CONNECTOR = "ours-connector";
    private static final List<String> STOCK = List.of("stock-poll", "stock-tuned-poll");

    /** At this size, the cost of a commit is spread over many rows. */
    private static final int LARGE = 1_000;

    private static final double PERCENT_IF_LARGE = 95;
    private static final double PERCENT_IF_SMALL = 85;
    private static final double TIMES_STOCK = 2.7;

    private final TransactionsResult result;

    public TransactionsReport(TransactionsResult result) {
        this.result = result;
    }

    /** All entrants, with three columns for each size; a dash for a ratio to one that did not take part. */
    public Table table() {
        List<String> head = new ArrayList<>(List.of("rows per transaction"));
        for (Series series : result.series()) {
            head.addAll(List.of(series.rowsPerTransaction() + ": rows/s", "of at-least-once", "× Debezium"));
        }
        return new Table(head, result.entrants().stream().map(this::row).toList());
    }

    private List<String> row(Entrant entrant) {
        List<String> row = new ArrayList<>(List.of(entrant.title()));
        for (Series series : result.series()) {
            Standings standings = standings(series);
            Optional<Standing> one = standings.of(entrant.id());
            row.add(one.map(own -> String.format(Locale.ROOT, "%,.0f", own.rate()))
                    .orElse("–"));
            row.add(ratio(one, standings.of(AT_LEAST_ONCE), "%.0f%%", 100));
            row.add(ratio(one, bestStock(standings), "%.2f", 1));
        }
        return row;
    }

    private static String ratio(Optional<Standing> one, Optional<Standing> base, String format, double factor) {
        return one.flatMap(own ->
                        base.map(other -> String.format(Locale.ROOT, format, factor * own.rate() / other.rate())))
                .orElse("–");
    }

    /** The targets of Tributary that this run can check. */
    public List<Target> targets() {
        return result.series().stream().flatMap(this::targets).toList();
    }

    private Stream<Target> targets(Series series) {
        int size = series.rowsPerTransaction();
        Standings standings = standings(series);
        String of = "transactions of " + size + (size == 1 ? " row" : " rows");
        return Stream.of(
                        standings.percentOf(
                                AT_LEAST_ONCE,
                                CONNECTOR,
                                "rows/s, " + of + ", relative to at least once",
                                size >= LARGE ? PERCENT_IF_LARGE : PERCENT_IF_SMALL),
                        bestStock(standings)
                                .flatMap(best -> standings.timesOf(
                                        best.entrant().id(),
                                        CONNECTOR,
                                        "rows/s, " + of + ", relative to Debezium exactly once",
                                        TIMES_STOCK)))
                .flatMap(Optional::stream);
    }

    private static Optional<Standing> bestStock(Standings standings) {
        return STOCK.stream().flatMap(id -> standings.of(id).stream()).max(Comparator.comparingDouble(Standing::rate));
    }

    private Standings standings(Series series) {
        return Standings.of(result.entrants(), series.measurements());
    }
}
