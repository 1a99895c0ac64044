// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.config.OptionNames;
import dev.tributary.postgres.CatalogTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Whether each table gets a topic of its own, one that Kafka takes. */
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
                "Kafka and its tools take such topics for internal ones, and consumers by pattern skip them",
                new Fix.Advice("choose a prefix without them")));
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
                                + ", which Kafka takes for one, a dot and an underscore being the same to it",
                topics.size() == 1
                        ? "Rows of different tables with equal keys could not be told apart"
                        : "Kafka refuses to make the second topic",
                new Fix.Advice("leave one out with table.exclude.list and capture it with a connector of another"
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
                "Names that Kafka does not take are changed: " + Names.shortened(changed),
                "Topics may have letters, digits, dots, underscores and hyphens, and " + TopicName.LONGEST
                        + " characters at most",
                new Fix.Advice("nothing to do, if consumers know the names")));
    }
}
