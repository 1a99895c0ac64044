// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TransactionOptionsTest {

    private static final long MB = 1 << 20;

    @Test
    void limitsFollowTheHeap() {
        assertThat(TransactionOptions.of(Map.of(), 512 * MB))
                .isEqualTo(new TransactionOptions(
                        false, Duration.ofMillis(100), 16 * MB, 64 * MB, Oversize.SPLIT, Duration.ofMinutes(1), false));
        assertThat(TransactionOptions.of(Map.of(), 8192 * MB).groupBytes()).isEqualTo(64 * MB);
    }

    @Test
    void whatTheUserSetsIsUsed() {
        assertThat(TransactionOptions.of(
                        Map.of(
                                "transaction.boundary", "CONNECTOR",
                                "transaction.group.max.ms", "5",
                                "transaction.group.max.bytes", "6",
                                "transaction.max.bytes", "7",
                                "transaction.oversize", "FAIL",
                                "producer.override.transaction.timeout.ms", "8000",
                                "provide.transaction.metadata", "true"),
                        MB))
                .isEqualTo(new TransactionOptions(
                        true, Duration.ofMillis(5), 6, 7, Oversize.FAIL, Duration.ofSeconds(8), true));
    }
}
