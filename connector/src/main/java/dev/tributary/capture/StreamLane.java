// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.record.RecordLane;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Collects what one thread captures and hands it to the queue in batches: to wake the thread that polls for each record
 * would cost more than the record itself.
 */
final class StreamLane implements RecordLane {

    private static final int LARGEST_BATCH = 512;
    private static final long LARGEST_BATCH_BYTES = 1 << 20;
    private static final long BETWEEN_BATCHES_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private final ArrivalQueue queue;
    private final Thread thread;
    private final UnaryOperator<SourceRecord> stamp;
    private final RecordBatch batch = new RecordBatch(LARGEST_BATCH);

    private long lastNanos;

    StreamLane(ArrivalQueue queue, Thread thread, UnaryOperator<SourceRecord> stamp) {
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
        SourceRecord stamped = stamp.apply(record);
        add(stamped, Footprint.of(stamped));
    }

    @Override
    public void add(SourceRecord record, long bytes) throws InterruptedException {
        batch.add(record, bytes);
        if (batch.isFull() || batch.bytes() >= LARGEST_BATCH_BYTES) {
            flush();
            // What is read next has to be kept somewhere, too, and it can be large.
            queue.awaitRoom();
        }
    }

    @Override
    public void flushIfDue(long nanoTime) throws InterruptedException {
        if (batch.size() > 0 && nanoTime - lastNanos >= BETWEEN_BATCHES_NANOS) {
            lastNanos = nanoTime;
            flush();
        }
    }

    @Override
    public void flush() throws InterruptedException {
        if (batch.size() > 0) {
            queue.putAll(batch);
        }
    }

    @Override
    public void close() {
        queue.close(this);
    }
}
