// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tributary.console.cluster.Cluster;
import dev.tributary.console.cluster.UnknownConnectorException;
import dev.tributary.console.worker.WorkerFacts;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The facts of the page as JSON; {@code GET /tributary/api} describes them. */
@Path("/tributary/api")
public final class FactsResource {

    private final Cluster cluster;
    private final WorkerFacts own;
    private final EventStream events;
    private final OwningWorker owner;

    public FactsResource(Cluster cluster, WorkerFacts own, EventStream events, OwningWorker owner) {
        this.cluster = cluster;
        this.own = own;
        this.events = events;
        this.owner = owner;
    }

    /** The OpenAPI document. */
    @GET
    public Response description() throws IOException {
        try (InputStream in = FactsResource.class.getResourceAsStream("/dev/tributary/console/openapi.json")) {
            if (in == null) {
                throw new IllegalStateException("openapi.json is missing in the plugin");
            }
            return Response.ok(new String(in.readAllBytes(), UTF_8), "application/json")
                    .build();
        }
    }

    /** All Postgres connectors of the cluster, and the workers that run them. */
    @GET
    @Path("connectors")
    public Response connectors(@Context HttpHeaders headers) {
        return Answers.of(() -> Views.of(cluster.read(Answers.authorization(headers)), null));
    }

    /** One connector, with everything that is known of it. */
    @GET
    @Path("connectors/{name}")
    public Response connector(@PathParam("name") String name, @Context HttpHeaders headers) {
        return Answers.of(() -> StreamSupport.stream(
                        cluster.read(Answers.authorization(headers))
                                .path("connectors")
                                .spliterator(),
                        false)
                .filter(connector -> connector.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new UnknownConnectorException(name)));
    }

    /** The latest events of a topic. Their values are shown only if the worker has {@code console.event.values}. */
    @GET
    @Path("connectors/{name}/samples")
    public Response samples(
            @PathParam("name") String name,
            @QueryParam("topic") @DefaultValue("") String topic,
            @Context HttpHeaders headers) {
        return owner.answer(
                new OwningWorker.Request(name, "task", "samples?topic=" + OwningWorker.encoded(topic), null),
                headers,
                () -> own.samples(name, topic));
    }

    /** What this worker knows of the connectors that it runs, by topic prefix. */
    @GET
    @Path("worker")
    public Response worker() {
        return Answers.of(own::read);
    }

    /** Server-sent events: the connectors about every two seconds, one of them with everything if it is named. */
    @GET
    @Path("events")
    public Response events(@QueryParam("connector") @Nullable String name, @Context HttpHeaders headers) {
        return events.open(name, Answers.authorization(headers));
    }
}
