// SPDX-License-Identifier: Apache-2.0
package dev.tributary.position;

import java.util.Map;
import java.util.Optional;

/**
 * A position in the stream of transactions; it only grows, because pgoutput sends whole transactions in commit order.
 *
 * @param completed the end LSN of the last complete transaction: every transaction whose commit record is before it has
 *     been sent completely
 * @param open the LSN of the commit record of the transaction that is being sent
 * @param ordinal how many of its changes have been sent, counted as received, before any filter
 */
public record Position(Lsn completed, Lsn open, long ordinal) {

    /** Offset key: the commit LSN of the transaction that is being sent. */
    public static final String OPEN = "tx_lsn";

    /** Offset key: how many of its changes have been sent. */
    public static final String ORDINAL = "tx_ordinal";

    /**
     * Prefix of offset keys; the name of a table follows, and the value is how many of its events Debezium had counted
     * in the transaction before the change. Only records of a change that has not been sent completely have these keys.
     */
    public static final String COUNTED = "tx_counted_";

    /** The position after an LSN: only transactions before it are skipped. */
    public static Position after(Lsn completed) {
        return new Position(completed, completed, 0);
    }

    /**
     * The position in a stored offset. An offset that Debezium wrote does not say how much of the open transaction was
     * sent, so all of it is sent again.
     */
    public static Optional<Position> of(StoredOffset offset) {
        Map<String, ?> values = offset.values();
        return offset.committed()
                .map(completed ->
                        values.get(OPEN) instanceof Number open && values.get(ORDINAL) instanceof Number ordinal
                                ? new Position(completed, new Lsn(open.longValue()), ordinal.longValue())
                                : after(completed));
    }

    /** Writes this position to an offset. */
    public void writeTo(Map<String, Object> offset) {
        offset.put(StoredOffset.LSN_COMMITTED, completed.value());
        offset.put(OPEN, open.value());
        offset.put(ORDINAL, ordinal);
    }

    /** Whether a transaction has been sent completely. */
    public boolean covers(Lsn commit) {
        return !commit.equals(open) && completed.isAfter(commit);
    }

    /** How many changes of a transaction have been sent, counted from its first. */
    public long sentOf(Lsn commit) {
        return commit.equals(open) ? ordinal : 0;
    }
}
