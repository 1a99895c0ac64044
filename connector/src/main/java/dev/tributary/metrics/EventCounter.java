// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the events of one kind of one table. Each record carries the one that counts it, so that counting needs no
 * look-up. Any thread may count.
 */
public final class EventCounter {

    private final TableEvents table;
    private final LongAdder count = new LongAdder();

    EventCounter(TableEvents table) {
        this.table = table;
    }

    /** @param nowMillis the time, in milliseconds since the epoch */
    void add(long nowMillis) {
        count.increment();
        table.seen(nowMillis);
    }

    TableEvents table() {
        return table;
    }

    long sum() {
        return count.sum();
    }

    /** Takes over what another one has counted. */
    void take(EventCounter other) {
        count.add(other.count.sumThenReset());
    }
}
