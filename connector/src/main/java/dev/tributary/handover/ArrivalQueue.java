// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.record.RecordLane;
import io.debezium.connector.base.ChangeEventQueue;
import io.debezium.connector.base.ChangeEventQueueMetrics;
import io.debezium.connector.base.QueueProvider;
import io.debezium.pipeline.DataChangeEvent;
import java.util.ArrayList;
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
 * <p>The queue is bounded in events and in bytes. What {@link #poll} has handed out counts until the next poll: until then
 * Connect still has it in its hands.
 *
 * <p>Debezium's parts put events into a {@link ChangeEventQueue}; {@link #inlet()} is one that only passes them on to here.
 */
final class ArrivalQueue implements ChangeEventQueueMetrics {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition drained = lock.newCondition();
    private final QueueProvider<DataChangeEvent> storage;
    private final Sizes sizes = new Sizes();
    private final Bounds bounds;
    private long waitingBytes;
    private long handedOutBytes;
    private @Nullable RuntimeException failure;
    private boolean closed;
    private volatile @Nullable StreamLane lane;

    /** For what is put in before there is a lane. */
    private volatile UnaryOperator<SourceRecord> early = UnaryOperator.identity();

    /**
     * How much may wait.
     *
     * @param events how many events wait at most before those who capture have to
     * @param batch how many events {@link #poll} returns at most
     * @param bytes how many bytes wait at most, as far as they can be estimated; a single event may have more
     */
    record Bounds(int events, int batch, long bytes) {

        /** The part of the heap that events may occupy when nothing is configured. */
        private static final long HEAP_SHARE = 16;

        /** {@code bytes} as configured; where that is 0, a sixteenth of the heap. */
        static Bounds of(int events, int batch, long bytes) {
            return new Bounds(
                    events, batch, bytes > 0 ? bytes : Runtime.getRuntime().maxMemory() / HEAP_SHARE);
        }
    }

    /** @param storage what keeps the events in between; guarded by this queue's lock */
    ArrivalQueue(QueueProvider<DataChangeEvent> storage, Bounds bounds) {
        this.storage = storage;
        this.bounds = bounds;
    }

    /** The queue that Debezium's parts put events into. */
    ChangeEventQueue<DataChangeEvent> inlet() {
        return new ChangeEventQueue.Builder<DataChangeEvent>()
                .maxQueueSize(Integer.MAX_VALUE)
                .maxBatchSize(Integer.MAX_VALUE)
                .queueProvider(new Inlet(this))
                .build();
    }

    /** Changes each record that is put in before a lane is open. */
    void beforeStreaming(UnaryOperator<SourceRecord> change) {
        early = change;
    }

    /** Opens the lane of the current thread: all that Debezium's parts put in goes through it, too. */
    RecordLane open(RecordLane.Stamp stamp) {
        StreamLane opened = new StreamLane(this, Thread.currentThread(), stamp);
        lane = opened;
        return opened;
    }

    /** Ends a lane, unless another has taken its place. */
    void close(StreamLane opened) {
        if (lane == opened) {
            lane = null;
        }
    }

    /** Adds an event that Debezium made. */
    void put(DataChangeEvent event) throws InterruptedException {
        StreamLane current = lane;
        if (current == null) {
            SourceRecord record = early.apply(event.getRecord());
            put(record, Footprint.of(record));
        } else if (current.isOfCurrentThread()) {
            current.stamped(event.getRecord());
        } else {
            current.fromElsewhere(event.getRecord());
        }
    }

    /** Adds a record; waits while the queue is full. */
    void put(SourceRecord record, long bytes) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            untilThereIsRoom();
            enqueue(record, bytes, false);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds the records of a batch, waiting while the queue is full, and empties it. What belongs together comes into the queue
     * at once, and leaves it in one batch.
     */
    void putAll(RecordBatch batch) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            boolean joined = false;
            for (int i = 0; i < batch.size(); i++) {
                if (!joined) {
                    untilThereIsRoom();
                }
                joined = batch.joinsNext(i);
                enqueue(batch.record(i), batch.bytes(i), joined);
            }
        } finally {
            lock.unlock();
        }
        batch.clear();
    }

    /** Waits while the queue is full. */
    void awaitRoom() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            untilThereIsRoom();
        } finally {
            lock.unlock();
        }
    }

    private void untilThereIsRoom() throws InterruptedException {
        while (isFull() && !closed) {
            drained.await();
        }
        if (closed) {
            throw new InterruptedException("Capturing has been stopped");
        }
    }

    private void enqueue(SourceRecord record, long bytes, boolean joinsNext) throws InterruptedException {
        storage.enqueue(new DataChangeEvent(record));
        // One that is not to be parted from the next has its size negated.
        sizes.add(joinsNext ? -bytes : bytes);
        waitingBytes += bytes;
        arrived.signal();
    }

    private boolean isFull() {
        return storage.size() >= bounds.events() || waitingBytes + handedOutBytes >= bounds.bytes();
    }

    /**
     * Takes what has arrived; waits for it, but for no longer than given, and returns nothing then.
     *
     * @throws RuntimeException what was passed to {@link #fail}, as soon as it was
     */
    List<SourceRecord> poll(long maxWaitMillis) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            handedOutBytes = 0;
            drained.signalAll();
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

    /** No batch has more than half of the bytes, so that the next one can form while it is sent. */
    private List<SourceRecord> take() throws InterruptedException {
        int most = Math.min(storage.size(), bounds.batch());
        List<SourceRecord> records = new ArrayList<>(most);
        boolean joined = false;
        while (joined || (records.size() < most && fits(records))) {
            records.add(storage.poll().getRecord());
            long bytes = sizes.remove();
            joined = bytes < 0;
            handedOutBytes += Math.abs(bytes);
        }
        waitingBytes -= handedOutBytes;
        drained.signalAll();
        return records;
    }

    private boolean fits(List<SourceRecord> records) {
        return records.isEmpty() || handedOutBytes + Math.abs(sizes.peek()) <= bounds.bytes() / 2;
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
        return bounds.events();
    }

    @Override
    public int remainingCapacity() {
        lock.lock();
        try {
            return Math.max(0, bounds.events() - storage.size());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long maxQueueSizeInBytes() {
        return bounds.bytes();
    }

    @Override
    public long currentQueueSizeInBytes() {
        lock.lock();
        try {
            return waitingBytes + handedOutBytes;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The storage of the inlet: it keeps nothing, so the inlet is never full.
     *
     * @param arrivals where everything goes
     */
    private record Inlet(ArrivalQueue arrivals) implements QueueProvider<DataChangeEvent> {

        @Override
        public String name() {
            return "arrivals";
        }

        @Override
        public void configure(Map<String, ?> properties) {}

        @Override
        public void enqueue(DataChangeEvent event) throws InterruptedException {
            arrivals.put(event);
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
