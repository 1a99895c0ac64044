// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tributary.console.worker.Beans;
import dev.tributary.console.worker.WorkerFacts;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
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

    private final OwningWorker owner;
    private final WorkerFacts own;
    private final Beans beans;
    private final boolean isAllowed;

    public ActionResource(OwningWorker owner, WorkerFacts own, Beans beans, boolean isAllowed) {
        this.owner = owner;
        this.own = own;
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
                () -> own.server(name, "connector")
                        .flatMap(server -> beans.call(Beans.ofServer("connector", server), "check"))
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
                request -> call(name, "snapshot", required(request, "table"), required(request, "type")));
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
                request -> call(name, "stopSnapshot", required(request, "table")));
    }

    private Response action(
            String name, String path, String body, HttpHeaders headers, UnaryOperator<JsonNode> action) {
        if (!isAllowed) {
            return Answers.error(
                    403, "Actions are off. Fix: set console.actions=true in the properties of each worker");
        }
        return carryOut(name, "task", path, body, headers, () -> {
            JsonNode result = action.apply(parsed(body));
            LOG.info("The console asks connector {} for {}: signal {}", name, path, result.asText());
            return result;
        });
    }

    private Response carryOut(
            String name, String fact, String path, String body, HttpHeaders headers, Supplier<JsonNode> action) {
        return owner.answer(
                new OwningWorker.Request(name, fact, path, body),
                headers,
                () -> JsonNodeFactory.instance.objectNode().set("result", action.get()));
    }

    /** Only of the connector with this name: the task of another one can have the same topic prefix. */
    private JsonNode call(String name, String operation, String... arguments) {
        return own.server(name, "task")
                .flatMap(server -> beans.call(Beans.ofServer("control", server), operation, arguments))
                .orElseThrow(() -> new IllegalStateException("The task of " + name + " does not run now"));
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
