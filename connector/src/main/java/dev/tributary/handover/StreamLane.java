// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.record.RecordLane;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Collects what one thread captures and hands it to the queue in batches: to wake the thread that polls for each record
 * would cost more than the record itself.
 *
 * <p>What other threads add meanwhile takes its place behind what was collected: a row of a snapshot must not overtake an
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

    /** Guards the batch. */
    private final ReentrantLock lock = new ReentrantLock();

    private long lastNanos;

    StreamLane(ArrivalQueue queue, Thread thread, Stamp stamp) {
        this.queue = queue;
        this.thread = thread;
        this.stamp = stamp;
        this.lastNanos = System.nanoTime();
    }

    boolean isOfCurrentThread() {
        return thread == Thread.currentThread();
    }

    /** Adds a record that Debezium made. */
    void stamped(SourceRecord record) throws InterruptedException {
        SourceRecord stamped = stamp.stamp(record);
        add(stamped, Footprint.of(stamped));
    }

    /** Adds a record that Debezium made on another thread; returns when it is in the queue. */
    void fromElsewhere(SourceRecord record) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            collect(stamp.fromElsewhere(record), Footprint.of(record));
            flush();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void add(SourceRecord record, long bytes) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            collect(record, bytes);
        } finally {
            lock.unlock();
        }
    }

    private void collect(SourceRecord record, long bytes) throws InterruptedException {
        stamp.sending(record.sourceOffset());
        boolean whole = stamp.isWhole();
        batch.add(record, bytes, !whole);
        if (whole && (batch.size() >= LARGEST_BATCH || batch.bytes() >= LARGEST_BATCH_BYTES)) {
            flush();
            // What is read next has to be kept somewhere, too, and it can be large.
            queue.awaitRoom();
        }
    }

    /** The batch is looked at without the lock: whoever else adds to it leaves it empty. */
    @Override
    public void flushIfDue(long nanoTime) throws InterruptedException {
        if (batch.size() > 0 && nanoTime - lastNanos >= BETWEEN_BATCHES_NANOS) {
            lastNanos = nanoTime;
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
    public void close() {
        queue.close(this);
    }
}
