// SPDX-License-Identifier: Apache-2.0
package dev.tributary.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.capture.EventSchemas;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.json.JsonConverter;

/** A plan as JSON. What is not known is null. */
public final class PlanJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final JsonConverter converter;
    private int schemasLeft;

    private PlanJson(JsonConverter converter, int mostSchemas) {
        this.converter = converter;
        this.schemasLeft = mostSchemas;
    }

    /**
     * The plan; the schemas are in the form in which Connect's JsonConverter sends them.
     *
     * @param mostSchemas of how many topics it has the schemas; those of the others are null
     */
    public static ObjectNode of(Plan plan, int mostSchemas) {
        try (JsonConverter converter = new JsonConverter()) {
            converter.configure(Map.of(), false);
            return new PlanJson(converter, mostSchemas).plan(plan);
        }
    }

    private ObjectNode plan(Plan plan) {
        ObjectNode node = JSON.objectNode();
        ArrayNode tables = node.putArray("tables");
        plan.tables().forEach(table -> tables.add(table(table)));
        ArrayNode topics = node.putArray("topics");
        plan.topics().forEach(topic -> topics.add(topic(topic)));
        node.put("noSchemasBecause", plan.withoutSchemas().orElse(null));
        texts(node, "mayRenameTopics", plan.renaming());
        put(
                node.putObject("slot")
                        .put("name", plan.slot().name())
                        .put("state", plan.slot().state().name().toLowerCase(Locale.ROOT)),
                "retainedBytes",
                plan.slot().retainedBytes());
        texts(
                node.putObject("publication")
                        .put("name", plan.publication().name())
                        .put("state", plan.publication().state().name().toLowerCase(Locale.ROOT)),
                "sql",
                plan.publication().sql());
        texts(node, "replicaIdentitySql", plan.identities());
        node.set("snapshot", snapshot(plan.snapshot()));
        put(node.putObject("memory"), "queueLimitBytes", plan.memory().limitBytes())
                .put("queueHeapShare", 1.0 / plan.memory().heapShare());
        return node;
    }

    private static ObjectNode table(PlannedTable table) {
        ObjectNode node = size(table.name(), table.rows(), table.bytes());
        node.put("inSnapshot", table.inSnapshot());
        ArrayNode partitions = node.putArray("partitions");
        table.partitions()
                .forEach(partition -> partitions.add(size(partition.name(), partition.rows(), partition.bytes())));
        return node;
    }

    private static ObjectNode size(String name, OptionalLong rows, long bytes) {
        return put(JSON.objectNode().put("name", name), "estimatedRows", rows).put("bytes", bytes);
    }

    private ObjectNode topic(PlannedTopic topic) {
        ObjectNode node = JSON.objectNode().put("name", topic.name()).put("content", topic.content());
        node.put("createdByConnect", topic.creation().isPresent());
        topic.creation().ifPresent(settings -> {
            node.put("group", settings.group());
            number(node, "partitions", settings.partitions());
            number(node, "replicationFactor", settings.replicas());
            node.put("cleanupPolicy", settings.cleanupPolicy().orElse(null));
            number(node, "retentionMs", settings.retentionMillis());
        });
        topic.schemas()
                .filter(known -> schemasLeft-- > 0)
                .ifPresentOrElse(schemas -> node.set("schemas", schemas(schemas)), () -> node.putNull("schemas"));
        return node;
    }

    private ObjectNode schemas(EventSchemas.OfTable schemas) {
        ObjectNode node = JSON.objectNode();
        Schema key = schemas.key();
        if (key == null) {
            node.putNull("key");
        } else {
            node.set("key", converter.asJsonSchema(key));
        }
        node.set("value", converter.asJsonSchema(schemas.value()));
        return node;
    }

    private static ObjectNode snapshot(PlannedSnapshot snapshot) {
        ObjectNode node = JSON.objectNode()
                .put("tables", snapshot.tables())
                .put("bytes", snapshot.bytes())
                .put("connections", snapshot.sessions())
                .put("noEstimateBecause", snapshot.reason().orElse(null));
        snapshot.estimate()
                .ifPresentOrElse(estimate -> node.set("estimate", estimate(estimate)), () -> node.putNull("estimate"));
        return node;
    }

    private static ObjectNode estimate(SnapshotEstimate estimate) {
        ObjectNode node = JSON.objectNode()
                .put("seconds", estimate.secondsOfAll())
                .put("secondsOverOneConnection", estimate.secondsOfOne())
                .put("bytesPerSecond", Math.round(estimate.bytesPerSecond()));
        node.putObject("probe")
                .put("table", estimate.probe().table())
                .put("rows", estimate.probe().rows())
                .put("textBytes", estimate.probe().bytes())
                .put("seconds", estimate.probe().seconds())
                .put("wholeTable", estimate.probe().whole())
                .put("walBytes", estimate.probe().walBytes());
        estimate.wal()
                .ifPresentOrElse(
                        wal -> put(
                                        node.putObject("wal")
                                                .put("bytesPerSecond", Math.round(wal.bytesPerSecond()))
                                                .put("measured", wal.measured())
                                                .put("retainedBytes", wal.bytes()),
                                        "maxSlotWalKeepSize",
                                        wal.limit())
                                .put("exceedsLimit", wal.exceedsLimit()),
                        () -> node.putNull("wal"));
        return node;
    }

    private static ObjectNode put(ObjectNode node, String name, OptionalLong value) {
        return value.isPresent() ? node.put(name, value.getAsLong()) : node.putNull(name);
    }

    /** Connect, not this command, refuses what is no number. */
    private static void number(ObjectNode node, String name, Optional<String> value) {
        value.ifPresentOrElse(
                text -> {
                    if (text.matches("-?\\d{1,18}")) {
                        node.put(name, Long.parseLong(text));
                    } else {
                        node.put(name, text);
                    }
                },
                () -> node.putNull(name));
    }

    private static void texts(ObjectNode node, String name, List<String> texts) {
        ArrayNode array = node.putArray(name);
        texts.forEach(array::add);
    }
}
