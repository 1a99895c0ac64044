// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.load;

import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** How transactions ended. */
final class LoadCounts {

    final LongAdder committed = new LongAdder();
    final LongAdder rolledBack = new LongAdder();
    final LongAdder largeEnded = new LongAdder();
    private final ConcurrentMap<String, LongAdder> failures = new ConcurrentHashMap<>();

    void failed(SQLException failure) {
        String state = failure.getSQLState();
        count(state == null ? "none" : state);
    }

    void failed(RuntimeException failure) {
        count(failure.getClass().getSimpleName());
    }

    Map<String, Long> failures() {
        Map<String, Long> sums = new TreeMap<>();
        failures.forEach((state, count) -> sums.put(state, count.sum()));
        return sums;
    }

    private void count(String kind) {
        failures.computeIfAbsent(kind, any -> new LongAdder()).increment();
    }
}
