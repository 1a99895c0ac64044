// SPDX-License-Identifier: Apache-2.0
package dev.tributary.replication;

import dev.tributary.row.RowImage;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Receives the messages of a pgoutput stream, one by one, in the order in which the server sends them (<a
 * href="https://www.postgresql.org/docs/current/protocol-logicalrep-message-formats.html">message formats</a>).
 *
 * <p>The first argument of each method is the LSN of the message: the position in the WAL that the walsender puts in
 * front of it.
 */
public interface PgOutputHandler {

    /**
     * A transaction begins. The changes up to its commit belong to it.
     *
     * @param commitLsn the LSN of its commit record
     * @param commitMicros the time of its commit, in microseconds since the Unix epoch
     * @param transaction its id, the lower 32 bits
     */
    void begin(long lsn, long commitLsn, long commitMicros, long transaction) throws SQLException, InterruptedException;

    /**
     * The transaction is complete.
     *
     * @param commitLsn the LSN of its commit record
     * @param endLsn the LSN after its commit record
     */
    void commit(long lsn, long commitLsn, long endLsn) throws SQLException, InterruptedException;

    /**
     * Describes a table as it is from this message on.
     *
     * @param relation the id by which changes refer to it: the table's oid
     * @param message the whole message, from its type on
     */
    void relation(long lsn, int relation, ByteBuffer message) throws SQLException, InterruptedException;

    void insert(long lsn, int relation, RowImage after) throws SQLException, InterruptedException;

    /** @param before the old row, or only its key; null if the replica identity did not change */
    void update(long lsn, int relation, @Nullable RowImage before, RowImage after)
            throws SQLException, InterruptedException;

    /** @param before the old row, or only its key */
    void delete(long lsn, int relation, RowImage before) throws SQLException, InterruptedException;

    void truncate(long lsn, int[] relations) throws SQLException, InterruptedException;

    /**
     * A message that {@code pg_logical_emit_message} wrote.
     *
     * @param transactional whether it belongs to the open transaction
     * @param messageLsn its LSN as the message itself states it
     */
    void message(long lsn, boolean transactional, long messageLsn, String prefix, byte[] content)
            throws SQLException, InterruptedException;

    /**
     * The open transaction was replicated to this server from another one.
     *
     * @param originLsn the LSN of its commit on that server
     * @param name the name of the replication origin
     */
    void origin(long lsn, long originLsn, String name) throws SQLException, InterruptedException;
}
