// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.console.worker.WorkerFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.connect.health.AbstractState;
import org.apache.kafka.connect.health.ConnectorHealth;
import org.jspecify.annotations.Nullable;

/**
 * All Postgres connectors of the cluster, with what each worker knows of those that it runs. Other workers are asked
 * over REST, with the credentials of the one for whom it is. An answer serves everybody who has the same credentials
 * for a second.
 */
public final class Cluster {

    private final Connectors connectors;
    private final WorkerFacts own;
    private final Peers peers;
    private final ViewCache views = new ViewCache();

    /** Connect does not say what this worker is called; an answer of its own does. Empty until then. */
    private volatile String ownId = "";

    public Cluster(Connectors connectors, WorkerFacts own, Peers peers) {
        this.connectors = connectors;
        this.own = own;
        this.peers = peers;
    }

    /**
     * The connectors with all that is known of them, and the workers. A field {@code facts} is what the worker of a
     * task knows, as in {@link WorkerFacts}.
     *
     * @throws org.apache.kafka.connect.errors.ConnectException if Connect does not answer now
     */
    public ObjectNode read(Optional<String> authorization) {
        return view(authorization).all();
    }

    private ClusterView view(Optional<String> authorization) {
        return views.get(authorization, () -> take(authorization));
    }

    private ClusterView take(Optional<String> authorization) {
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
        ObjectNode here = own.read();
        Map<String, Peers.Answer> answers = answers(ids, here, authorization);
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.put("timeMillis", System.currentTimeMillis());
        all.put("version", own.version());
        all.set("workers", workers(answers));
        ArrayNode list = all.putArray("connectors");
        deployed.forEach(connector ->
                list.add(describe(connector, health.get(connector.name()), here.path("servers"), answers)));
        return new ClusterView(all, answers);
    }

    private Map<String, Peers.Answer> answers(Set<String> ids, ObjectNode here, Optional<String> authorization) {
        Map<String, CompletableFuture<Peers.Answer>> asked = new TreeMap<>();
        ids.forEach(id -> asked.put(
                id,
                id.equals(ownId)
                        ? CompletableFuture.completedFuture(new Peers.Answer(200, here, ""))
                        : peers.ask(id, Peers.WORKER, null, authorization)));
        Map<String, Peers.Answer> answers = new TreeMap<>();
        asked.forEach((id, answer) -> answers.put(id, answer.join()));
        answers.forEach(
                (id, answer) -> answer.content().filter(this::isThisWorkers).ifPresent(content -> ownId = id));
        return answers;
    }

    private boolean isThisWorkers(JsonNode content) {
        return content.path("instance").asText().equals(own.instance());
    }

    private ArrayNode workers(Map<String, Peers.Answer> answers) {
        ArrayNode workers = JsonNodeFactory.instance.arrayNode();
        answers.forEach((id, answer) -> {
            ObjectNode worker = workers.addObject();
            worker.put("id", id);
            worker.put("problem", answer.problem());
            answer.content().ifPresent(content -> {
                worker.put("version", content.path("version").asText());
                worker.put("isThisOne", isThisWorkers(content));
            });
        });
        return workers;
    }

    private static ObjectNode describe(
            Deployed connector, @Nullable ConnectorHealth health, JsonNode here, Map<String, Peers.Answer> answers) {
        String server = ConnectorFacts.server(
                connector,
                Stream.concat(answers.values().stream().map(Cluster::servers), Stream.of(here))
                        .toList());
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", connector.name());
        node.put("class", connector.type());
        node.put("isOurs", connector.isOurs());
        node.put("server", server);
        ArrayNode tasks = JsonNodeFactory.instance.arrayNode();
        ObjectNode facts = node.putObject("facts");
        if (health == null) {
            node.put("state", "UNASSIGNED");
        } else {
            describe(node, health.connectorState());
            facts.setAll(ConnectorFacts.of(connector, server, ofWorker(health.connectorState(), answers)));
            // What the worker of the task says counts more than what that of the connector does.
            health.tasksState().forEach((id, task) -> {
                describe(tasks.addObject().put("id", id), task);
                facts.setAll(ConnectorFacts.of(connector, server, ofWorker(task, answers)));
            });
        }
        node.set("tasks", tasks);
        if (facts.isEmpty()) {
            facts.setAll(ConnectorFacts.of(connector, server, here));
        }
        return node;
    }

    private static JsonNode ofWorker(AbstractState state, Map<String, Peers.Answer> answers) {
        Peers.Answer answer = answers.get(String.valueOf(state.workerId()));
        return answer == null ? MissingNode.getInstance() : servers(answer);
    }

    /** What a worker knows, by topic prefix. */
    private static JsonNode servers(Peers.Answer answer) {
        return answer.content().map(content -> content.path("servers")).orElse(MissingNode.getInstance());
    }

    private static void describe(ObjectNode node, AbstractState state) {
        node.put("state", state.state());
        node.put("worker", state.workerId());
        node.put("trace", state.traceMessage());
    }

    /**
     * The worker that has a fact of one of our connectors, such as its {@code task}.
     *
     * @return its id; empty if it is this worker, or none that answers
     * @throws UnknownConnectorException if there is no Postgres connector of this name
     */
    public Optional<String> remoteWorker(String name, String fact, Optional<String> authorization) {
        requireKnown(name);
        return view(authorization).workers().entrySet().stream()
                .filter(worker -> ConnectorFacts.has(servers(worker.getValue()), name, fact))
                .findFirst()
                .filter(worker -> worker.getValue().content().stream().noneMatch(this::isThisWorkers))
                .map(Map.Entry::getKey);
    }

    /** @throws UnknownConnectorException if there is no Postgres connector of this name */
    public void requireKnown(String name) {
        if (connectors.find(name).isEmpty()) {
            throw new UnknownConnectorException(name);
        }
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
