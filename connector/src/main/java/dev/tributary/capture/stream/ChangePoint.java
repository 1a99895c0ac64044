// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import io.debezium.connector.postgresql.connection.ReplicationMessage.Operation;
import org.jspecify.annotations.Nullable;

/**
 * The place of a change in the stream: all that its offset and source block say beyond what is the same for the whole
 * table.
 *
 * @param transaction the transaction
 * @param lsn the LSN of the change
 * @param lsnEvents how many changes with this LSN there have been, including this one
 * @param step the place of the change in its transaction
 * @param xmin the slot's xmin; null if it is not requested
 * @param operation the type of the message
 * @param origin where the transaction was replicated from; null if it began on this server
 */
record ChangePoint(
        Transaction transaction,
        long lsn,
        long lsnEvents,
        Step.Send step,
        @Nullable Long xmin,
        Operation operation,
        @Nullable Origin origin) {

    /**
     * A server that a transaction was replicated from.
     *
     * @param name the name of the replication origin
     * @param lsn the LSN of the commit on that server
     */
    record Origin(String name, long lsn) {}

    /**
     * Debezium's {@code sequence}: the end of the last transaction and the LSN of the change, as a JSON array of texts.
     */
    String sequence() {
        Long previous = transaction.previousCommit();
        return "[" + (previous == null ? "null" : "\"" + previous + "\"") + ",\"" + lsn + "\"]";
    }
}
