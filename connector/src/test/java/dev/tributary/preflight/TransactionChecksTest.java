// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.config.ConnectorConfig;
import dev.tributary.preflight.Finding.Severity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "transaction.group.max.ms",
                "transaction.group.max.bytes",
                "transaction.max.bytes",
                "transaction.oversize"
            })
    void warnsOfAnOptionWithoutEffect(String option) {
        // Given
        config.put("transaction.boundary", "interval");
        config.put(option, option.equals("transaction.oversize") ? "fail" : "1000");

        // Then
        assertThat(TransactionChecks.of(ConnectorConfig.of(config)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                    assertThat(finding.option()).isEqualTo(option);
                });
    }

    /** Some tools write every option. */
    @Test
    void saysNothingOfOptionsThatHaveTheirDefault() {
        // Given
        config.remove("transaction.boundary");
        config.put("transaction.group.max.ms", "100");
        config.put("transaction.oversize", "split");

        // Then
        assertThat(TransactionChecks.of(ConnectorConfig.of(config))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "3, '', '', 3",
        "1, '', '', 0",
        "3, shop.transaction, '', 0",
        "3, 'other,shop[.]tr.*', '', 0",
        "3, .*, shop.transaction, 3",
        "3, shop[.]transaction[.]events, '', 3",
        "'', '', '', 0"
    })
    void warnsOfATransactionTopicWithSeveralPartitions(
            String byDefault, String include, String exclude, int partitions) {
        // Given
        config.put("provide.transaction.metadata", "true");
        put("topic.creation.default.partitions", byDefault);
        config.put("topic.creation.groups", "some");
        put("topic.creation.some.include", include);
        put("topic.creation.some.exclude", exclude);
        config.put("topic.creation.some.partitions", "1");

        // Then
        assertThat(TransactionChecks.of(ConnectorConfig.of(config)))
                .map(Finding::found)
                .isEqualTo(
                        partitions == 0
                                ? List.of()
                                : List.of("Connect creates shop.transaction with " + partitions
                                        + " partitions, unless it exists"));
    }

    @Test
    void aGroupWithoutPartitionsHasThoseOfTheDefault() {
        // Given
        config.put("provide.transaction.metadata", "true");
        config.put("topic.creation.default.partitions", "4");
        config.put("topic.creation.groups", "some");
        config.put("topic.creation.some.include", ".*");

        // Then
        assertThat(TransactionChecks.of(ConnectorConfig.of(config)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("with 4 partitions"));
    }

    @Test
    void saysNothingOfTopicsThatACustomStrategyNames() {
        // Given
        config.put("provide.transaction.metadata", "true");
        config.put("topic.creation.default.partitions", "4");
        config.put("topic.naming.strategy", "com.example.Names");

        // Then
        assertThat(TransactionChecks.of(ConnectorConfig.of(config))).isEmpty();
    }

    private void put(String option, String value) {
        if (!value.isEmpty()) {
            config.put(option, value);
        }
    }

    @Test
    void aWorkerWithoutExactlyOnceIsNamedWithTheSetting() {
        assertThat(TransactionChecks.withoutExactlyOnce().message()).contains("exactly.once.source.support=enabled");
    }
}
