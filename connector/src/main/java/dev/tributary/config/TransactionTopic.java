// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import io.debezium.config.CommonConnectorConfig;
import io.debezium.schema.AbstractTopicNamingStrategy;
import java.util.OptionalInt;

/**
 * The topic of the transaction metadata.
 *
 * @param name its name
 * @param partitions with how many partitions Connect creates it; empty if the broker decides, or if a custom strategy
 *     names the topics
 */
public record TransactionTopic(String name, OptionalInt partitions) {

    private static final String DEBEZIUMS_STRATEGIES = "io.debezium.schema.";

    /** The topic in a configuration that was validated. */
    public static TransactionTopic of(ConnectorConfig config) {
        String last = config.properties()
                .getOrDefault(
                        AbstractTopicNamingStrategy.TOPIC_TRANSACTION.name(),
                        AbstractTopicNamingStrategy.TOPIC_TRANSACTION.defaultValueAsString());
        String name = config.topicPrefix() + config.topicDelimiter() + last;
        String strategy = config.properties()
                .getOrDefault(CommonConnectorConfig.TOPIC_NAMING_STRATEGY.name(), DEBEZIUMS_STRATEGIES);
        return new TransactionTopic(
                name,
                strategy.startsWith(DEBEZIUMS_STRATEGIES)
                        ? new TopicCreation(config.properties()).partitionsOf(name)
                        : OptionalInt.empty());
    }
}
