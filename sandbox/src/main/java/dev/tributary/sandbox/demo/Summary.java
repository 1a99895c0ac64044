// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.demo;

import dev.tributary.sampledb.ShopCounts;
import dev.tributary.sampledb.ShopDatabase;
import java.util.List;

/**
 * What came of it: the events by table, their latency, and whether anything is missing.
 *
 * @param arrivals what arrived
 * @param committed what was committed
 */
record Summary(Arrivals arrivals, ShopCounts committed) {

    void print(Screen screen) {
        screen.line("");
        String title = String.format("%-16s %9s %9s %9s %9s", "table", "read", "insert", "update", "delete");
        screen.line("%s", screen.paint(Screen.Tone.STRONG, title));
        for (String table : ShopDatabase.TABLES) {
            screen.line(
                    "%-16s %,9d %,9d %,9d %,9d",
                    table,
                    arrivals.of(table, ChangeEvent.Operation.READ),
                    arrivals.of(table, ChangeEvent.Operation.INSERT),
                    arrivals.of(table, ChangeEvent.Operation.UPDATE),
                    arrivals.of(table, ChangeEvent.Operation.DELETE));
        }
        screen.line("");
        Latencies latencies = arrivals.latencies();
        screen.line(
                "From commit to arrival: half within %d ms, 99 of 100 within %d ms (p50, p99)",
                latencies.percentile(0.5), latencies.percentile(0.99));
        List<String> missing = arrivals.missing(committed);
        if (missing.isEmpty()) {
            screen.line("All %,d committed row changes arrived", committed.total());
        } else {
            screen.line("Not arrived: %s", String.join("; ", missing));
        }
    }
}
