// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.config.OptionNames;
import dev.tributary.postgres.CatalogTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Checks whether each table gets its own topic, with a name that Kafka allows. */
final class TopicChecks {

    private TopicChecks() {}

    static List<Finding> reserved(PreflightRequest request, Facts facts) {
        var prefix = request.topics().prefix();
        if (!prefix.startsWith("__")) {
            return List.of();
        }
        return List.of(Finding.warning(
                OptionNames.TOPIC_PREFIX,
                "topic.prefix " + prefix + " begins with two underscores",
                "Kafka and its tools treat such topics as internal, and consumers that subscribe by pattern skip them",
                new Fix.Advice("choose another prefix")));
    }

    static List<Finding> collisions(PreflightRequest request, Facts facts) {
        var tables = new LinkedHashMap<String, List<CatalogTable>>();
        facts.publishable()
                .forEach(table -> tables.computeIfAbsent(
                                TopicName.of(table.name(), request.topics()).forCollision(), name -> new ArrayList<>())
                        .add(table));
        return tables.values().stream()
                .filter(sharing -> sharing.size() > 1)
                .map(sharing -> collision(request, sharing))
                .toList();
    }

    private static Finding collision(PreflightRequest request, List<CatalogTable> sharing) {
        var topics = sharing.stream()
                .map(table -> TopicName.of(table.name(), request.topics()).actual())
                .distinct()
                .toList();
        return Finding.error(
                OptionNames.TOPIC_PREFIX,
                topics.size() == 1
                        ? "Tables " + Names.of(sharing) + " would share the topic " + topics.get(0)
                        : "Tables " + Names.of(sharing) + " would have the topics " + Names.shortened(topics)
                                + ", which are the same to Kafka because it does not distinguish dots and underscores",
                topics.size() == 1
                        ? "Rows of different tables with equal keys could not be distinguished"
                        : "Kafka refuses to create the second topic",
                new Fix.Advice("exclude one with table.exclude.list and capture it with a connector that has another"
                        + " topic.prefix, or rename a table"));
    }

    static List<Finding> renamed(PreflightRequest request, Facts facts) {
        var changed = facts.publishable()
                .map(table -> TopicName.of(table.name(), request.topics()))
                .filter(TopicName::changed)
                .map(topic -> topic.requested() + " becomes " + topic.actual())
                .toList();
        if (changed.isEmpty()) {
            return List.of();
        }
        return List.of(Finding.info(
                OptionNames.TOPIC_PREFIX,
                "Topic names that Kafka does not allow are changed: " + Names.shortened(changed),
                "Topic names can have at most " + TopicName.LONGEST + " letters, digits, dots, underscores and hyphens",
                new Fix.Advice("none needed, if consumers use the changed names")));
    }
}
