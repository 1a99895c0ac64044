// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.position.Position;
import io.debezium.pipeline.txmetadata.TransactionContext;
import io.debezium.pipeline.txmetadata.TransactionStructMaker;
import io.debezium.relational.TableId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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

    /** The change that is being sent; null before the first of a transaction. */
    private Step.@Nullable Send change;

    /** How many events of each table there were before it. */
    private Supplier<Map<String, Long>> beforeChange;

    /** The last events of the open transaction, if they were counted here. */
    private @Nullable CountedEvents events;

    /** @param stored the offset that Connect has stored; empty if there is none */
    TransactionCounts(Map<String, ?> stored) {
        this.stored = stored;
        Map<String, Long> counts = byTable(stored, DEBEZIUMS);
        counts.putAll(byTable(stored, Position.COUNTED));
        beforeChange = () -> counts;
        stored.forEach((key, value) -> {
            if (key.startsWith(Position.COUNTED)) {
                storedBeforeChange.put(key, value);
            }
        });
    }

    /**
     * A transaction begins. If it was open in the stored offset, Debezium continues to count from there and does not
     * send its BEGIN event again. Any other transaction is counted from the start, even one whose id Debezium knows
     * from the offset.
     */
    void begin(TransactionContext transaction, long commitLsn) {
        change = null;
        events = null;
        if (!(stored.get(Position.OPEN) instanceof Number open) || open.longValue() != commitLsn) {
            transaction.endTransaction();
            return;
        }
        Map<String, Long> counts = new HashMap<>(transaction.getPerTableEventCount());
        counts.putAll(byTable(storedBeforeChange, Position.COUNTED));
        // Debezium does not name a table before it has counted an event of it.
        counts.values().removeIf(count -> count == 0);
        String id = transaction.getTransactionId();
        transaction.endTransaction();
        transaction.setTransactionId(id);
        transaction.putPerTableEventCount(counts);
        transaction.setTotalEventCount(
                counts.values().stream().mapToLong(Long::longValue).sum());
    }

    /** The events of a change follow. It does no harm to say so several times. */
    void beginChange(TransactionContext transaction, Step.Send next) {
        if (!next.equals(change)) {
            change = next;
            CountedEvents counted = upTo(transaction);
            int size = counted.size();
            beforeChange = () -> counted.after(size);
        }
    }

    /** Counts an event of the change that is being sent, if it is sent without Debezium's dispatcher. */
    EventOrder count(TransactionContext transaction, TableId table, ChangePoint point) {
        CountedEvents counted = upTo(transaction);
        long inTable = transaction.event(table);
        return new EventOrder(point, counted, counted.add(table.toString()), inTable, beforeChange);
    }

    /** Where the next event is to be added. The events that the dispatcher sends are counted by it alone. */
    private CountedEvents upTo(TransactionContext transaction) {
        CountedEvents counted = events;
        if (counted == null || counted.total() != transaction.getTotalEventCount() || counted.isFull()) {
            counted = new CountedEvents(Map.copyOf(transaction.getPerTableEventCount()));
            events = counted;
        }
        return counted;
    }

    /**
     * Adds our keys to the offset of a record within a transaction, if the record is in the middle of a change.
     *
     * @param offset an offset with Debezium's counts
     * @param changeComplete whether the current change is sent with all of its records
     */
    void writeTo(Map<String, Object> offset, boolean changeComplete) {
        if (!changeComplete) {
            writeBefore(offset, byTable(offset, DEBEZIUMS), beforeChange.get());
        }
    }

    /** Adds Debezium's keys to the offset of a record. */
    static void write(Map<String, Object> offset, String transaction, Map<String, Long> counts) {
        offset.put(TransactionContext.OFFSET_TRANSACTION_ID, transaction);
        counts.forEach((table, count) -> offset.put(DEBEZIUMS + table, count));
    }

    /** Adds our keys to the offset of a record in the middle of a change. */
    static void writeBefore(Map<String, Object> offset, Map<String, Long> counts, Map<String, Long> before) {
        counts.keySet().forEach(table -> offset.put(Position.COUNTED + table, before.getOrDefault(table, 0L)));
    }

    /** Our keys of the stored offset, for records that are sent before the first one of the stream. */
    Map<String, Object> stored() {
        return storedBeforeChange;
    }

    /** The counts of an offset whose keys begin in a way. */
    private static Map<String, Long> byTable(Map<String, ?> offset, String prefix) {
        Map<String, Long> counts = new HashMap<>();
        offset.forEach((key, value) -> {
            if (key.startsWith(prefix) && value instanceof Number count) {
                counts.put(key.substring(prefix.length()), count.longValue());
            }
        });
        return counts;
    }
}
