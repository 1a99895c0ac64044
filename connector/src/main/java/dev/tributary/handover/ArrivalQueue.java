// SPDX-License-Identifier: Apache-2.0
package dev.tributary.handover;

import io.debezium.connector.base.ChangeEventQueue;
import io.debezium.connector.base.ChangeEventQueueMetrics;
import io.debezium.connector.base.QueueProvider;
import io.debezium.pipeline.DataChangeEvent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Hands records from the capturing threads to the polling thread as they arrive.
 *
 * <p>{@link #poll} returns as soon as there is anything to return. So a record leaves at once while the consumer is the
 * faster side, and batches form by themselves while it is the slower one, as large as the work that piled up meanwhile.
 * Debezium's own queue waits until a batch is full or the poll interval is over: that is the half second of its
 * latency.
 *
 * <p>The queue is bounded in events and in bytes, and in the bytes that it and others hold together. The records that
 * {@link #poll} returned count until the next poll, because Connect still holds them until then.
 *
 * <p>Debezium's parts put events into a {@link ChangeEventQueue}; {@link #inlet()} is one that only passes them on to
 * here.
 */
public final class ArrivalQueue implements ChangeEventQueueMetrics {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition drained = lock.newCondition();
    private final Waiting waiting;
    private final Departures departures;
    private final Bounds bounds;
    private final UnaryOperator<SourceRecord> inbound;
    private final Deliveries deliveries;
    private final @Nullable Grouping grouping;
    private long polledBytes;

    /** The part of both that was taken from the budget. */
    private long takenBytes;

    /** When the next batch may leave, in terms of {@link System#nanoTime}. */
    private long nextBatchNanos = System.nanoTime();

    private @Nullable RuntimeException failure;
    private boolean closed;
    private boolean deliveredAtClose;
    private volatile @Nullable StreamLane lane;

    /** Completes records that Debezium's parts put in while no lane is open. */
    private volatile UnaryOperator<SourceRecord> early = UnaryOperator.identity();

    /**
     * @param provider the storage that the configuration selects
     * @param inbound changes each record that Debezium's parts made, before anything else is done with it
     * @param deliveries counts the records that leave
     * @param grouping how records leave in groups; null if they leave as they arrive
     */
    public ArrivalQueue(
            QueueProvider<DataChangeEvent> provider,
            Bounds bounds,
            UnaryOperator<SourceRecord> inbound,
            Deliveries deliveries,
            @Nullable Grouping grouping) {
        this(provider, bounds, inbound, deliveries, grouping, System::nanoTime);
    }

    /** @param nanoTime the clock of groups */
    ArrivalQueue(
            QueueProvider<DataChangeEvent> provider,
            Bounds bounds,
            UnaryOperator<SourceRecord> inbound,
            Deliveries deliveries,
            @Nullable Grouping grouping,
            LongSupplier nanoTime) {
        this.waiting = new Waiting(RecordStorage.of(provider));
        this.departures =
                grouping == null ? new Batches(waiting, bounds) : new Groups(waiting, bounds, grouping, nanoTime);
        this.bounds = bounds;
        this.inbound = inbound;
        this.deliveries = deliveries;
        this.grouping = grouping;
    }

    /** A queue that records leave as they arrive. */
    public ArrivalQueue(
            QueueProvider<DataChangeEvent> provider,
            Bounds bounds,
            UnaryOperator<SourceRecord> inbound,
            Deliveries deliveries) {
        this(provider, bounds, inbound, deliveries, null);
    }

    /** Whether records leave in groups of whole units. */
    boolean isGrouping() {
        return grouping != null;
    }

    /** How records leave in groups; null if they leave as they arrive. */
    public @Nullable Grouping grouping() {
        return grouping;
    }

    /** The queue that Debezium's parts put events into. */
    public ChangeEventQueue<DataChangeEvent> inlet() {
        return new ChangeEventQueue.Builder<DataChangeEvent>()
                .maxQueueSize(Integer.MAX_VALUE)
                .maxBatchSize(Integer.MAX_VALUE)
                .queueProvider(new Inlet(this))
                .build();
    }

    /** Sets what completes a record that Debezium's parts put in while no lane is open. */
    public void completeEarlyRecords(UnaryOperator<SourceRecord> completion) {
        early = completion;
    }

    /** Opens the lane of the current thread. All that Debezium's parts put in goes through it as well. */
    public RecordLane open(RecordLane.Stamp stamp) {
        StreamLane opened = new StreamLane(this, Thread.currentThread(), stamp);
        lane = opened;
        return opened;
    }

    /** Ends a lane, unless another one has replaced it. */
    void close(StreamLane opened) {
        if (lane == opened) {
            lane = null;
        }
    }

    /** Adds a record that Debezium's parts made. */
    public void putFromDebezium(SourceRecord made) throws InterruptedException {
        SourceRecord record = inbound.apply(made);
        StreamLane current = lane;
        if (current == null) {
            SourceRecord complete = early.apply(record);
            put(complete, Footprint.of(complete));
        } else if (current.isOfCurrentThread()) {
            current.addStamped(record);
        } else {
            current.addFromElsewhere(record);
        }
    }

    /** Adds a record that is a unit by itself; waits while the queue is full. */
    void put(SourceRecord record, long bytes) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            waitForRoom();
            enqueue(record, bytes, RecordBatch.ENDS_UNIT);
            departures.ranDry();
        } finally {
            signal();
            settle();
            lock.unlock();
        }
    }

    /**
     * Adds the records of a batch, waiting while the queue is full, and empties the batch. Records that belong together
     * enter the queue at once and leave it in one poll.
     */
    void putAll(RecordBatch batch) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            boolean joined = false;
            for (int i = 0; i < batch.size(); i++) {
                if (!joined) {
                    waitForRoom();
                }
                int flags = batch.flags(i);
                joined = (flags & RecordBatch.JOINS_NEXT) != 0;
                enqueue(batch.record(i), batch.bytes(i), flags);
            }
        } finally {
            signal();
            settle();
            lock.unlock();
        }
        batch.clear();
    }

    /** The record that was added last is the last one of its unit. */
    void endUnit() {
        change(departures::endUnit);
    }

    /** Nothing more is ready to be read. */
    void ranDry() {
        change(departures::ranDry);
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            signal();
        } finally {
            lock.unlock();
        }
    }

    private void signal() {
        if (departures.isAnyReady()) {
            arrived.signal();
        }
    }

    /** Waits while the queue is full. */
    void awaitRoom() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            waitForRoom();
        } finally {
            lock.unlock();
        }
    }

    private void waitForRoom() throws InterruptedException {
        while (isFull() && !closed) {
            settle();
            signal();
            drained.await();
        }
        if (closed) {
            throw new InterruptedException("Capturing has been stopped");
        }
    }

    private void enqueue(SourceRecord record, long bytes, int flags) throws InterruptedException {
        departures.add(record, bytes, flags);
        waiting.add(record, bytes, (flags & RecordBatch.JOINS_NEXT) != 0);
    }

    private boolean isFull() {
        return departures.isFull(waiting.bytes() + polledBytes);
    }

    /** Takes from the budget what has been added since, or gives back what has left. */
    private void settle() {
        long held = waiting.bytes() + polledBytes;
        bounds.shared().take(held - takenBytes);
        takenBytes = held;
    }

    /**
     * Takes the records that have arrived. Waits for the first one, and returns an empty list if none arrives in time.
     *
     * @throws RuntimeException what was passed to {@link #fail}, as soon as it was
     */
    public List<SourceRecord> poll(long maxWaitMillis) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            polledBytes = 0;
            departures.asked();
            settle();
            drained.signalAll();
            long left = TimeUnit.MILLISECONDS.toNanos(maxWaitMillis);
            while (!isDue() && failure == null && departures.failure() == null && left > 0) {
                long wait = Math.min(left, untilDue());
                left -= wait - arrived.awaitNanos(wait);
            }
            if (failure == null && !departures.isAnyReady()) {
                failure = departures.failure();
            }
            if (failure != null) {
                throw failure;
            }
            return isDue() ? take() : List.of();
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is something to return now. */
    private boolean isDue() {
        return departures.isAnyReady() && (untilDue() <= 0 || isFull());
    }

    /** How many nanoseconds to wait, if records wait for the end of the pause or for more of their group. */
    private long untilDue() {
        return departures.untilDue(nextBatchNanos - System.nanoTime());
    }

    private List<SourceRecord> take() throws InterruptedException {
        long before = waiting.bytes();
        List<SourceRecord> records = departures.take();
        polledBytes = before - waiting.bytes();
        nextBatchNanos = System.nanoTime() + bounds.pause().toNanos();
        deliveries.given(records);
        drained.signalAll();
        return records;
    }

    /**
     * Whether Connect is done with every record that was added. After {@link #close()}: whether it was at that time.
     */
    boolean isDelivered() {
        lock.lock();
        try {
            return closed ? deliveredAtClose : waiting.size() == 0 && deliveries.isComplete();
        } finally {
            lock.unlock();
        }
    }

    /** The offset of the last record up to which Connect is done with all of them; null if there is none. */
    @Nullable
    Map<String, ?> deliveredUpTo() {
        return deliveries.doneUpTo();
    }

    /** Makes {@link #poll} throw. The restart that follows reads again whatever still waits here. */
    public void fail(RuntimeException reason) {
        lock.lock();
        try {
            failure = reason;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Interrupts the capturing threads that wait for room; nobody will poll any more. */
    public void close() {
        lock.lock();
        try {
            deliveredAtClose = isDelivered();
            closed = true;
            polledBytes = 0;
            drained.signalAll();
            waiting.close();
        } catch (Exception e) {
            throw new IllegalStateException("The storage of the queue cannot be closed", e);
        } finally {
            settle();
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
            return Math.max(0, bounds.events() - waiting.size());
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
            return waiting.bytes() + polledBytes;
        } finally {
            lock.unlock();
        }
    }
}
