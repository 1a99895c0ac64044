// SPDX-License-Identifier: Apache-2.0
package dev.tributary.plan;

import dev.tributary.capture.EventSchemas;
import dev.tributary.config.ConnectorConfig;
import dev.tributary.config.TopicCreation;
import dev.tributary.config.TransactionTopic;
import dev.tributary.postgres.TableName;
import dev.tributary.preflight.Survey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The topics of a connector. */
final class Topics {

    private static final String STRATEGY = "topic.naming.strategy";
    private static final String DEBEZIUMS_STRATEGY = "io.debezium.schema.SchemaTopicNamingStrategy";
    private static final String KAFKAS = "org.apache.kafka.connect.transforms.";
    private static final Set<String> KAFKAS_ROUTERS = Set.of("RegexRouter", "TimestampRouter");
    private static final String OURS = "dev.tributary.transforms.";
    private static final Set<String> OUR_ROUTERS = Set.of("OutboxRouter", "RouteTopic");

    private Topics() {}

    /** The topics of tables, then those of metadata. */
    static List<PlannedTopic> of(
            ConnectorConfig config, List<Survey.Captured> tables, Map<TableName, EventSchemas.OfTable> schemas) {
        Map<String, String> properties = config.properties();
        TopicCreation creation = new TopicCreation(properties);
        List<PlannedTopic> topics = new ArrayList<>();
        tables.forEach(table -> topics.add(new PlannedTopic(
                table.topic(),
                table.name().toString(),
                settings(creation, table.topic()),
                Optional.ofNullable(schemas.get(table.name())))));
        if (Boolean.parseBoolean(
                properties.getOrDefault("provide.transaction.metadata", "false").strip())) {
            topics.add(topic(creation, TransactionTopic.of(config).name(), "transaction metadata"));
        }
        if (!properties.getOrDefault("heartbeat.interval.ms", "0").strip().equals("0")) {
            topics.add(topic(
                    creation,
                    properties.getOrDefault("topic.heartbeat.prefix", "__debezium-heartbeat")
                            + config.topicDelimiter()
                            + config.topicPrefix(),
                    "heartbeats"));
        }
        return topics;
    }

    private static PlannedTopic topic(TopicCreation creation, String name, String content) {
        return new PlannedTopic(name, content, settings(creation, name), Optional.empty());
    }

    private static Optional<TopicCreation.Settings> settings(TopicCreation creation, String topic) {
        return creation.isOn() ? Optional.of(creation.settingsOf(topic)) : Optional.empty();
    }

    /** The options that may give records other topics, as {@code option=value}. */
    static List<String> renaming(Map<String, String> properties) {
        List<String> renaming = new ArrayList<>();
        String strategy = properties.getOrDefault(STRATEGY, DEBEZIUMS_STRATEGY).strip();
        if (!strategy.equals(DEBEZIUMS_STRATEGY)) {
            renaming.add(STRATEGY + "=" + strategy);
        }
        Stream.of(properties.getOrDefault("transforms", "").split(","))
                .map(String::strip)
                .filter(alias -> !alias.isEmpty())
                .map(alias -> "transforms." + alias + ".type")
                .filter(option -> routes(properties.getOrDefault(option, "").strip()))
                .map(option ->
                        option + "=" + properties.getOrDefault(option, "").strip())
                .forEach(renaming::add);
        return renaming;
    }

    /** Whether a transform may change topics; what others' transforms do is not known. */
    private static boolean routes(String type) {
        if (type.startsWith(OURS)) {
            return OUR_ROUTERS.contains(type.substring(OURS.length()));
        }
        return !type.startsWith(KAFKAS) || KAFKAS_ROUTERS.contains(type.substring(KAFKAS.length()));
    }
}
