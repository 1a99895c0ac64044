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
 * @param change the LSN of the last of them; 0 if there is none, or if it is not known. With another publication or
 *     other options of the slot, the transaction can have other changes, and then a number says nothing
 */
public record Position(Lsn completed, Lsn open, long ordinal, Lsn change) {

    private static final Lsn NONE = new Lsn(0);

    /** What the keys begin with that describe the transaction that is being sent. */
    static final String TRANSACTION = "tx_";

    /** Offset key: the commit LSN of the transaction that is being sent. */
    public static final String OPEN = "tx_lsn";

    /** Offset key: how many of its changes have been sent. */
    public static final String ORDINAL = "tx_ordinal";

    /** Offset key: the LSN of the last of these changes. */
    public static final String CHANGE = "tx_change_lsn";

    /**
     * Prefix of offset keys; the name of a table follows, and the value is how many of its events Debezium had counted
     * in the transaction before the change. Only records of a change that has not been sent completely have these keys.
     */
    public static final String COUNTED = "tx_counted_";

    /** The position after an LSN: only transactions before it are skipped. */
    public static Position after(Lsn completed) {
        return new Position(completed, completed, 0, NONE);
    }

    /**
     * The position in a stored offset. An offset that Debezium wrote does not say how much of the open transaction was
     * sent, so all of it is sent again.
     */
    public static Optional<Position> of(StoredOffset offset) {
        Map<String, ?> values = offset.values();
        return offset.committed()
                .map(completed -> values.get(OPEN) instanceof Number open
                                && values.get(ORDINAL) instanceof Number ordinal
                        ? new Position(completed, new Lsn(open.longValue()), ordinal.longValue(), change(values))
                        : after(completed));
    }

    /** Whether an offset says how much of the open transaction was sent. Debezium's offsets do not. */
    public static boolean isExactIn(StoredOffset offset) {
        return offset.values().get(OPEN) instanceof Number && offset.values().get(ORDINAL) instanceof Number;
    }

    private static Lsn change(Map<String, ?> values) {
        return values.get(CHANGE) instanceof Number change ? new Lsn(change.longValue()) : NONE;
    }

    /** Writes this position to an offset. */
    public void writeTo(Map<String, Object> offset) {
        offset.put(StoredOffset.LSN_COMMITTED, completed.value());
        writeOpenTo(offset);
    }

    /** Writes how much of the open transaction has been sent. */
    public void writeOpenTo(Map<String, Object> offset) {
        offset.put(OPEN, open.value());
        offset.put(ORDINAL, ordinal);
        offset.put(CHANGE, change.value());
    }

    /** Whether the last change that was sent of the open transaction can be one with this LSN. */
    public boolean endsWith(Lsn other) {
        return change.equals(NONE) || change.equals(other);
    }

    /** The position up to which changes have been sent, the commit record of the last transaction included. */
    public Lsn published() {
        Lsn behindOpen = new Lsn(open.value() + 1);
        return ordinal > 0 && behindOpen.isAfter(completed) ? behindOpen : completed;
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
