// SPDX-License-Identifier: Apache-2.0
package dev.tributary.handover;

import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * The way of records out of the thread that captures. Records are handed over in batches while more is ready to be
 * read, and at once when nothing is.
 */
public interface RecordLane extends AutoCloseable {

    /**
     * Records that are in one Kafka transaction if the connector defines the boundaries; otherwise it has no effect.
     */
    enum Unit {
        /** A transaction of the source. */
        TRANSACTION,
        /** The rest of a transaction of the source of which a part was sent before the restart. */
        REST_OF_TRANSACTION,
        /** Rows that were read together. If they are too large for one Kafka transaction, they are divided. */
        ROWS
    }

    /**
     * A unit begins: all records that any thread adds before its {@link #end()} belong to it. A unit within another one
     * belongs to that. Outside of units each record is one, together with those that it must not be parted from.
     */
    void begin(Unit unit);

    /** The unit is complete. */
    void end() throws InterruptedException;

    /** Whether a unit is open, and units have an effect. For the thread that begins and ends them. */
    boolean isWithinUnit();

    /**
     * Adds a record after all records added before, by this method or by Debezium's parts on any thread. Waits while
     * the queue is full.
     *
     * @param bytes how much memory the record occupies, roughly
     * @param joinsNext whether the next record must leave in the same batch: a worker that writes records and offsets
     *     in one transaction does so batch by batch
     */
    void add(SourceRecord record, long bytes, boolean joinsNext) throws InterruptedException;

    /**
     * Hands over the records added so far if the last handover is some time ago. To be called after each message: at a
     * steady rate a read always returns a message, so the reading thread would never find the moment to
     * {@link #flush()}.
     *
     * @param nanoTime the time, by {@link System#nanoTime()}
     */
    void flushIfDue(long nanoTime) throws InterruptedException;

    /** Hands over the records added so far. To be called before the thread waits for anything. */
    void flush() throws InterruptedException;

    /**
     * The offset of the record that was added last, by any thread; null before the first. May be called by any thread.
     */
    @Nullable
    Map<String, ?> lastOffset();

    /**
     * Whether Connect is done with every record that was added: it is stored in a topic, or a transform has dropped it.
     */
    boolean isDelivered();

    /**
     * The offset of the last record up to which Connect is done with all records, in the order they left in; null if
     * there is none. It can be that of a record from before this lane was opened.
     */
    @Nullable
    Map<String, ?> deliveredUpTo();

    /** Ends the lane. Records that were added and not handed over are dropped: the next start reads them again. */
    @Override
    void close();

    /** Opens the lane of the current thread; it replaces the one that was open. */
    @FunctionalInterface
    interface Opener {

        /** @param stamp completes each record that Debezium's parts add while the lane is open */
        RecordLane open(Stamp stamp);
    }

    /** Puts the position that the lane's thread has reached into the offsets of records that Debezium's parts make. */
    interface Stamp {

        /** Completes a record that was made on the lane's thread. */
        Stamped stamp(SourceRecord record);

        /**
         * Completes a record that another thread made, for a signal or a blocking snapshot. It follows the record that
         * was added last, and its offset must not claim more than that one's.
         *
         * @param last {@link #lastOffset()}
         */
        SourceRecord fromElsewhere(SourceRecord record, @Nullable Map<String, ?> last);
    }

    /**
     * A record that is complete.
     *
     * @param joinsNext whether the next record must leave in the same batch
     */
    record Stamped(SourceRecord record, boolean joinsNext) {}
}
