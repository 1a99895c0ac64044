// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import javax.management.ObjectName;

/**
 * Everything that this worker knows of its connectors, by topic prefix. Of ours, each MBean is a field named after its
 * type: {@code task}, {@code connector}, {@code guard}, {@code snapshot}, {@code events}, {@code journal},
 * {@code samples}. Debezium's MBeans, which both connectors have, are {@code streaming} and {@code initialSnapshot}.
 */
public final class WorkerFacts {

    private static final Set<String> NOT_IN_FACTS = Set.of("control", "plans", "console");

    private final Beans beans;
    private final History history;
    private final String version;

    /** Tells workers apart, and a worker from itself by another address. */
    private final String instance = UUID.randomUUID().toString();

    public WorkerFacts(Beans beans, History history, String version) {
        this.beans = beans;
        this.history = history;
        this.version = version;
    }

    /** Says which worker this is. */
    public String instance() {
        return instance;
    }

    /** The version of the plugin. */
    public String version() {
        return version;
    }

    /** The facts of all connectors: {@code {"instance": …, "version": …, "servers": {"<topic.prefix>": {…}}}}. */
    public ObjectNode read() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("instance", instance);
        node.put("version", version);
        ObjectNode servers = node.putObject("servers");
        for (ObjectName name : new TreeSet<>(beans.names("dev.tributary:type=*,server=*"))) {
            String type = name.getKeyProperty("type");
            if (!NOT_IN_FACTS.contains(type)) {
                beans.read(name).ifPresent(bean -> ofServer(servers, name).set(type, bean));
            }
        }
        for (ObjectName name : new TreeSet<>(beans.names("debezium.postgres:type=connector-metrics,*"))) {
            String field = name.getKeyProperty("context").equals("snapshot") ? "initialSnapshot" : "streaming";
            beans.read(name).ifPresent(bean -> ofServer(servers, name).set(field, bean));
        }
        servers.fieldNames().forEachRemaining(server -> {
            ObjectNode facts = (ObjectNode) servers.get(server);
            history.of(server).ifPresent(points -> facts.set("history", points));
            double rate = history.rate(server);
            if (!Double.isNaN(rate)) {
                facts.put("eventsPerSecond", Math.round(rate));
            }
        });
        return node;
    }

    /** The name of the connector to which an MBean of ours belongs; empty if it does not say that, as a journal. */
    public static String connector(JsonNode bean, String type) {
        return bean.path(type.equals("connector") ? "name" : "connector").asText("");
    }

    /**
     * The topic prefix under which one of our connectors has an MBean in this worker; another one with the same topic
     * prefix may be configured elsewhere.
     *
     * @param name the name of the connector
     * @param type the type of the MBean, such as {@code task}
     */
    public Optional<String> server(String name, String type) {
        return beans.names("dev.tributary:type=" + type + ",server=*").stream()
                .filter(bean -> beans.read(bean)
                        .filter(node -> connector(node, type).equals(name))
                        .isPresent())
                .map(WorkerFacts::server)
                .findFirst();
    }

    /** The latest events of a connector's topic, the oldest first, as its task here has kept them. */
    public ObjectNode samples(String name, String topic) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set(
                "events",
                server(name, "task")
                        .flatMap(server -> beans.call(Beans.ofServer("samples", server), "events", topic))
                        .orElseGet(JsonNodeFactory.instance::arrayNode));
        return node;
    }

    private static ObjectNode ofServer(ObjectNode servers, ObjectName name) {
        String server = server(name);
        return servers.get(server) instanceof ObjectNode known ? known : servers.putObject(server);
    }

    /** The topic prefix of an MBean. */
    static String server(ObjectName name) {
        return Beans.key(name, "server");
    }
}
