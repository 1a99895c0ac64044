// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.console.cluster.Cluster;
import dev.tributary.console.cluster.Peers;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets the worker answer that has a connector or its task: this one, or another one, to which the request is sent. */
public final class OwningWorker {

    private final Cluster cluster;

    public OwningWorker(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * A request about a connector.
     *
     * @param connector its name
     * @param fact what the worker has that can answer: {@code connector} or {@code task}
     * @param path what follows the name in the path
     * @param body JSON for a POST; null for a GET
     */
    record Request(
            String connector,
            String fact,
            String path,
            @Nullable String body) {}

    /** @param here the answer of this worker; also if no worker has what is needed, so that it says so */
    Response answer(Request request, HttpHeaders headers, Supplier<JsonNode> here) {
        return Answers.of(() -> {
            if (headers.getHeaderString(Peers.FORWARDED) != null) {
                cluster.requireKnown(request.connector());
                return here.get();
            }
            Optional<String> authorization = Answers.authorization(headers);
            Optional<String> other = cluster.remoteWorker(request.connector(), request.fact(), authorization);
            String path = "/tributary/api/connectors/" + encoded(request.connector()) + "/" + request.path();
            return other.isPresent() ? cluster.forward(other.get(), path, request.body(), authorization) : here.get();
        });
    }

    /** A text as a part of a path or a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
