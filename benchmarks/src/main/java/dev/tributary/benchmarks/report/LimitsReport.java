// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.report;

import dev.tributary.benchmarks.limits.LimitsResult;
import dev.tributary.benchmarks.limits.Trial;
import java.util.List;
import java.util.Locale;

/** Reports the outcomes with a small heap. */
public final class LimitsReport {

    private static final double MEGA = 1 << 20;

    private final LimitsResult result;

    public LimitsReport(LimitsResult result) {
        this.result = result;
    }

    /** Every trial. */
    public Table table() {
        List<String> head = List.of(
                "heap " + result.heap(), "records", "s", "peak heap", "peak process", "GCs", "GC ms", "outcome");
        return new Table(head, result.trials().stream().map(LimitsReport::row).toList());
    }

    private static List<String> row(Trial trial) {
        return List.of(
                trial.what(),
                String.format(Locale.ROOT, "%,d", trial.records()),
                String.format(Locale.ROOT, "%.1f", trial.seconds()),
                megabytes(trial.peakHeapBytes()),
                megabytes(trial.peakResidentBytes()),
                Long.toString(trial.gcCount()),
                Long.toString(trial.gcMillis()),
                trial.outcome());
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.0f MB", bytes / MEGA);
    }
}
