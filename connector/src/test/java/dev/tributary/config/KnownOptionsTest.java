// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KnownOptionsTest {

    @Test
    void optionsOfDebeziumConnectAndTheDriverAreKnown() {
        // Given
        Map<String, String> config = Stream.of(
                        "name",
                        "connector.class",
                        "tasks.max",
                        "transforms",
                        "transforms.flatten.type",
                        "value.converter.schemas.enable",
                        "topic.creation.default.partitions",
                        "producer.override.linger.ms",
                        "snapshot.mode",
                        "record.timestamp",
                        "column.truncate.to.20.chars",
                        "column.mask.hash.SHA-256.with.salt.abc",
                        "snapshot.select.statement.overrides.shop.orders",
                        "driver.socketTimeout",
                        "internal.log.position.check.enable")
                .collect(Collectors.toMap(name -> name, name -> "x"));

        // Then
        assertThat(KnownOptions.unknownIn(config)).isEmpty();
    }

    @Test
    void aMisspeltNameIsFound() {
        // Given
        Map<String, String> config = Map.of("table.includelist", "a", "snapshot.mod", "never");

        // Then
        assertThat(KnownOptions.unknownIn(config)).containsExactly("snapshot.mod", "table.includelist");
    }

    @Test
    void optionsOfAConfiguredConverterAreKnownAndOfAnotherAreNot() {
        // Given
        Map<String, String> config = new TreeMap<>(
                Map.of("converters", "isbn, money", "isbn.type", "x", "money.scale", "2", "other.type", "y"));

        // Then
        assertThat(KnownOptions.unknownIn(config)).containsExactly("other.type");
    }
}
