// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.demo;

import dev.tributary.sampledb.RowOperation;
import dev.tributary.sampledb.ShopCounts;
import dev.tributary.sampledb.ShopDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The events that have arrived: exact counts by table and operation, and the latencies of all but the snapshot's. */
final class Arrivals {

    private final Map<Cell, LongAdder> counts = new ConcurrentHashMap<>();
    private final Latencies latencies = new Latencies();

    private record Cell(String table, ChangeEvent.Operation operation) {}

    void add(ChangeEvent event) {
        counts.computeIfAbsent(new Cell(event.table(), event.operation()), cell -> new LongAdder())
                .increment();
        if (event.operation() != ChangeEvent.Operation.READ) {
            latencies.add(event.latencyMillis());
        }
    }

    Latencies latencies() {
        return latencies;
    }

    long of(String table, ChangeEvent.Operation operation) {
        LongAdder count = counts.get(new Cell(table, operation));
        return count == null ? 0 : count.sum();
    }

    long total() {
        return counts.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** Whether the snapshot has delivered at least so many rows of each table. */
    boolean hasRead(Map<String, Long> rows) {
        return rows.entrySet().stream()
                .allMatch(table -> of(table.getKey(), ChangeEvent.Operation.READ) >= table.getValue());
    }

    /**
     * The changes that were committed and have not arrived, one line for each table and operation; empty if all have.
     */
    List<String> missing(ShopCounts committed) {
        List<String> missing = new ArrayList<>();
        for (String table : ShopDatabase.TABLES) {
            for (RowOperation operation : RowOperation.values()) {
                long expected = committed.of(table, operation);
                long arrived = of(table, ChangeEvent.Operation.valueOf(operation.name()));
                if (arrived < expected) {
                    missing.add(String.format(
                            Locale.ROOT, "%s %s: %d of %d arrived", table, name(operation), arrived, expected));
                }
            }
        }
        return missing;
    }

    /** The tables and operations without a single event. */
    List<String> never() {
        List<String> never = new ArrayList<>();
        for (String table : ShopDatabase.TABLES) {
            for (ChangeEvent.Operation operation : ChangeEvent.Operation.values()) {
                if (of(table, operation) == 0) {
                    never.add(table + " " + name(operation));
                }
            }
        }
        return never;
    }

    private static String name(Enum<?> operation) {
        return operation.name().toLowerCase(Locale.ROOT);
    }
}
