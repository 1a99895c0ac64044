// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts events. The capturing thread writes the counts, and any thread can read them. A reader may see a count late,
 * but counts decrease only on {@link #reset()}.
 */
public final class EventCounters {

    private static final long NEVER = -1;

    private final LongAdder total = new LongAdder();
    private final LongAdder creates = new LongAdder();
    private final LongAdder updates = new LongAdder();
    private final LongAdder deletes = new LongAdder();
    private final LongAdder reads = new LongAdder();
    private final LongAdder messages = new LongAdder();
    private final LongAdder filtered = new LongAdder();
    private final LongAdder erroneous = new LongAdder();
    private volatile long lastMillis = NEVER;

    /** The kinds of events that are counted separately. */
    public enum Kind {
        CREATE,
        UPDATE,
        DELETE,
        READ,
        MESSAGE,
        OTHER
    }

    /**
     * Counts an event.
     *
     * @param kind its kind
     * @param nowMillis the time, in milliseconds since the epoch
     */
    public void seen(Kind kind, long nowMillis) {
        total.increment();
        switch (kind) {
            case CREATE -> creates.increment();
            case UPDATE -> updates.increment();
            case DELETE -> deletes.increment();
            case READ -> reads.increment();
            case MESSAGE -> messages.increment();
            case OTHER -> {}
        }
        lastMillis = nowMillis;
    }

    /** Counts an event that a filter drops; it also counts as seen. */
    public void filtered(Kind kind, long nowMillis) {
        filtered.increment();
        seen(kind, nowMillis);
    }

    /** Counts an event that could not be processed; it also counts as seen. */
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

    public long reads() {
        return reads.sum();
    }

    public long messages() {
        return messages.sum();
    }

    public long filtered() {
        return filtered.sum();
    }

    public long erroneous() {
        return erroneous.sum();
    }

    /** Milliseconds from the last event to the given time; -1 if there was none. */
    public long millisSinceLast(long nowMillis) {
        return lastMillis == NEVER ? NEVER : nowMillis - lastMillis;
    }

    /** Sets all counts to zero. */
    public void reset() {
        total.reset();
        creates.reset();
        updates.reset();
        deletes.reset();
        reads.reset();
        messages.reset();
        filtered.reset();
        erroneous.reset();
        lastMillis = NEVER;
    }
}
