// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.report;

import dev.tributary.benchmarks.contest.Circumstances;
import dev.tributary.benchmarks.contest.Entrant;
import dev.tributary.benchmarks.field.FieldResult;
import dev.tributary.benchmarks.latency.LatencyResult;
import dev.tributary.benchmarks.limits.LimitsResult;
import dev.tributary.benchmarks.snapshot.SnapshotResult;
import dev.tributary.benchmarks.stream.StreamResult;
import dev.tributary.benchmarks.stream.TransactionsResult;
import dev.tributary.benchmarks.transforms.TransformsResult;
import java.io.PrintStream;
import java.util.List;

/**
 * Prints results.
 *
 * @param out the output
 */
public record Screen(PrintStream out) {

    public void show(StreamResult result) {
        StreamReport report = new StreamReport(result);
        begin(result.circumstances(), result.entrants());
        rounds(result.rounds(), result.rows());
        end(report.table(), report.targets());
    }

    public void show(FieldResult result) {
        FieldReport report = new FieldReport(result);
        begin(result.circumstances(), List.of());
        out.println(result.rounds() + " rounds, medians\n");
        out.println(report.table().text() + "\n");
        out.println(report.producers().text() + "\n");
        report.profile().ifPresent(profile -> out.println(profile.text() + "\n"));
        end(report.latencies(), report.targets());
    }

    public void show(TransactionsResult result) {
        TransactionsReport report = new TransactionsReport(result);
        begin(result.circumstances(), result.entrants());
        rounds(result.rounds(), result.rows());
        end(report.table(), report.targets());
    }

    public void show(SnapshotResult result) {
        SnapshotReport report = new SnapshotReport(result);
        begin(result.circumstances(), result.entrants());
        rounds(result.rounds(), result.rows());
        end(report.table(), report.targets());
    }

    public void show(LatencyResult result) {
        LatencyReport report = new LatencyReport(result);
        begin(result.circumstances(), result.entrants());
        end(report.table(), report.targets());
    }

    public void show(LimitsResult result) {
        begin(result.circumstances(), List.of());
        end(new LimitsReport(result).table(), List.of());
    }

    public void show(TransformsResult result) {
        TransformsReport report = new TransformsReport(result);
        out.println();
        Where.lines(result).forEach(out::println);
        out.println();
        end(report.table(), report.targets());
    }

    private void begin(Circumstances circumstances, List<Entrant> entrants) {
        out.println();
        Where.lines(circumstances).forEach(out::println);
        if (!entrants.isEmpty()) {
            out.println("\n" + Configurations.of(entrants));
        }
        out.println();
    }

    private void rounds(int rounds, long rows) {
        out.println(rounds + " rounds of " + rows + " rows, medians\n");
    }

    private void end(Table table, List<Target> targets) {
        out.println(table.text());
        if (!targets.isEmpty()) {
            out.println("\n" + Target.table(targets).text());
        }
    }
}
