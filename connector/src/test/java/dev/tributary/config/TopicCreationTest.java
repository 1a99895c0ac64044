// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.config.TopicCreation.Settings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopicCreationTest {

    private static final TopicCreation CREATION = new TopicCreation(Map.of(
            "topic.creation.groups", "compacted,orders",
            "topic.creation.default.partitions", "6",
            "topic.creation.default.replication.factor", "3",
            "topic.creation.default.retention.ms", "86400000",
            "topic.creation.compacted.include", "shop\\.public\\.(customers|products)",
            "topic.creation.compacted.cleanup.policy", "compact",
            "topic.creation.orders.include", "shop\\..*",
            "topic.creation.orders.exclude", "shop\\.public\\.log",
            "topic.creation.orders.partitions", "12",
            "topic.creation.orders.replication.factor", "-1"));

    @Test
    void theFirstGroupThatIncludesATopicDecides() {
        // Then
        assertThat(CREATION.settingsOf("shop.public.customers").group()).isEqualTo("compacted");
        assertThat(CREATION.settingsOf("shop.public.orders").group()).isEqualTo("orders");
        assertThat(CREATION.settingsOf("shop.public.log").group()).isEqualTo("default");
        assertThat(CREATION.settingsOf("other").group()).isEqualTo("default");
    }

    /** As in Connect, only the two numbers are inherited. */
    @Test
    void aGroupInheritsTheNumbersOfPartitionsAndReplicas() {
        // When
        Settings compacted = CREATION.settingsOf("shop.public.products");

        // Then
        assertThat(compacted)
                .isEqualTo(new Settings(
                        "compacted", Optional.of("6"), Optional.of("3"), Optional.of("compact"), Optional.empty()));
        assertThat(CREATION.settingsOf("other").retentionMillis()).contains("86400000");
    }

    @Test
    void minusOneIsTheBrokersDefault() {
        // When
        Settings orders = CREATION.settingsOf("shop.public.orders");

        // Then
        assertThat(orders.partitions()).contains("12");
        assertThat(orders.replicas()).isEmpty();
    }

    @Test
    void withoutOptionsConnectCreatesNoTopics() {
        // Then
        assertThat(CREATION.isOn()).isTrue();
        assertThat(new TopicCreation(Map.of("topic.prefix", "shop")).isOn()).isFalse();
    }
}
