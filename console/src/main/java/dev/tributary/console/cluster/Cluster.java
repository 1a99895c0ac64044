// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.console.worker.WorkerFacts;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.connect.health.AbstractState;
import org.apache.kafka.connect.health.ConnectClusterState;
import org.apache.kafka.connect.health.ConnectorHealth;
import org.jspecify.annotations.Nullable;

/**
 * All Postgres connectors of the cluster, with what each worker knows of those that it runs. Other workers are asked
 * over REST, with the credentials of the one for whom it is. An answer serves everybody who has the same credentials
 * for a second.
 */
public final class Cluster {

    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final int MOST_CACHED = 64;

    private final Connectors connectors;
    private final WorkerFacts own;
    private final Peers peers;

    /** Connect does not say what this worker is called; an answer of its own does. Empty until then. */
    private volatile String ownId = "";

    /** By credentials, the one that was used least recently first. */
    private final Map<String, Latest> pictures = new LinkedHashMap<>(16, 0.75f, true);

    public Cluster(ConnectClusterState state, WorkerFacts own, Peers peers) {
        this.connectors = new Connectors(state);
        this.own = own;
        this.peers = peers;
    }

    /**
     * The cluster at a moment.
     *
     * @param nanos when
     * @param all the JSON that {@link #read} returns
     * @param workers what each worker has answered, by its id
     */
    private record Picture(long nanos, ObjectNode all, Map<String, Peers.Answer> workers) {}

    /** The latest picture for somebody's credentials. Who comes while one is taken waits for it. */
    private static final class Latest {

        private @Nullable Picture picture;

        synchronized Picture get(Supplier<Picture> take) {
            Picture known = picture;
            if (known == null || System.nanoTime() - known.nanos() >= FRESH.toNanos()) {
                known = take.get();
                picture = known;
            }
            return known;
        }
    }

    /**
     * The connectors with all that is known of them, and the workers. A field {@code facts} is what the worker of a
     * task knows, as in {@link WorkerFacts}.
     */
    public ObjectNode read(Optional<String> authorization) {
        return picture(authorization).all();
    }

    private Picture picture(Optional<String> authorization) {
        Latest latest;
        synchronized (pictures) {
            latest = pictures.computeIfAbsent(authorization.orElse(""), key -> new Latest());
            if (pictures.size() > MOST_CACHED) {
                pictures.remove(pictures.keySet().iterator().next());
            }
        }
        return latest.get(() -> take(authorization));
    }

    private Picture take(Optional<String> authorization) {
        List<Deployed> deployed = connectors.all();
        Map<String, ConnectorHealth> health = new HashMap<>();
        Set<String> ids = new TreeSet<>();
        for (Deployed connector : deployed) {
            connectors.health(connector.name()).ifPresent(state -> {
                health.put(connector.name(), state);
                ids.add(state.connectorState().workerId());
                state.tasksState().values().forEach(task -> ids.add(task.workerId()));
            });
        }
        ids.removeIf(id -> id == null || id.isBlank());
        Map<String, Peers.Answer> answers = answers(ids, authorization);
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.put("timeMillis", System.currentTimeMillis());
        all.put("version", own.version());
        all.set("workers", workers(answers));
        ArrayNode list = all.putArray("connectors");
        JsonNode here = own.read().path("servers");
        deployed.forEach(connector -> list.add(describe(connector, health.get(connector.name()), here, answers)));
        return new Picture(System.nanoTime(), all, answers);
    }

    private Map<String, Peers.Answer> answers(Set<String> ids, Optional<String> authorization) {
        Map<String, CompletableFuture<Peers.Answer>> asked = new TreeMap<>();
        ids.forEach(id -> asked.put(
                id,
                id.equals(ownId)
                        ? CompletableFuture.completedFuture(new Peers.Answer(200, own.read(), ""))
                        : peers.ask(id, "/tributary/api/worker", null, authorization)));
        Map<String, Peers.Answer> answers = new TreeMap<>();
        asked.forEach((id, answer) -> answers.put(id, answer.join()));
        answers.forEach((id, answer) -> answer.content()
                .filter(content -> content.path("instance").asText().equals(own.instance()))
                .ifPresent(content -> ownId = id));
        return answers;
    }

