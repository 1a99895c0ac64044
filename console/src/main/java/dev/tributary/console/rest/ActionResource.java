// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tributary.console.cluster.Cluster;
import dev.tributary.console.cluster.Peers;
import dev.tributary.console.worker.Beans;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Connect's own REST API has no call for. A check reads only. Snapshots need the option {@code console.actions}.
 * Each is carried out by the worker that has the connector.
 *
 * <p>Its path is that of {@link FactsResource}: of several classes, JAX-RS asks only those with the best path.
 */
@Path("/tributary/api")
public final class ActionResource {

    private static final Logger LOG = LoggerFactory.getLogger(ActionResource.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Cluster cluster;
    private final Beans beans;
    private final boolean isAllowed;

    public ActionResource(Cluster cluster, Beans beans, boolean isAllowed) {
        this.cluster = cluster;
        this.beans = beans;
        this.isAllowed = isAllowed;
    }

    /** Checks configuration and database as before a start: {@code {"result": [findings]}}. */
    @POST
    @Path("connectors/{name}/check")
    public Response check(@PathParam("name") String name, @Context HttpHeaders headers) {
        return carryOut(
                name,
                "connector",
                "check",
                "{}",
                headers,
                server -> beans.call(Beans.ofServer("connector", server), "check")
                        .orElseThrow(() -> new IllegalStateException("No worker that answers runs this connector.")));
    }

    /** Asks for a snapshot: {@code {"table": "public.orders", "type": "incremental"}}. */
    @POST
    @Path("connectors/{name}/snapshot")
    public Response snapshot(@PathParam("name") String name, String body, @Context HttpHeaders headers) {
        return action(
                name,
                "snapshot",
                body,
                headers,
                (request, server) -> call(server, "snapshot", required(request, "table"), required(request, "type")));
    }

    /** Asks to stop the incremental snapshot of a table: {@code {"table": "public.orders"}}. */
    @POST
    @Path("connectors/{name}/snapshot/stop")
    public Response stopSnapshot(@PathParam("name") String name, String body, @Context HttpHeaders headers) {
        return action(
                name,
                "snapshot/stop",
                body,
                headers,
                (request, server) -> call(server, "stopSnapshot", required(request, "table")));
    }

    private interface Action {
        JsonNode run(JsonNode request, String server);
    }

    private Response action(String name, String path, String body, HttpHeaders headers, Action action) {
        if (!isAllowed) {
            return Answers.error(
                    403, "Actions are off. Fix: set console.actions=true in the properties of each worker");
        }
        return carryOut(name, "task", path, body, headers, server -> {
            JsonNode result = action.run(parsed(body), server);
            LOG.info("The console asks connector {} for {}: signal {}", name, path, result.asText());
            return result;
        });
    }

    private Response carryOut(
            String name,
            String bean,
            String path,
            String body,
            HttpHeaders headers,
            Function<String, JsonNode> action) {
        return Answers.of(() -> {
            Optional<String> authorization = Answers.authorization(headers);
            Optional<String> other = headers.getHeaderString(Peers.FORWARDED) == null
                    ? cluster.remoteWorker(name, bean, authorization)
                    : Optional.empty();
            if (other.isPresent()) {
                String encoded = URLEncoder.encode(name, UTF_8).replace("+", "%20");
                return cluster.forward(
                        other.get(), "/tributary/api/connectors/" + encoded + "/" + path, body, authorization);
            }
            return JsonNodeFactory.instance.objectNode().set("result", action.apply(cluster.server(name)));
        });
    }

    private JsonNode call(String server, String operation, String... arguments) {
        return beans.call(Beans.ofServer("control", server), operation, arguments)
                .orElseThrow(() -> new IllegalStateException("The task does not run now"));
    }

    private static JsonNode parsed(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The body must be JSON", e);
        }
    }

    private static String required(JsonNode request, String field) {
        String value = request.path(field).asText("");
        if (value.isBlank()) {
            throw new IllegalArgumentException(field + " is missing in the body");
        }
        return value;
    }
}
