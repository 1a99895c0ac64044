// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.console.worker.WorkerFacts;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which facts of a worker belong to a connector. A worker knows them by topic prefix, and two connectors can have the
 * same one: such as ours, and Debezium's stopped one that it replaces.
 */
final class ConnectorFacts {

    /** The facts that say whose they are. The first one that exists also decides whose the rest is. */
    private static final List<String> NAMED = List.of("task", "events", "connector", "guard");

    private static final Set<String> DEBEZIUMS = Set.of("streaming", "initialSnapshot");

    /** Made from the MBeans of Debezium. */
    private static final Set<String> NUMBERS = Set.of("history", "eventsPerSecond");

    private ConnectorFacts() {}

    /**
     * The facts of a connector.
     *
     * @param server its topic prefix
     * @param servers what a worker knows, by topic prefix
     */
    static ObjectNode of(Deployed connector, String server, JsonNode servers) {
        JsonNode all = servers.path(server);
        Predicate<String> belongs = connector.isOurs() ? ours(connector.name(), all) : debeziums(all);
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> fact : all.properties()) {
            if (belongs.test(fact.getKey())) {
                facts.set(fact.getKey(), fact.getValue().deepCopy());
            }
        }
        return facts;
    }

    private static Predicate<String> ours(String name, JsonNode all) {
        boolean runs = isOf(name, all, "task") || isOf(name, all, "events");
        String owner = NAMED.stream()
                .map(type -> WorkerFacts.connector(all.path(type), type))
                .filter(one -> !one.isEmpty())
                .findFirst()
                .orElse(name);
        boolean owns = owner.equals(name);
        return fact -> {
            if (NAMED.contains(fact)) {
                return isOf(name, all, fact);
            }
            if (DEBEZIUMS.contains(fact)) {
                return runs;
            }
            return NUMBERS.contains(fact) ? runs || (owns && !hasDebeziums(all)) : owns;
        };
    }

    /** Ours has MBeans of the same names as Debezium's while it runs. */
    private static Predicate<String> debeziums(JsonNode all) {
        boolean isOurs = all.has("task") || all.has("events");
        boolean runs = !isOurs && hasDebeziums(all);
        return fact -> runs && (DEBEZIUMS.contains(fact) || NUMBERS.contains(fact));
    }

    private static boolean hasDebeziums(JsonNode all) {
        return DEBEZIUMS.stream().anyMatch(all::has);
    }

    private static boolean isOf(String name, JsonNode all, String type) {
        return WorkerFacts.connector(all.path(type), type).equals(name);
    }

    /** Whether a worker has a fact of one of our connectors, such as its task. */
    static boolean has(JsonNode servers, String name, String type) {
        return servers.properties().stream().anyMatch(server -> isOf(name, server.getValue(), type));
    }

    /**
     * The topic prefix of a connector. Connect does not replace placeholders in what it says of a configuration; then
     * the MBeans with the name of the connector have it.
     *
     * @param all what each worker knows, by topic prefix
     */
    static String server(Deployed connector, Collection<JsonNode> all) {
        String configured = connector.server();
        if (!configured.contains("${")) {
            return configured;
        }
        return all.stream()
                .flatMap(servers -> servers.properties().stream())
                .filter(server -> NAMED.stream().anyMatch(type -> isOf(connector.name(), server.getValue(), type)))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(configured);
    }
}
