// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.config.ConnectorConfig;
import dev.tributary.preflight.Finding.Severity;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TransactionChecksTest {

    private final Map<String, String> config = new HashMap<>(Map.of(
            "database.hostname", "db",
            "database.dbname", "shop",
            "topic.prefix", "shop",
            "transaction.boundary", "connector"));

    @Test
    void withoutBoundariesThereIsNothingToSay() {
        // Given
        config.remove("transaction.boundary");
        config.put("producer.override.transaction.timeout.ms", "3600000");

        // Then
        assertThat(TransactionChecks.of(ConnectorConfig.of(config))).isEmpty();
    }

    @Test
    void saysWhatTransactionMetadataAdds() {
        assertThat(TransactionChecks.of(ConnectorConfig.of(config)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.INFO);
                    assertThat(finding.option()).isEqualTo("provide.transaction.metadata");
                });
    }

    @Test
    void warnsOfATimeoutThatBrokersRefuse() {
        // Given
        config.put("provide.transaction.metadata", "true");
        config.put("producer.override.transaction.timeout.ms", "900001");

        // Then
        assertThat(TransactionChecks.of(ConnectorConfig.of(config)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                    assertThat(finding.option()).isEqualTo("producer.override.transaction.timeout.ms");
                    assertThat(finding.message()).contains("900001", "900000", "transaction.max.timeout.ms");
                });
    }

    @Test
    void aWorkerWithoutExactlyOnceIsNamedWithTheSetting() {
        assertThat(TransactionChecks.withoutExactlyOnce().message()).contains("exactly.once.source.support=enabled");
    }
}
