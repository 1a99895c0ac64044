// SPDX-License-Identifier: Apache-2.0
package dev.tributary.position;

import java.util.Map;
import java.util.Optional;

/**
 * Where in the stream of transactions something stands. pgoutput sends whole transactions in the order of their commits,
 * so a position only ever grows.
 *
 * @param completed the LSN behind the last transaction that is complete: every transaction whose commit record lies before
 *     it has been sent in whole
 * @param open the LSN of the commit record of the transaction that is being sent
 * @param ordinal how many of its changes have been sent, counted as received, before any filter
 */
public record Position(Lsn completed, Lsn open, long ordinal) {

    /** Offset key: the commit LSN of the transaction that is being sent. */
    public static final String OPEN = "tx_lsn";

    /** Offset key: how many of its changes have been sent. */
    public static final String ORDINAL = "tx_ordinal";

    /**
     * What begins the offset keys that only a record has whose change is not sent as a whole: a table follows, and the value is
     * how many of its events Debezium had counted in the transaction before that change.
     */
    public static final String COUNTED = "tx_counted_";

    /** The position from which nothing is skipped but what lies before an LSN. */
    public static Position after(Lsn completed) {
        return new Position(completed, completed, 0);
    }

    /**
     * The position that a stored offset tells. One that stock Debezium wrote says nothing of the transaction that was open:
     * all of it comes again.
     */
    public static Optional<Position> of(StoredOffset offset) {
        Map<String, ?> values = offset.values();
        return offset.committed()
                .map(completed ->
                        values.get(OPEN) instanceof Number open && values.get(ORDINAL) instanceof Number ordinal
                                ? new Position(completed, new Lsn(open.longValue()), ordinal.longValue())
                                : after(completed));
    }

    /** Puts this position into an offset. */
    public void writeTo(Map<String, Object> offset) {
        offset.put(StoredOffset.LSN_COMMITTED, completed.value());
        offset.put(OPEN, open.value());
        offset.put(ORDINAL, ordinal);
    }

    /** Whether a transaction has been sent in whole. */
    public boolean covers(Lsn commit) {
        return !commit.equals(open) && completed.isAfter(commit);
    }

    /** How many of the first changes of a transaction have been sent. */
    public long sentOf(Lsn commit) {
        return commit.equals(open) ? ordinal : 0;
    }
}
