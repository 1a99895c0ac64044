// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.position.Position;
import dev.tributary.position.StoredOffset;
import io.debezium.connector.postgresql.SourceInfo;
import io.debezium.connector.postgresql.connection.ReplicationMessage.Operation;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The begin or the end of a transaction in the stream, for {@code provide.transaction.metadata}.
 *
 * @param transaction the transaction
 * @param lsn the LSN of the message
 * @param processed Debezium's {@code lsn_proc}; null if nothing has been processed
 * @param committed Debezium's {@code lsn_commit}; null if no transaction has been committed
 * @param xmin the slot's xmin; null if it is not requested
 * @param open how much of the transaction was sent before the restart, at its begin; null at its end
 * @param counts how many events of each table there are so far, in Debezium's order
 * @param additional entries of the offset beyond the position
 */
record TransactionBoundary(
        Transaction transaction,
        long lsn,
        @Nullable Long processed,
        @Nullable Long committed,
        @Nullable Long xmin,
        @Nullable Position open,
        Map<String, Long> counts,
        Map<String, String> additional) {

    /** Debezium's identifier of the transaction. */
    String id() {
        return transaction.idAt(lsn);
    }

    boolean isBegin() {
        return open != null;
    }

    /** How many events there are so far. */
    long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The offset of the record. Connect stores one of thousands, so its entries are made when somebody reads them. */
    Map<String, Object> offset() {
        return new Offset(this);
    }

    /** The offset of a boundary. */
    private static final class Offset extends AbstractMap<String, Object> {

        private final TransactionBoundary boundary;

        Offset(TransactionBoundary boundary) {
            this.boundary = boundary;
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            Map<String, Object> entries = new HashMap<>();
            boundary.transaction.writeTo(entries);
            entries.put(StoredOffset.LSN, boundary.lsn);
            ChangeOffset.putIfKnown(entries, StoredOffset.LSN_PROCESSED, boundary.processed);
            ChangeOffset.putIfKnown(entries, StoredOffset.LSN_COMMITTED, boundary.committed);
            ChangeOffset.putIfKnown(entries, SourceInfo.XMIN_KEY, boundary.xmin);
            entries.put(SourceInfo.MSG_TYPE_KEY, (boundary.isBegin() ? Operation.BEGIN : Operation.COMMIT).toString());
            if (boundary.open != null) {
                boundary.open.writeOpenTo(entries);
            }
            TransactionCounts.write(entries, Long.toString(boundary.transaction.id()), boundary.counts);
            entries.putAll(boundary.additional);
            return entries.entrySet();
        }
    }
}
