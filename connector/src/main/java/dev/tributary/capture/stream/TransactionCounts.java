// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.position.Position;
import io.debezium.pipeline.txmetadata.TransactionContext;
import io.debezium.pipeline.txmetadata.TransactionStructMaker;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps {@code total_order} and {@code data_collection_order} of {@code provide.transaction.metadata} exact over a
 * restart.
 *
 * <p>Debezium counts the events of the open transaction table by table, and stores the counts in the offset. If a
 * restart falls between the records of one change, the change is sent again and its events must not be counted twice.
 * So an offset in the middle of a change also has the counts from before the change, under {@link Position#COUNTED} and
 * the table's name.
 */
final class TransactionCounts {

    /** How the keys begin under which Debezium stores its counts. */
    private static final String DEBEZIUMS = TransactionStructMaker.DEBEZIUM_TRANSACTION_KEY + "_"
            + TransactionStructMaker.DEBEZIUM_TRANSACTION_DATA_COLLECTION_ORDER_KEY + "_";

    private final Map<String, ?> stored;

    /** Our keys of the stored offset. */
    private final Map<String, Object> storedBeforeChange = new HashMap<>();

    /** The counts when the last change was complete, under our keys. */
    private Map<String, Object> beforeChange;

    /** @param stored the offset that Connect has stored; empty if there is none */
    TransactionCounts(Map<String, ?> stored) {
        this.stored = stored;
        stored.forEach((key, value) -> {
            if (key.startsWith(Position.COUNTED)) {
                storedBeforeChange.put(key, value);
            }
        });
        beforeChange = ours(stored);
        beforeChange.putAll(storedBeforeChange);
    }

    /**
     * A transaction begins. If it was open in the stored offset, Debezium continues to count from there and does not
     * send its BEGIN event again. Any other transaction is counted from the start, even one whose id Debezium knows
     * from the offset.
     */
    void begin(TransactionContext transaction, long commitLsn) {
        if (!(stored.get(Position.OPEN) instanceof Number open) || open.longValue() != commitLsn) {
            transaction.endTransaction();
            return;
        }
        Map<String, Long> counts = new HashMap<>(transaction.getPerTableEventCount());
        storedBeforeChange.forEach((key, value) -> {
            if (value instanceof Number count) {
                counts.put(key.substring(Position.COUNTED.length()), count.longValue());
            }
        });
        // Debezium does not name a table before it has counted an event of it.
        counts.values().removeIf(count -> count == 0);
        String id = transaction.getTransactionId();
        transaction.endTransaction();
        transaction.setTransactionId(id);
        transaction.putPerTableEventCount(counts);
        transaction.setTotalEventCount(
                counts.values().stream().mapToLong(Long::longValue).sum());
    }

    /**
     * Adds our keys to the offset of a record within a transaction, if the record is in the middle of a change.
     *
     * @param offset an offset with Debezium's counts
     * @param changeComplete whether the current change is sent with all of its records
     */
    void writeTo(Map<String, Object> offset, boolean changeComplete) {
        Map<String, Object> counts = ours(offset);
        if (changeComplete) {
            beforeChange = counts;
        } else {
            counts.replaceAll((key, value) -> beforeChange.getOrDefault(key, 0L));
            offset.putAll(counts);
        }
    }

    /** Our keys of the stored offset, for records that are sent before the first one of the stream. */
    Map<String, Object> stored() {
        return storedBeforeChange;
    }

    /** Debezium's counts, under our keys. */
    private static Map<String, Object> ours(Map<String, ?> offset) {
        Map<String, Object> counts = new HashMap<>();
        offset.forEach((key, value) -> {
            if (key.startsWith(DEBEZIUMS)) {
                counts.put(Position.COUNTED + key.substring(DEBEZIUMS.length()), value);
            }
        });
        return counts;
    }
}
