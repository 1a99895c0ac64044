// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import io.debezium.connector.base.ChangeEventQueue;
import io.debezium.connector.base.ChangeEventQueueMetrics;
import io.debezium.connector.base.QueueProvider;
import io.debezium.pipeline.DataChangeEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Hands events from the threads that capture to the thread that polls, as they arrive.
 *
 * <p>{@link #poll} returns what is there as soon as anything is. So an event leaves at once when the consumer is the faster
 * side, and batches form by themselves when it is the slower one, as large as the work that piled up meanwhile. Debezium's
 * own queue waits until a batch is full or the poll interval is over, which is where stock's half second comes from.
 *
 * <p>Debezium's parts put events into a {@link ChangeEventQueue}; {@link #inlet()} is one that only passes them on to here.
 */
final class ArrivalQueue implements ChangeEventQueueMetrics {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition drained = lock.newCondition();
    private final QueueProvider<DataChangeEvent> storage;
    private final int maxEvents;
    private final int maxBatch;
    private final long maxBytes;
    private final Deque<Long> sizes = new ArrayDeque<>();
    private long bytes;
    private @Nullable RuntimeException failure;
    private boolean closed;
    private @Nullable Stamper stamper;

    /** Changes what one thread puts in. */
    private record Stamper(Thread thread, UnaryOperator<SourceRecord> change) {}

    /**
     * @param storage what keeps the events in between; guarded by this queue's lock
     * @param maxEvents how many events wait at most before those who capture have to
     * @param maxBatch how many events {@link #poll} returns at most
     * @param maxBytes how many bytes wait at most, as far as Debezium can estimate them; 0 for no limit, and no estimate
     */
    ArrivalQueue(QueueProvider<DataChangeEvent> storage, int maxEvents, int maxBatch, long maxBytes) {
        this.maxBytes = maxBytes;
        this.storage = storage;
        this.maxEvents = maxEvents;
        this.maxBatch = maxBatch;
    }

    /** The queue that Debezium's parts put events into. */
    ChangeEventQueue<DataChangeEvent> inlet() {
        return new ChangeEventQueue.Builder<DataChangeEvent>()
                .maxQueueSize(Integer.MAX_VALUE)
                .maxBatchSize(Integer.MAX_VALUE)
                .queueProvider(new Inlet())
                .build();
    }

    /** Adds an event; waits while the queue is full. */
    void put(DataChangeEvent event) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (isFull() && !closed) {
                drained.await();
            }
            if (closed) {
                throw new InterruptedException("Capturing has been stopped");
            }
            DataChangeEvent stamped = stamped(event);
            storage.enqueue(stamped);
            count(stamped);
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    private boolean isFull() {
        return storage.size() >= maxEvents || (maxBytes > 0 && bytes >= maxBytes);
    }

    private void count(DataChangeEvent event) {
        if (maxBytes > 0) {
            long size = event.objectSize();
            sizes.add(size);
            bytes += size;
        }
    }

    private DataChangeEvent stamped(DataChangeEvent event) {
        Stamper current = stamper;
        return current != null && current.thread() == Thread.currentThread()
                ? new DataChangeEvent(current.change().apply(event.getRecord()))
                : event;
    }

    /**
     * Takes what has arrived; waits for it, but for no longer than given, and returns nothing then.
     *
     * @throws RuntimeException what was passed to {@link #fail}, as soon as it was
     */
    List<SourceRecord> poll(long maxWaitMillis) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(maxWaitMillis);
            while (storage.size() == 0 && failure == null && left > 0) {
                left = arrived.awaitNanos(left);
            }
            if (failure != null) {
                throw failure;
            }
            return take();
        } finally {
            lock.unlock();
        }
    }

    private List<SourceRecord> take() throws InterruptedException {
        int count = Math.min(storage.size(), maxBatch);
        List<SourceRecord> records = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            records.add(storage.poll().getRecord());
            bytes -= maxBytes > 0 ? sizes.remove() : 0;
        }
        drained.signalAll();
        return records;
    }

    /** Has every event that the current thread puts in changed on its way; in place of what was set before. */
    void stampWith(UnaryOperator<SourceRecord> change) {
        lock.lock();
        try {
            stamper = new Stamper(Thread.currentThread(), change);
        } finally {
            lock.unlock();
        }
    }

    /** Has {@link #poll} throw; events that still wait come again after the restart that follows. */
    void fail(RuntimeException why) {
        lock.lock();
        try {
            failure = why;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the wait of those who capture; they are interrupted. */
    void close() {
        lock.lock();
        try {
            closed = true;
            drained.signalAll();
            storage.close();
        } catch (Exception e) {
            throw new IllegalStateException("The queue's storage cannot be closed", e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int totalCapacity() {
        return maxEvents;
    }

    @Override
    public int remainingCapacity() {
        lock.lock();
        try {
            return Math.max(0, maxEvents - storage.size());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long maxQueueSizeInBytes() {
        return maxBytes;
    }

    @Override
    public long currentQueueSizeInBytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /** The storage of the inlet: it keeps nothing, so the inlet is never full. */
    private final class Inlet implements QueueProvider<DataChangeEvent> {

        @Override
        public String name() {
            return "arrivals";
        }

        @Override
        public void configure(Map<String, ?> properties) {}

        @Override
        public void enqueue(DataChangeEvent event) throws InterruptedException {
            put(event);
        }

        @Override
        public @Nullable DataChangeEvent poll() {
            return null;
        }

        @Override
        public int size() {
            return 0;
        }
    }
}
