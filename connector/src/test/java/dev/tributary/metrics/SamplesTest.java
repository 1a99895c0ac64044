// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SamplesTest {

    private final Samples samples = Samples.open("samples");

    @AfterEach
    void close() {
        samples.close();
    }

    private static EventSample event(String value) {
        return new EventSample(0, "c", "", value);
    }

    @Test
    void keepsTheLatestOfEachTopic() {
        // When
        IntStream.range(0, 30).forEach(i -> samples.add("orders", event("order " + i)));
        samples.add("items", event("item"));

        // Then
        assertThat(samples.getTopics()).containsExactly("items", "orders");
        assertThat(samples.events("orders"))
                .extracting(EventSample::getValue)
                .containsExactlyElementsOf(
                        IntStream.range(10, 30).mapToObj(i -> "order " + i).toList());
        assertThat(samples.events("none")).isEmpty();
    }

    @Test
    void ofManyTopicsThoseUsedLeastRecentlyAreForgotten() {
        // Given
        IntStream.range(0, 1_000).forEach(i -> samples.add("topic" + i, event("row")));
        samples.events("topic0");

        // When
        samples.add("another", event("row"));

        // Then
        assertThat(samples.getTopics())
                .hasSize(1_000)
                .contains("topic0", "another")
                .doesNotContain("topic1");
    }

    @Test
    void longEventsAreKeptUpToABudget() {
        // Given
        String large = "x".repeat(100_000);

        // When
        for (int i = 0; i < 1_000; i++) {
            samples.add("topic" + i, event(large));
        }

        // Then
        assertThat(samples.getTopics()).hasSize(39).contains("topic999", "topic961");
    }

    @Test
    void whatWasForgottenMakesRoom() {
        // Given
        String large = "x".repeat(100_000);
        IntStream.range(0, 500).forEach(i -> samples.add("large", event(large)));

        // When
        IntStream.range(0, 19).forEach(i -> samples.add("other" + i, event(large)));

        // Then
        assertThat(samples.events("large")).hasSize(20);
        assertThat(samples.getTopics()).hasSize(20);
    }
}
