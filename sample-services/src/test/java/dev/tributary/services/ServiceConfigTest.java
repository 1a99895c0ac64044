// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceConfigTest {

    @Test
    void readsKafkasAddressFromTheEnvironment() {
        // When
        ServiceConfig config = ServiceConfig.of(
                Map.of("KAFKA_BOOTSTRAP_SERVERS", "kafka:9092", "KAFKA_SECURITY_PROTOCOL", "SSL", "HOME", "/"),
                "board",
                8090);

        // Then
        assertThat(config.kafka())
                .containsOnly(Map.entry("bootstrap.servers", "kafka:9092"), Map.entry("security.protocol", "SSL"));
        assertThat(config.topic("orders")).isEqualTo("shop.shop.orders");
        assertThat(config.http().getPort()).isEqualTo(8090);
        assertThat(config.http().getAddress().isLoopbackAddress()).isTrue();
    }

    @Test
    void readsTheTopicPrefixFromTheEnvironment() {
        // When
        ServiceConfig config =
                ServiceConfig.of(Map.of("KAFKA_BOOTSTRAP_SERVERS", "kafka:9092", "TOPIC_PREFIX", "p.s"), "board", 0);

        // Then
        assertThat(config.topic("orders")).isEqualTo("p.s.orders");
        assertThat(config.collection("orders")).isEqualTo("s.orders");
        assertThat(config.transactionTopic()).isEqualTo("p.transaction");
    }

    @Test
    void readsThePatienceFromTheEnvironment() {
        // Given
        Map<String, String> kafka = Map.of("KAFKA_BOOTSTRAP_SERVERS", "kafka:9092");
        Map<String, String> patient = Map.of("KAFKA_BOOTSTRAP_SERVERS", "kafka:9092", "PATIENCE_SECONDS", "60");

        // Then
        assertThat(ServiceConfig.of(kafka, "board", 0).patience()).hasSeconds(2);
        assertThat(ServiceConfig.of(patient, "board", 0).patience()).hasSeconds(60);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "", "-1", "1.5"})
    void reportsAnInvalidPatience(String patience) {
        assertThatThrownBy(() -> ServiceConfig.of(
                        Map.of("KAFKA_BOOTSTRAP_SERVERS", "kafka:9092", "PATIENCE_SECONDS", patience), "board", 8090))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("PATIENCE_SECONDS must be a number of seconds, but is " + patience);
    }

    @Test
    void requiresABroker() {
        assertThatThrownBy(() -> ServiceConfig.of(Map.of(), "board", 8090))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("KAFKA_BOOTSTRAP_SERVERS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "", "-1", "65536"})
    void reportsAnInvalidPort(String port) {
        assertThatThrownBy(() -> ServiceConfig.of(
                        Map.of("KAFKA_BOOTSTRAP_SERVERS", "kafka:9092", "HTTP_PORT", port), "board", 8090))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("HTTP_PORT must be a port, but is " + port);
    }
}
