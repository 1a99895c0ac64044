// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts events. Written by the thread that captures, read by whoever looks: a count seen by a reader may lag behind, it
 * never goes back but by {@link #reset()}.
 */
public final class EventCounters {

    private static final long NEVER = -1;

    private final LongAdder total = new LongAdder();
    private final LongAdder creates = new LongAdder();
    private final LongAdder updates = new LongAdder();
    private final LongAdder deletes = new LongAdder();
    private final LongAdder filtered = new LongAdder();
    private final LongAdder erroneous = new LongAdder();
    private volatile long lastMillis = NEVER;

    /** What an event does to a row, as far as it is counted apart. */
    public enum Kind {
        CREATE,
        UPDATE,
        DELETE,
        OTHER
    }

    /**
     * Counts an event.
     *
     * @param kind what it does
     * @param nowMillis the time, in milliseconds since the epoch
     */
    public void seen(Kind kind, long nowMillis) {
        total.increment();
        switch (kind) {
            case CREATE -> creates.increment();
            case UPDATE -> updates.increment();
            case DELETE -> deletes.increment();
            case OTHER -> {}
        }
        lastMillis = nowMillis;
    }

    /** Counts an event that no filter lets through; it is also an event seen. */
    public void filtered(Kind kind, long nowMillis) {
        filtered.increment();
        seen(kind, nowMillis);
    }

    /** Counts an event that could not be processed; it is also an event seen. */
    public void erroneous(Kind kind, long nowMillis) {
        erroneous.increment();
        seen(kind, nowMillis);
    }

    public long total() {
        return total.sum();
    }

    public long creates() {
        return creates.sum();
    }

    public long updates() {
        return updates.sum();
    }

    public long deletes() {
        return deletes.sum();
    }

    public long filtered() {
        return filtered.sum();
    }

    public long erroneous() {
        return erroneous.sum();
    }

    /** Milliseconds from the last event to the given time; -1 when there has been none. */
    public long millisSinceLast(long nowMillis) {
        return lastMillis == NEVER ? NEVER : nowMillis - lastMillis;
    }

    /** Starts from zero. */
    public void reset() {
        total.reset();
        creates.reset();
        updates.reset();
        deletes.reset();
        filtered.reset();
        erroneous.reset();
        lastMillis = NEVER;
    }
}
