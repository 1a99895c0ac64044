// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sampledb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Records the statements instead of running them, and returns keys in ascending order. */
final class RecordedTransaction implements ShopTransaction {

    final List<String> statements = new ArrayList<>();
    ShopCounts counts = ShopCounts.NONE;
    private long key = 1_000;

    @Override
    public long insertReturningKey(String table, String sql, Object... values) {
        change(RowOperation.INSERT, table, sql, values);
        return key++;
    }

    @Override
    public void change(RowOperation operation, String table, String sql, Object... values) {
        statements.add(sql + " " + List.of(values));
        counts = counts.plus(new ShopCounts(Map.of(table, Map.of(operation, 1L))));
    }
}
