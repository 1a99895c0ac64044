// SPDX-License-Identifier: Apache-2.0
package dev.tributary.handover;

import java.util.List;
import java.util.function.LongSupplier;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * When the units that wait in a queue leave it, and how many of them. They leave once nothing more is ready to be read;
 * while more arrives, they are collected until they are many, or have waited for as long as Connect needed for the
 * group before. So a commit that is fast is made often, and one that is slow is made for many units.
 *
 * <p>An open unit never leaves, so the queue has to take all of it, whatever its own bounds are.
 *
 * <p>Not thread-safe: the queue that uses it has a lock.
 */
final class Groups implements Departures {

    private final Waiting waiting;
    private final Bounds bounds;
    private final Grouping grouping;
    private final Units units;
    private final LongSupplier nanoTime;
    private boolean dry;

    /** When the units that wait began to do so, in terms of {@link System#nanoTime}. */
    private long sinceNanos;

    /** When the last group left, and whether Connect is done with it. */
    private long leftNanos;

    private boolean isWithConnect;

    /** How long Connect needed for the group before. */
    private long lastNanos;

    private @Nullable RuntimeException failure;

    Groups(Waiting waiting, Bounds bounds, Grouping grouping, LongSupplier nanoTime) {
        this.waiting = waiting;
        this.bounds = bounds;
        this.grouping = grouping;
        this.units = new Units(grouping);
        this.nanoTime = nanoTime;
    }

    @Override
    public void add(SourceRecord record, long bytes, int flags) {
        dry = false;
        if (failure == null) {
            boolean isWaiting = units.isAnyComplete();
            failure = units.add(record, bytes, flags);
            beginWaiting(isWaiting);
        }
    }

    private void beginWaiting(boolean alreadyWaiting) {
        if (!alreadyWaiting && units.isAnyComplete()) {
            sinceNanos = nanoTime.getAsLong();
        }
    }

    @Override
    public void endUnit() {
        boolean isWaiting = units.isAnyComplete();
        units.end();
        beginWaiting(isWaiting);
    }

    @Override
    public void ranDry() {
        dry = true;
    }

    @Override
    public void asked() {
        if (isWithConnect) {
            isWithConnect = false;
            lastNanos = nanoTime.getAsLong() - leftNanos;
        }
    }

    @Override
    public boolean isAnyReady() {
        return units.isAnyComplete();
    }

    /** The open unit is too large, and can never leave. */
    @Override
    public @Nullable RuntimeException failure() {
        return failure;
    }

    /**
     * While no unit is complete, nobody has to wait: nothing would ever leave. The number of events is limited as well,
     * because each record takes more CPU if many are waiting; see docs/adr/0016-source-transactions.md.
     */
    @Override
    public boolean isFull(long held) {
        return failure != null
                || (units.isAnyComplete() && (waiting.size() >= bounds.events() || bounds.areReached(held)));
    }

    @Override
    public long untilDue(long pauseLeft) {
        if (!units.isAnyComplete()) {
            return Long.MAX_VALUE;
        }
        if (units.completeBytes() >= grouping.bytes()) {
            return 0;
        }
        long collecting = dry ? 0 : sinceNanos + longest() - nanoTime.getAsLong();
        return Math.max(pauseLeft, collecting);
    }

    private long longest() {
        return Math.min(grouping.longest().toNanos(), lastNanos);
    }

    /** A group has at least one unit, and further ones as long as they fit. */
    @Override
    public List<SourceRecord> take() throws InterruptedException {
        Group group = new Group();
        long before = waiting.bytes();
        do {
            int part = units.firstPart();
            for (int left = units.firstRecords(); left > 0; left--) {
                boolean joined = waiting.nextJoins();
                group.add(waiting.remove(), joined, left == 1, part);
            }
            units.remove();
        } while (units.isAnyComplete() && before - waiting.bytes() + units.firstBytes() <= grouping.bytes());
        leftNanos = nanoTime.getAsLong();
        sinceNanos = leftNanos;
        isWithConnect = true;
        return group;
    }
}
