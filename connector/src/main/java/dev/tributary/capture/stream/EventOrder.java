// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import java.util.Map;
import java.util.function.Supplier;

/**
 * The place of an event in its transaction, for {@code provide.transaction.metadata}.
 *
 * @param point the change that the event is of
 * @param events some events of the transaction, among them this one
 * @param added how many of them had been added with this one
 * @param inTable the number of this event among those of its table, from 1
 * @param beforeChange how many events of each table there were before the change
 */
record EventOrder(
        ChangePoint point, CountedEvents events, int added, long inTable, Supplier<Map<String, Long>> beforeChange) {

    /** The number of this event among all of its transaction, from 1. */
    long total() {
        return events.totalAfter(added);
    }

    /** How many events of each table there were, including this one. */
    Map<String, Long> counts() {
        return events.after(added);
    }

    /** Debezium's identifier of the transaction. */
    String id() {
        return point.transaction().idAt(point.lsn());
    }

    /**
     * Adds to the offset of a record what it says of the transaction.
     *
     * @param changeComplete whether the change is sent with all of its records
     */
    void writeTo(Map<String, Object> offset, boolean changeComplete) {
        Map<String, Long> counts = counts();
        TransactionCounts.write(offset, Long.toString(point.transaction().id()), counts);
        if (!changeComplete) {
            TransactionCounts.writeBefore(offset, counts, beforeChange.get());
        }
    }
}
