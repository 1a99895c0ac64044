// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts the events of a task and shows them in JMX while it is open.
 *
 * <p>An event is counted where Connect confirms it, on whatever thread that is, so that an event that never reached
 * Kafka is not counted, and one that Kafka has is counted once.
 */
public final class EventStatus implements EventStatusMXBean, AutoCloseable {

    /** Stands for the commit time of a record that has none. */
    public static final long NO_COMMIT = 0;

    private static final long UNKNOWN = -1;

    private final String connector;
    private final String version;
    private final WalLag lag;
    private final BooleanSupplier isIdle;
    private final LongSupplier clockMillis;
    private final Registration registration;
    private final CountedTables tables = new CountedTables();
    private final LongAdder dropped = new LongAdder();
    private final DelayHistogram commitToKafka = new DelayHistogram();
    private final ChangesInFlight inFlight = new ChangesInFlight();
    private volatile @Nullable Queue queue;

    /** What waits for Connect. */
    public interface Queue {

        int records();

        int recordsLimit();

        long bytes();

        /** 0 without a limit. */
        long bytesLimit();
    }

    private EventStatus(
            String topicPrefix, String connector, String version, BooleanSupplier isIdle, LongSupplier clockMillis) {
        this.connector = connector;
        this.version = version;
        this.lag = WalLag.of(topicPrefix);
        this.isIdle = isIdle;
        this.clockMillis = clockMillis;
        this.registration = Registration.of("events", topicPrefix, this);
    }

    /**
     * Registers the status for a topic prefix, instead of one that is still registered.
     *
     * @param isIdle whether no record is on its way to Kafka
     */
    public static EventStatus open(String topicPrefix, String connector, String version, BooleanSupplier isIdle) {
        return open(topicPrefix, connector, version, isIdle, System::currentTimeMillis);
    }

    static EventStatus open(
            String topicPrefix, String connector, String version, BooleanSupplier isIdle, LongSupplier clockMillis) {
        return new EventStatus(topicPrefix, connector, version, isIdle, clockMillis);
    }

    /**
     * Returns the counts of a table.
     *
     * @param table its name, with the schema
     * @param topic the topic of its events, before transforms
     * @param key the columns of the records' keys
     */
    public TableEvents table(String table, String topic, List<String> key) {
        return tables.table(table, topic, key);
    }

    /** How far the stream is behind. */
    public WalLag lag() {
        return lag;
    }

    /** A new attempt has a queue of its own. */
    public void queue(Queue next) {
        queue = next;
    }

    /** Nothing is captured any more. */
    public void noQueue() {
        queue = null;
    }

    /**
     * Connect gets changes: records that have a commit time.
     *
     * @param changes how many
     * @param oldestCommitMillis the commit time of the first of them
     * @param areFirst whether no record was on its way to Kafka before
     */
    public void departed(int changes, long oldestCommitMillis, boolean areFirst) {
        inFlight.departed(changes, oldestCommitMillis, areFirst);
    }

    /** Connect is done with a record that has a commit time, after it was stored or dropped. */
    public void arrived() {
        inFlight.done();
    }

    /**
     * Connect has stored an event.
     *
     * @param counter counts it
     * @param commitMillis the commit time of its transaction; {@link #NO_COMMIT} for a row that was read
     */
    public void stored(EventCounter counter, long commitMillis) {
        long now = clockMillis.getAsLong();
        counter.add(now);
        tables.counted(counter.table());
        if (commitMillis != NO_COMMIT) {
            commitToKafka.add(now - commitMillis);
            inFlight.stored(commitMillis);
        }
    }

    /** Connect has dropped an event. */
    public void dropped() {
        dropped.increment();
    }

    @Override
    public String getConnector() {
        return connector;
    }

    @Override
    public String getVersion() {
        return version;
    }

    @Override
    public List<TableEventStatus> getTables() {
        return tables.statuses();
    }

    @Override
    public long getDroppedEvents() {
        return dropped.sum();
    }

    @Override
    public long getLagMillis() {
        return Math.max(lag.millis(System.nanoTime()), lagOfChanges());
    }

    /** The age of the changes that are on their way; -1 if there are none. */
    private long lagOfChanges() {
        return isIdle.getAsBoolean() ? UNKNOWN : inFlight.ageMillis(clockMillis.getAsLong());
    }

    @Override
    public long getLagBytes() {
        return lag.bytes();
    }

    @Override
    public long getQueueRecords() {
        Queue current = queue;
        return current == null ? UNKNOWN : current.records();
    }

    @Override
    public long getQueueRecordsLimit() {
        Queue current = queue;
        return current == null ? UNKNOWN : current.recordsLimit();
    }

    @Override
    public long getQueueBytes() {
        Queue current = queue;
        return current == null ? UNKNOWN : current.bytes();
    }

    @Override
    public long getQueueBytesLimit() {
        Queue current = queue;
        return current == null ? UNKNOWN : current.bytesLimit();
    }

    @Override
    public double[] getCommitToKafkaBounds() {
        return DelayHistogram.boundsSeconds();
    }

    @Override
    public long[] getCommitToKafkaCounts() {
        return commitToKafka.cumulativeCounts();
    }

    @Override
    public double getCommitToKafkaSum() {
        return commitToKafka.sumSeconds();
    }

    /** Unregisters it, unless another one with the same prefix has replaced it. */
    @Override
    public void close() {
        registration.close();
    }
}
