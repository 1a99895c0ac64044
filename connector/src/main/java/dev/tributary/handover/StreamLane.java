// SPDX-License-Identifier: Apache-2.0
package dev.tributary.handover;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Collects the records of one capturing thread and hands them to the queue in batches: waking the polling thread for
 * each record would cost more than the record itself.
 *
 * <p>Records that other threads add meanwhile queue up after the collected ones. A snapshot row must not overtake an
 * older change of the same row, and no offset may leave before the records it covers.
 */
final class StreamLane implements RecordLane {

    private static final int LARGEST_BATCH = 512;
    private static final long LARGEST_BATCH_BYTES = 1 << 20;
    private static final long BETWEEN_BATCHES_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private final ArrivalQueue queue;
    private final Thread thread;
    private final Stamp stamp;
    private final RecordBatch batch = new RecordBatch(LARGEST_BATCH);

    /** Guards the batch, and the order in which records are added. */
    private final ReentrantLock lock = new ReentrantLock();

    private long lastFlushNanos;
    private boolean lastJoinsNext;
    private volatile @Nullable Map<String, ?> lastOffset;

    /** How many units are open, one within the other, and the flags of the records of the outermost. */
    private int openUnits;

    private int unitFlags = RecordBatch.ENDS_UNIT;

    /** Whether the queue knows that nothing more is ready to be read. */
    private boolean knownAsDry;

    StreamLane(ArrivalQueue queue, Thread thread, Stamp stamp) {
        this.queue = queue;
        this.thread = thread;
        this.stamp = stamp;
        this.lastFlushNanos = System.nanoTime();
    }

    boolean isOfCurrentThread() {
        return thread == Thread.currentThread();
    }

    /** Adds a record that Debezium's parts made on this lane's thread. */
    void addStamped(SourceRecord record) throws InterruptedException {
        Stamped stamped = stamp.stamp(record);
        add(stamped.record(), Footprint.of(stamped.record()), stamped.joinsNext());
    }

    /**
     * Adds a record that Debezium's parts made on another thread. Returns once it is in the queue; if it came between
     * the records of one change, it leaves together with them.
     */
    void addFromElsewhere(SourceRecord record) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            collect(stamp.fromElsewhere(record, lastOffset), Footprint.of(record), lastJoinsNext);
            if (!lastJoinsNext) {
                handOver();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void begin(Unit unit) {
        if (!queue.isGrouping()) {
            return;
        }
        lock.lock();
        try {
            if (openUnits++ == 0) {
                unitFlags = switch (unit) {
                    case TRANSACTION -> 0;
                    case REST_OF_TRANSACTION -> RecordBatch.CONTINUES;
                    case ROWS -> RecordBatch.DIVISIBLE;
                };
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void end() throws InterruptedException {
        if (!queue.isGrouping()) {
            return;
        }
        lock.lockInterruptibly();
        try {
            if (--openUnits > 0) {
                return;
            }
            unitFlags = RecordBatch.ENDS_UNIT;
            if (batch.size() > 0) {
                batch.endUnit();
            } else {
                queue.endUnit();
            }
            knownAsDry = false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isWithinUnit() {
        return openUnits > 0;
    }

    @Override
    public void add(SourceRecord record, long bytes, boolean joinsNext) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            collect(record, bytes, joinsNext);
        } finally {
            lock.unlock();
        }
    }

    private void collect(SourceRecord record, long bytes, boolean joinsNext) throws InterruptedException {
        lastOffset = record.sourceOffset();
        lastJoinsNext = joinsNext;
        knownAsDry = false;
        batch.add(record, bytes, joinsNext ? (unitFlags & ~RecordBatch.ENDS_UNIT) | RecordBatch.JOINS_NEXT : unitFlags);
        if (!joinsNext && (batch.size() >= LARGEST_BATCH || batch.bytes() >= LARGEST_BATCH_BYTES)) {
            handOver();
            // The next message needs memory as well, and it can be large.
            queue.awaitRoom();
        }
    }

    /** Looks at the batch without the lock: a thread that adds to it from elsewhere leaves it empty. */
    @Override
    public void flushIfDue(long nanoTime) throws InterruptedException {
        if (batch.size() > 0 && nanoTime - lastFlushNanos >= BETWEEN_BATCHES_NANOS) {
            lastFlushNanos = nanoTime;
            lock.lockInterruptibly();
            try {
                handOver();
            } finally {
                lock.unlock();
            }
        }
    }

    @Override
    public void flush() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            handOver();
            if (!knownAsDry && queue.isGrouping()) {
                knownAsDry = true;
                queue.ranDry();
            }
        } finally {
            lock.unlock();
        }
    }

    private void handOver() throws InterruptedException {
        if (batch.size() > 0) {
            queue.putAll(batch);
        }
    }

    @Override
    public @Nullable Map<String, ?> lastOffset() {
        return lastOffset;
    }

    @Override
    public boolean isDelivered() {
        lock.lock();
        try {
            return batch.size() == 0 && queue.isDelivered();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable Map<String, ?> deliveredUpTo() {
        return queue.deliveredUpTo();
    }

    @Override
    public void close() {
        queue.close(this);
    }
}
