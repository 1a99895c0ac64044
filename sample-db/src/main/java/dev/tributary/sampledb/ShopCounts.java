// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sampledb;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The number of rows that were inserted, updated and deleted in committed transactions, by table.
 *
 * @param byTable the rows of each operation, for each changed table
 */
public record ShopCounts(Map<String, Map<RowOperation, Long>> byTable) {

    static final ShopCounts NONE = new ShopCounts(Map.of());

    public ShopCounts {
        Map<String, Map<RowOperation, Long>> copy = new TreeMap<>();
        byTable.forEach((table, rows) -> copy.put(table, Collections.unmodifiableMap(new EnumMap<>(rows))));
        byTable = Collections.unmodifiableMap(copy);
    }

    /** The number of rows of one table and operation. */
    public long of(String table, RowOperation operation) {
        return byTable.getOrDefault(table, Map.of()).getOrDefault(operation, 0L);
    }

    /** The number of all rows. */
    public long total() {
        return byTable.values().stream()
                .flatMap(rows -> rows.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    ShopCounts plus(ShopCounts more) {
        Map<String, Map<RowOperation, Long>> sum = new TreeMap<>();
        byTable.forEach((table, rows) -> sum.put(table, new EnumMap<>(rows)));
        more.byTable.forEach((table, rows) -> {
            Map<RowOperation, Long> before = sum.computeIfAbsent(table, t -> new EnumMap<>(RowOperation.class));
            rows.forEach((operation, count) -> before.merge(operation, count, Long::sum));
        });
        return new ShopCounts(sum);
    }
}
