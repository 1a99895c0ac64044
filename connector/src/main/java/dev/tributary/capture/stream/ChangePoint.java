// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import io.debezium.connector.postgresql.connection.ReplicationMessage.Operation;
import org.jspecify.annotations.Nullable;

/**
 * Where a change stands: all that its offset and its source block say beyond what is the same for the whole table.
 *
 * @param transaction the transaction
 * @param lsn the LSN of the change
 * @param xmin the slot's xmin, if it is asked for
 * @param operation what the message was
 * @param origin where the transaction was replicated from; null for one of this server
 */
record ChangePoint(
        Transaction transaction,
        long lsn,
        @Nullable Long xmin,
        Operation operation,
        @Nullable Origin origin) {

    /**
     * A server that a transaction was replicated from.
     *
     * @param name the name of the replication origin
     * @param lsn the LSN of the commit there
     */
    record Origin(String name, long lsn) {}

    /** What Debezium calls the sequence: the last commit and the change, as a JSON array of texts. */
    String sequence() {
        Long previous = transaction.previousCommit();
        return "[" + (previous == null ? "null" : "\"" + previous + "\"") + ",\"" + lsn + "\"]";
    }
}
