// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * How Connect creates the topics of the connector, as far as {@code topic.creation.*} says.
 *
 * @param properties the configuration of the connector
 */
public record TopicCreation(Map<String, String> properties) {

    private static final String DEFAULT = "default";

    /** What brokers do without a setting: {@code log.retention.hours}. */
    private static final String BROKERS_MILLIS =
            Long.toString(Duration.ofDays(7).toMillis());

    /** The shortest time after which a topic deletes records; a topic that is only compacted keeps them. */
    Duration shortestRetention() {
        return Stream.concat(Stream.of(DEFAULT), groups().stream())
                .filter(group -> setting(group, "cleanup.policy", "delete").contains("delete"))
                .map(group -> setting(group, "retention.ms", BROKERS_MILLIS))
                .filter(millis -> millis.matches("\\d{1,15}"))
                .map(millis -> Duration.ofMillis(Long.parseLong(millis)))
                .min(Comparator.naturalOrder())
                .orElse(ChronoUnit.FOREVER.getDuration());
    }

    /**
     * What a topic is created with; an empty setting is the broker's to decide. A group inherits only the numbers of
     * partitions and replicas from the default one, as in Connect.
     *
     * @param group the group that the topic belongs to
     */
    public record Settings(
            String group,
            Optional<String> partitions,
            Optional<String> replicas,
            Optional<String> cleanupPolicy,
            Optional<String> retentionMillis) {}

    /** Whether Connect creates topics at all; otherwise the broker does, if it may. */
    public boolean isOn() {
        return properties.keySet().stream().anyMatch(option -> option.startsWith("topic.creation."));
    }

    /** What Connect creates a topic with, if the topic does not exist. */
    public Settings settingsOf(String topic) {
        String group = groupOf(topic);
        return new Settings(
                group,
                number(group, "partitions"),
                number(group, "replication.factor"),
                text(group, "cleanup.policy"),
                text(group, "retention.ms"));
    }

    /** Connect writes -1 for the broker's default. */
    private Optional<String> number(String group, String setting) {
        return text(group, setting).or(() -> text(DEFAULT, setting)).filter(value -> !value.equals("-1"));
    }

    private Optional<String> text(String group, String setting) {
        return Optional.of(setting(group, setting, "").strip()).filter(value -> !value.isEmpty());
    }

    private String groupOf(String topic) {
        return groups().stream()
                .filter(each -> matches(each, "include", topic) && !matches(each, "exclude", topic))
                .findFirst()
                .orElse(DEFAULT);
    }

    /** How many partitions a topic is created with; empty if the broker decides. */
    OptionalInt partitionsOf(String topic) {
        return settingsOf(topic).partitions().filter(partitions -> partitions.matches("\\d{1,9}")).stream()
                .mapToInt(Integer::parseInt)
                .findFirst();
    }

    private boolean matches(String group, String list, String topic) {
        return Selection.list(properties, name(group, list)).stream().anyMatch(pattern -> matches(pattern, topic));
    }

    private static boolean matches(String pattern, String topic) {
        try {
            return Pattern.matches(pattern, topic);
        } catch (PatternSyntaxException e) {
            // Connect reports it.
            return false;
        }
    }

    private List<String> groups() {
        return Selection.list(properties, "topic.creation.groups");
    }

    private String setting(String group, String setting, String otherwise) {
        return properties.getOrDefault(name(group, setting), otherwise);
    }

    private static String name(String group, String setting) {
        return "topic.creation." + group + "." + setting;
    }
}
