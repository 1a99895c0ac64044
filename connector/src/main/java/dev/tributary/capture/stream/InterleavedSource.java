// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.position.ServerTimeline;
import dev.tributary.row.RowImage;
import io.debezium.relational.TableId;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * A source whose records go between those of the stream. The stream calls it on its own thread, and before it sends a
 * change, so that the source can send records first.
 */
public interface InterleavedSource {

    /** Sends nothing. */
    InterleavedSource NONE = new SilentSource();

    /** The way out, on the thread that streams. */
    interface Outlet {

        /** The offset of a record that follows the one sent last, without {@link InterleavedSource#offsetEntries}. */
        Map<String, Object> offset();

        /** The records from here on belong together, until {@link #end()}: one Kafka transaction, if they fit. */
        void begin();

        void end() throws InterruptedException;

        /** Sends a record with its offset as it is. */
        void send(SourceRecord record, long bytes) throws InterruptedException;
    }

    /** The stream starts. */
    void start(Outlet outlet);

    /**
     * The stream has described a captured table: before its first change, and again after the table was altered.
     *
     * @param oid the table's oid
     */
    void relation(TableId table, long oid);

    /** The stream has described a table that is not captured, at least not under the name that it has there. */
    void relationElsewhere(long oid);

    /**
     * A change is about to be sent.
     *
     * @param transaction the id of its transaction, the lower 32 bits
     * @param before the old row, or only its key; null if it was not sent
     * @param after the new row; null for a delete. For a truncate both are null
     */
    void beforeChange(TableId table, long transaction, @Nullable RowImage before, @Nullable RowImage after)
            throws InterruptedException;

    /**
     * All changes received so far are sent and no transaction is open. Called after each transaction and while idle.
     */
    void betweenTransactions() throws InterruptedException;

    /** A blocking snapshot sends rows from here on; rows held back until now may become older than those. */
    void invalidate();

    /**
     * Whether this waits for the stream to reach a position; the stream then asks the server for its position more
     * often.
     */
    boolean isWaiting();

    /** The server has begun another timeline: the offsets of what it sends from now on must say so. */
    void serverChanged(ServerTimeline server);

    /** Entries to add to every offset from now on. The map is another object whenever its content has changed. */
    Map<String, String> offsetEntries();
}
