// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.row.RowImage;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What a stream of pgoutput tells, message by message, in the order it is sent
 * (<a href="https://www.postgresql.org/docs/current/protocol-logicalrep-message-formats.html">message formats</a>).
 */
interface PgOutputHandler {

    /**
     * A transaction begins; the changes up to its commit belong to it.
     *
     * @param commitLsn the LSN of its commit record
     * @param commitMicros the time of its commit, in microseconds since the epoch of Unix
     * @param transaction its id
     */
    void begin(long commitLsn, long commitMicros, long transaction) throws SQLException, InterruptedException;

    /**
     * The transaction is complete.
     *
     * @param commitLsn the LSN of its commit record
     * @param endLsn the LSN behind it
     */
    void commit(long commitLsn, long endLsn) throws SQLException, InterruptedException;

    /**
     * What a table looks like from here on.
     *
     * @param relation the id that changes name it by
     * @param message the whole message, for whoever knows the catalog
     */
    void relation(int relation, ByteBuffer message) throws SQLException, InterruptedException;

    void insert(int relation, RowImage after) throws SQLException, InterruptedException;

    /** @param before the old row, whole or its key alone; null when the replica identity has not changed */
    void update(int relation, @Nullable RowImage before, RowImage after) throws SQLException, InterruptedException;

    /** @param before the old row, whole or its key alone */
    void delete(int relation, RowImage before) throws SQLException, InterruptedException;

    void truncate(int[] relations) throws SQLException, InterruptedException;

    /**
     * What {@code pg_logical_emit_message} wrote.
     *
     * @param transactional whether it belongs to the transaction around it
     * @param lsn its LSN
     */
    void message(boolean transactional, long lsn, String prefix, byte[] content)
            throws SQLException, InterruptedException;

    /**
     * The transaction was replicated to this server from another one.
     *
     * @param lsn the LSN of its commit there
     * @param name the name of the origin
     */
    void origin(long lsn, String name) throws SQLException, InterruptedException;
}