    private ArrayNode workers(Map<String, Peers.Answer> answers) {
        ArrayNode workers = JsonNodeFactory.instance.arrayNode();
        answers.forEach((id, answer) -> {
            ObjectNode worker = workers.addObject();
            worker.put("id", id);
            worker.put("problem", answer.problem());
            answer.content().ifPresent(content -> {
                worker.put("version", content.path("version").asText());
                worker.put("isThisOne", content.path("instance").asText().equals(own.instance()));
            });
        });
        return workers;
    }

    private static ObjectNode describe(
            Deployed connector, @Nullable ConnectorHealth health, JsonNode here, Map<String, Peers.Answer> answers) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", connector.name());
        node.put("class", connector.type());
        node.put("isOurs", connector.isOurs());
        node.put("server", connector.server());
        ArrayNode tasks = JsonNodeFactory.instance.arrayNode();
        ObjectNode facts = node.putObject("facts");
        if (health == null) {
            node.put("state", "UNASSIGNED");
        } else {
            describe(node, health.connectorState());
            merge(facts, ofWorker(health.connectorState(), answers), connector.server());
            health.tasksState().forEach((id, task) -> {
                describe(tasks.addObject().put("id", id), task);
                merge(facts, ofWorker(task, answers), connector.server());
            });
        }
        node.set("tasks", tasks);
        if (facts.isEmpty()) {
            merge(facts, here, connector.server());
        }
        return node;
    }

    private static JsonNode ofWorker(AbstractState state, Map<String, Peers.Answer> answers) {
        Peers.Answer answer = answers.get(String.valueOf(state.workerId()));
        return answer == null
                ? JsonNodeFactory.instance.missingNode()
                : answer.content()
                        .map(content -> content.path("servers"))
                        .orElse(JsonNodeFactory.instance.missingNode());
    }

    /** What the worker of the task says counts more than what that of the connector does. */
    private static void merge(ObjectNode facts, JsonNode servers, String server) {
        JsonNode of = servers.path(server);
        if (of instanceof ObjectNode found) {
            facts.setAll(found.deepCopy());
        }
    }

    private static void describe(ObjectNode node, AbstractState state) {
        node.put("state", state.state());
        node.put("worker", state.workerId());
        node.put("trace", state.traceMessage());
    }

    /**
     * The worker that has a bean of a connector, such as {@code samples}.
     *
     * @return its id; empty if it is this worker
     * @throws UnknownConnectorException if there is no Postgres connector of this name
     */
    public Optional<String> remoteWorker(String name, String bean, Optional<String> authorization) {
        String server = server(name);
        for (Map.Entry<String, Peers.Answer> worker :
                picture(authorization).workers().entrySet()) {
            Optional<JsonNode> content = worker.getValue().content();
            if (content.isPresent()
                    && content.get().path("servers").path(server).has(bean)) {
                return content.get().path("instance").asText().equals(own.instance())
                        ? Optional.empty()
                        : Optional.of(worker.getKey());
            }
        }
        return Optional.empty();
    }

    /**
     * The topic prefix of a connector.
     *
     * @throws UnknownConnectorException if there is no Postgres connector of this name
     */
    public String server(String name) {
        return connectors
                .find(name)
                .orElseThrow(() -> new UnknownConnectorException(name))
                .server();
    }

    /**
     * Sends a request on to another worker.
     *
     * @return its answer
     * @throws PeerException if it does not answer, or with an error
     */
    public JsonNode forward(String workerId, String path, @Nullable String body, Optional<String> authorization) {
        Peers.Answer answer = peers.ask(workerId, path, body, authorization).join();
        return answer.content().orElseThrow(() -> new PeerException(workerId, answer.status(), answer.problem()));
    }
}
