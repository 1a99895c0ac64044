// SPDX-License-Identifier: Apache-2.0
package dev.tributary.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.config.ConnectorConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicsTest {

    @Test
    void metadataHasTopicsOfItsOwn() {
        // Given
        Map<String, String> options = new HashMap<>(Map.of(
                "topic.prefix", "shop",
                "provide.transaction.metadata", "true",
                "heartbeat.interval.ms", "1000"));

        // When
        List<PlannedTopic> topics = Topics.of(ConnectorConfig.of(options), List.of(), Map.of());

        // Then
        assertThat(topics)
                .extracting(PlannedTopic::name)
                .containsExactly("shop.transaction", "__debezium-heartbeat.shop");
        assertThat(topics).extracting(PlannedTopic::creation).allMatch(creation -> creation.isEmpty());
        options.put("topic.creation.default.partitions", "3");
        assertThat(Topics.of(ConnectorConfig.of(options), List.of(), Map.of()))
                .extracting(topic -> topic.creation().orElseThrow().partitions().orElseThrow())
                .containsOnly("3");
    }

    @Test
    void transformsThatMayChangeTopicsAreNamed() {
        // Given
        Map<String, String> options = Map.of(
                "transforms", "mask, route,kafkas,replace,other",
                "transforms.mask.type", "dev.tributary.transforms.MaskFields",
                "transforms.route.type", "dev.tributary.transforms.RouteTopic",
                "transforms.kafkas.type", "org.apache.kafka.connect.transforms.RegexRouter",
                "transforms.replace.type", "org.apache.kafka.connect.transforms.ReplaceField$Value",
                "transforms.other.type", "org.example.Other");

        // When
        List<String> renaming = Topics.renaming(options);

        // Then
        assertThat(renaming)
                .containsExactly(
                        "transforms.route.type=dev.tributary.transforms.RouteTopic",
                        "transforms.kafkas.type=org.apache.kafka.connect.transforms.RegexRouter",
                        "transforms.other.type=org.example.Other");
        assertThat(Topics.renaming(Map.of("topic.naming.strategy", "org.example.Names")))
                .containsExactly("topic.naming.strategy=org.example.Names");
        assertThat(Topics.renaming(Map.of())).isEmpty();
    }

    @Test
    void theQueueHasItsLimitOrAPartOfTheHeap() {
        // Then
        assertThat(QueueMemory.of(Map.of("max.queue.size.in.bytes", "1000")).bytesIn(1L << 30))
                .isEqualTo(1000);
        assertThat(QueueMemory.of(Map.of("max.queue.size.in.bytes", "0")).bytesIn(1L << 30))
                .isEqualTo(64L << 20);
        assertThat(QueueMemory.of(Map.of()).limitBytes()).isEmpty();
    }
}
