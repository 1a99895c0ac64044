// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleEvents.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

abstract class IsOperationSuite {

    private final SampleEvents events;

    IsOperationSuite(SampleEvents events) {
        this.events = events;
    }

    @ParameterizedTest
    @CsvSource({
        "c, create",
        "u, update",
        "d, delete",
        "r, read",
        "t, truncate",
        "m, message",
        "tombstone, tombstone",
    })
    void isTrueForItsOperationByCodeAndName(String code, String name) {
        assertThat(chosen(code)).containsExactly(name);
        assertThat(chosen(name)).containsExactly(name);
    }

    @Test
    void isTrueForAnyOfSeveralOperations() {
        assertThat(chosen(" delete , tombstone,r,read")).containsExactlyInAnyOrder("delete", "tombstone", "read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", ",", "x", "C", "DELETE", "c,d,insert", "c,,d", "tombstones"})
    void anUnknownOperationIsRejected(String operations) {
        assertThatThrownBy(() -> predicate(operations))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("operations")
                .hasMessageContaining("c or create, u or update, d or delete, r or read, t or truncate, m or message,"
                        + " tombstone");
    }

    @Test
    void theInvalidEntryIsNamed() {
        assertThatThrownBy(() -> predicate("c,insert")).hasMessageContaining("'insert' is not one of");
    }

    @Test
    void operationsAreRequired() {
        try (IsOperation<SourceRecord> predicate = new IsOperation<>()) {
            assertThatThrownBy(() -> predicate.configure(Map.of()))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("operations");
        }
    }

    private List<String> chosen(String operations) {
        IsOperation<SourceRecord> predicate = predicate(operations);
        Map<String, SourceRecord> records = new TreeMap<>(Map.of(
                "create", events.create(customer()),
                "update", events.update(null, customer()),
                "delete", events.delete(customer()),
                "read", events.read(customer()),
                "truncate", events.truncate(),
                "message", events.message(),
                "tombstone", events.tombstone(customer()),
                "heartbeat", events.heartbeat(),
                "boundary", events.transactionBoundary(),
                "flat", events.flat(customer())));
        return records.entrySet().stream()
                .filter(record -> predicate.test(record.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static IsOperation<SourceRecord> predicate(String operations) {
        IsOperation<SourceRecord> predicate = new IsOperation<>();
        predicate.configure(Map.of("operations", operations));
        return predicate;
    }
}
