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
                flush();
            }
        } finally {
            lock.unlock();
        }
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
        batch.add(record, bytes, joinsNext);
        if (!joinsNext && (batch.size() >= LARGEST_BATCH || batch.bytes() >= LARGEST_BATCH_BYTES)) {
            flush();
            // The next message needs memory as well, and it can be large.
            queue.awaitRoom();
        }
    }

    /** Looks at the batch without the lock: a thread that adds to it from elsewhere leaves it empty. */
    @Override
    public void flushIfDue(long nanoTime) throws InterruptedException {
        if (batch.size() > 0 && nanoTime - lastFlushNanos >= BETWEEN_BATCHES_NANOS) {
            lastFlushNanos = nanoTime;
            flush();
        }
    }

    @Override
    public void flush() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (batch.size() > 0) {
                queue.putAll(batch);
            }
        } finally {
            lock.unlock();
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
