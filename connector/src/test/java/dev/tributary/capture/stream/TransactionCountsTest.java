// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.position.Position;
import io.debezium.pipeline.txmetadata.TransactionContext;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TransactionCountsTest {

    private static final long COMMIT = 100;
    private static final String OF_TABLE = "transaction_data_collection_order_";

    private final Map<String, Object> stored = new HashMap<>(Map.of(
            TransactionContext.OFFSET_TRANSACTION_ID,
            "7",
            Position.OPEN,
            COMMIT,
            OF_TABLE + "a",
            3L,
            OF_TABLE + "b",
            1L));

    @Test
    void theTransactionThatWasOpenIsCountedOn() {
        // When
        TransactionContext context = begun(COMMIT);

        // Then
        assertThat(context.getTransactionId()).isEqualTo("7");
        assertThat(context.getPerTableEventCount()).containsOnly(Map.entry("a", 3L), Map.entry("b", 1L));
        assertThat(context.getTotalEventCount()).isEqualTo(4);
    }

    @Test
    void eventsOfAChangeThatComesAgainAreNotCountedTwice() {
        // Given
        stored.put(Position.COUNTED + "a", 2L);

        // When
        TransactionContext context = begun(COMMIT);

        // Then
        assertThat(context.getPerTableEventCount()).containsOnly(Map.entry("a", 2L), Map.entry("b", 1L));
        assertThat(context.getTotalEventCount()).isEqualTo(3);
    }

    @Test
    void aTableThatOnlyTheChangeThatComesAgainIsAboutIsNotKnownYet() {
        // Given
        stored.put(Position.COUNTED + "b", 0L);

        // When
        TransactionContext context = begun(COMMIT);

        // Then
        assertThat(context.getPerTableEventCount()).containsOnly(Map.entry("a", 3L));
        assertThat(context.store(new HashMap<>())).doesNotContainKey(OF_TABLE + "b");
        assertThat(context.getTotalEventCount()).isEqualTo(3);
    }

    @Test
    void anotherTransactionIsCountedFromTheStart() {
        // When
        TransactionContext context = begun(COMMIT + 1);

        // Then
        assertThat(context.getPerTableEventCount()).isEmpty();
        assertThat(context.getTotalEventCount()).isZero();
        assertThat(context.isTransactionInProgress()).isFalse();
    }

    /** What is known once a transaction with such a commit has begun. */
    private TransactionContext begun(long commitLsn) {
        TransactionContext context = TransactionContext.load(stored);
        new TransactionCounts(stored).begin(context, commitLsn);
        return context;
    }
}
