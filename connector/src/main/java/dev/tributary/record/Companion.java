// SPDX-License-Identifier: Apache-2.0
package dev.tributary.record;

import dev.tributary.row.RowImage;
import io.debezium.relational.TableId;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Sends records of its own between those of a stream, on the stream's thread. It is told what the stream is about to send, so
 * that it can send something before.
 */
public interface Companion {

    /** Sends nothing. */
    Companion NONE = new Companion() {

        @Override
        public void begin(Outlet outlet) {}

        @Override
        public void learned(TableId table, long oid) {}

        @Override
        public void change(TableId table, long transaction, @Nullable RowImage before, @Nullable RowImage after) {}

        @Override
        public void rest() {}

        @Override
        public void interrupted() {}

        @Override
        public boolean isWaiting() {
            return false;
        }

        @Override
        public Map<String, String> note() {
            return Map.of();
        }
    };

    /** The way out of the thread that streams. */
    interface Outlet {

        /** What the offset of a record has to say that goes behind the one that was sent last, without any {@link #note}. */
        Map<String, Object> offset();

        /** Sends a record with its offset as it is. */
        void send(SourceRecord record, long bytes) throws InterruptedException;
    }

    /** The stream begins. */
    void begin(Outlet outlet);

    /**
     * The stream has come to changes of a captured table, for the first time or after the table was altered.
     *
     * @param oid the table's oid
     */
    void learned(TableId table, long oid);

    /**
     * A change is about to be sent.
     *
     * @param transaction the id of its transaction, as the stream tells it
     * @param before the old row, or its key alone; null when it was not sent
     * @param after the new row; null for a delete. For a truncate both are null
     */
    void change(TableId table, long transaction, @Nullable RowImage before, @Nullable RowImage after)
            throws InterruptedException;

    /** Everything that has arrived is sent, and no transaction is open. Called after each transaction and while nothing comes. */
    void rest() throws InterruptedException;

    /** Others send rows from here on, so what is held back may become older than what they send. */
    void interrupted();

    /** Whether something waits until the stream has come further: who asks the server finds out sooner. */
    boolean isWaiting();

    /** What every offset has to say from now on; another object as soon as anything changes. */
    Map<String, String> note();
}
