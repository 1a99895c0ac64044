// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.position.Position;
import io.debezium.pipeline.txmetadata.TransactionContext;
import java.util.HashMap;
import java.util.Map;

/**
 * Lets Debezium go on counting the events of a transaction where the stored offset left it: {@code total_order} and
 * {@code data_collection_order} of {@code provide.transaction.metadata}.
 *
 * @param stored the offset that Connect has stored; empty if there is none
 */
record TransactionCounts(Map<String, ?> stored) {

    /**
     * A transaction begins. If it was open in the stored offset, it is counted from there on, and Debezium does not tell of
     * its beginning again. Any other is counted from the start: one whose id Debezium knows from the offset, but which comes
     * again as a whole, too.
     */
    void begin(TransactionContext context, long commitLsn) {
        if (!(stored.get(Position.OPEN) instanceof Number open) || open.longValue() != commitLsn) {
            context.endTransaction();
            return;
        }
        Map<String, Long> counts = new HashMap<>(context.getPerTableEventCount());
        counts.putAll(beforeTheLastChange());
        // Debezium does not name a table before it has counted an event of it.
        counts.values().removeIf(count -> count == 0);
        String transaction = context.getTransactionId();
        context.endTransaction();
        context.setTransactionId(transaction);
        context.putPerTableEventCount(counts);
        context.setTotalEventCount(
                counts.values().stream().mapToLong(Long::longValue).sum());
    }

    private Map<String, Long> beforeTheLastChange() {
        Map<String, Long> counts = new HashMap<>();
        stored.forEach((key, value) -> {
            if (key.startsWith(Position.COUNTED) && value instanceof Number count) {
                counts.put(key.substring(Position.COUNTED.length()), count.longValue());
            }
        });
        return counts;
    }
}
