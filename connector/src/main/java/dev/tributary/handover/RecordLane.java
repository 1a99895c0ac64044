// SPDX-License-Identifier: Apache-2.0
package dev.tributary.record;

import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * The way of records out of the thread that streams. They are handed over many at a time as long as more is there to be
 * read, and at once when nothing is.
 */
public interface RecordLane extends AutoCloseable {

    /**
     * Adds a record behind all that were added before, by this method or by Debezium's parts on whatever thread. Waits while
     * too much is on its way already.
     *
     * @param bytes how much memory the record occupies, roughly
     */
    void add(SourceRecord record, long bytes) throws InterruptedException;

    /**
     * Hands over what was added, if the last time is longer ago than a moment: when little arrives each record leaves at
     * once, when much arrives they leave in batches. To be called after each message: a read waits a while for the next
     * one, so at a steady rate it never comes back empty.
     *
     * @param nanoTime the time, as of {@link System#nanoTime()}
     */
    void flushIfDue(long nanoTime) throws InterruptedException;

    /** Hands over what was added. To be called before the thread waits for anything. */
    void flush() throws InterruptedException;

    /** Ends the lane; what was added and not handed over is dropped: it comes again after the next start. */
    @Override
    void close();

    /** Opens the lane of the current thread, in place of the one that was opened before. */
    @FunctionalInterface
    interface Opener {

        /** @param stamp changes each record that Debezium's parts add while the lane is open */
        RecordLane open(Stamp stamp);
    }

    /** Puts into the offsets of records how far the stream has come with them, and is told of each record that leaves. */
    interface Stamp {

        /** Changes a record that Debezium's parts have made on the lane's thread. */
        SourceRecord stamp(SourceRecord record);

        /**
         * Changes a record that another thread has made, of a signal or a blocking snapshot: it goes behind the one that
         * {@link #sending} was told of last, and its offset must not claim more than that.
         */
        SourceRecord fromElsewhere(SourceRecord record);

        /**
         * Whether the record that was changed or made last ends what belongs together: then others may be parted from it. A
         * worker that writes records and offsets in one transaction does so for each batch.
         */
        default boolean isWhole() {
            return true;
        }

        /** A record with this offset is on its way; in the order in which they leave, one at a time. */
        void sending(Map<String, ?> offset);
    }
}
