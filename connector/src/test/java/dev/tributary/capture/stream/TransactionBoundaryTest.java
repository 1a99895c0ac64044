// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.position.Lsn;
import dev.tributary.position.Position;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TransactionBoundaryTest {

    private static final Transaction TRANSACTION = Transaction.of(7, 100, 5_000, 50L);

    private static TransactionBoundary boundary(@Nullable Position open, Map<String, Long> counts) {
        return new TransactionBoundary(TRANSACTION, 90, 60L, 50L, null, open, counts, Map.of("a", "b"));
    }

    @Test
    void theOffsetOfABeginSaysThatNothingOfTheTransactionWasSent() {
        // When
        TransactionBoundary begin =
                boundary(new Position(new Lsn(100), new Lsn(100), 0, new Lsn(0)), new LinkedHashMap<>());

        // Then
        assertThat(begin.isBegin()).isTrue();
        assertThat(begin.offset())
                .isEqualTo(Map.ofEntries(
                        Map.entry("ts_usec", 5_000L),
                        Map.entry("txId", 7L),
                        Map.entry("lsn", 90L),
                        Map.entry("lsn_proc", 60L),
                        Map.entry("lsn_commit", 50L),
                        Map.entry("messageType", "BEGIN"),
                        Map.entry("tx_lsn", 100L),
                        Map.entry("tx_ordinal", 0L),
                        Map.entry("tx_change_lsn", 0L),
                        Map.entry("transaction_id", "7"),
                        Map.entry("a", "b")));
    }

    @Test
    void theOffsetOfAnEndHasTheCountsAndNoOpenTransaction() {
        // When
        TransactionBoundary end = boundary(null, new LinkedHashMap<>(Map.of("public.t", 3L, "public.u", 2L)));

        // Then
        assertThat(end.isBegin()).isFalse();
        assertThat(end.total()).isEqualTo(5);
        assertThat(end.id()).isEqualTo("7:90");
        assertThat(end.offset())
                .containsEntry("messageType", "COMMIT")
                .containsEntry("transaction_data_collection_order_public.t", 3L)
                .containsEntry("transaction_data_collection_order_public.u", 2L)
                .doesNotContainKeys("tx_lsn", "tx_ordinal", "tx_change_lsn", "xmin");
    }
}
