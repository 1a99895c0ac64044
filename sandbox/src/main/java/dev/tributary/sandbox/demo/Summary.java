// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.demo;

import dev.tributary.sampledb.ShopCounts;
import dev.tributary.sampledb.ShopDatabase;
import java.util.List;

/**
 * The summary of the demo: the events by table, their latency, and the missing changes.
 *
 * @param arrivals the events that arrived
 * @param committed the changes that were committed
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
                "Latency from commit to arrival: p50 %d ms, p99 %d ms",
                latencies.percentile(0.5), latencies.percentile(0.99));
        List<String> missing = arrivals.missing(committed);
        if (missing.isEmpty()) {
            screen.line("All %,d committed row changes arrived", committed.total());
        } else {
            screen.line("Missing: %s", String.join("; ", missing));
        }
    }
}
