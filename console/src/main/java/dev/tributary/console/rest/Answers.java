// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tributary.console.cluster.PeerException;
import dev.tributary.console.cluster.UnknownConnectorException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.connect.errors.ConnectException;

/** Answers as JSON. Errors look like Connect's: {@code {"error_code": 404, "message": "…"}}. */
final class Answers {

    private Answers() {}

    static Response json(JsonNode node) {
        return answer(200, node);
    }

    static Response error(int status, String message) {
        return answer(
                status,
                JsonNodeFactory.instance.objectNode().put("error_code", status).put("message", message));
    }

    /** What it supplies; or the status that fits what it throws. */
    static Response of(Supplier<JsonNode> content) {
        try {
            return json(content.get());
        } catch (UnknownConnectorException e) {
            return error(404, String.valueOf(e.getMessage()));
        } catch (PeerException e) {
            return error(e.status() >= 400 ? e.status() : 502, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            return error(400, String.valueOf(e.getMessage()));
        } catch (IllegalStateException e) {
            return error(409, String.valueOf(e.getMessage()));
        } catch (ConnectException e) {
            return error(503, "Connect does not answer now: " + e.getMessage());
        }
    }

    static Optional<String> authorization(HttpHeaders headers) {
        return Optional.ofNullable(headers.getHeaderString(HttpHeaders.AUTHORIZATION));
    }

    private static Response answer(int status, JsonNode node) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-store")
                .entity(node.toString())
                .build();
    }
}
