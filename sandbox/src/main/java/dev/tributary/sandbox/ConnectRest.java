// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The REST interface of a Connect worker. Each call returns the body of the response, or a missing node if it has none.
 * It throws {@link ConnectRestException} for an HTTP error and {@link SandboxException} if there is no response. A
 * worker responds with 409 while its group rebalances; a call then retries for up to a minute.
 */
public final class ConnectRest {

    private static final Duration REBALANCE = Duration.ofSeconds(60);
    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI url;

    public ConnectRest(URI url) {
        this.url = url;
    }

    public URI url() {
        return url;
    }

    /** Whether the worker has started and is a member of its group (KIP-1017). */
    public boolean isHealthy() {
        try {
            int status = exchange("GET", "/health", null).statusCode();
            // Releases before 3.9 have no such resource (KIP-1017).
            return (status == HttpURLConnection.HTTP_NOT_FOUND
                            ? exchange("GET", "/connectors", null).statusCode()
                            : status)
                    == HttpURLConnection.HTTP_OK;
        } catch (SandboxException e) {
            return false;
        }
    }

    /** The connectors that the worker has found. */
    public JsonNode plugins() {
        return plugins(true);
    }

    /** The plugins that the worker has found: connectors only, or transforms, predicates and converters as well. */
    public JsonNode plugins(boolean connectorsOnly) {
        return call("GET", "/connector-plugins?connectorsOnly=" + connectorsOnly, null);
    }

    /** Validates a configuration. The class is given by its full name or its alias. */
    public JsonNode validate(String connectorClass, Map<String, String> config) {
        return call("PUT", "/connector-plugins/" + encode(connectorClass) + "/config/validate", config);
    }

    /** The names of all connectors. */
    public JsonNode connectors() {
        return call("GET", "/connectors", null);
    }

    public JsonNode createOrUpdate(String connector, Map<String, String> config) {
        return call("PUT", of(connector) + "/config", config);
    }

    public JsonNode config(String connector) {
        return call("GET", of(connector) + "/config", null);
    }

    public JsonNode status(String connector) {
        return call("GET", of(connector) + "/status", null);
    }

    public void pause(String connector) {
        call("PUT", of(connector) + "/pause", null);
    }

    public void resume(String connector) {
        call("PUT", of(connector) + "/resume", null);
    }

    /** Stops the tasks of a connector. Its configuration and offsets stay, and the offsets can be altered. */
    public void stop(String connector) {
        call("PUT", of(connector) + "/stop", null);
    }

    public void restart(String connector, boolean includeTasks) {
        call("POST", of(connector) + "/restart?includeTasks=" + includeTasks, null);
    }

    public void restartTask(String connector, int task) {
        call("POST", of(connector) + "/tasks/" + task + "/restart", null);
    }

    public void delete(String connector) {
        call("DELETE", of(connector), null);
    }

    public JsonNode offsets(String connector) {
        return call("GET", of(connector) + "/offsets", null);
    }

    /** Alters the offsets of a stopped connector; the body has the shape that {@link #offsets} returns. */
    public JsonNode alterOffsets(String connector, JsonNode offsets) {
        return call("PATCH", of(connector) + "/offsets", offsets);
    }

    /** Deletes the offsets of a stopped connector. */
    public JsonNode resetOffsets(String connector) {
        return call("DELETE", of(connector) + "/offsets", null);
    }

    /**
     * Returns when the connector and all its tasks run, and it has a task.
     *
     * @throws SandboxException as soon as the connector or a task fails, with its trace; or at the timeout, with the
     *     last status
     */
    public void awaitRunning(String connector, Duration limit) {
        ConnectorState last = Wait.until(
                limit,
                () -> state(connector),
                state -> state.isRunning() || state.failure().isPresent());
        requireNotFailed(connector, last);
        if (!last.isRunning()) {
            throw new SandboxException("connector " + connector + " does not run after " + limit.toSeconds()
                    + " s; its status is " + last);
        }
    }

    /**
     * Throws if the connector or one of its tasks has failed.
     *
     * @throws SandboxException with the trace
     */
    public void requireNotFailed(String connector) {
        requireNotFailed(connector, state(connector));
    }

    private static void requireNotFailed(String connector, ConnectorState state) {
        state.failure().ifPresent(trace -> {
            throw new SandboxException("connector " + connector + " failed: " + trace);
        });
    }

    private ConnectorState state(String connector) {
        try {
            return new ConnectorState(status(connector));
        } catch (ConnectRestException e) {
            // A connector that was only just created has no status yet.
            if (e.status() == HttpURLConnection.HTTP_NOT_FOUND) {
                return new ConnectorState(MissingNode.getInstance());
            }
            throw e;
        }
    }

    private JsonNode call(String method, String path, @Nullable Object body) {
        HttpResponse<String> last =
                Wait.until(REBALANCE, () -> exchange(method, path, body), response -> !isRebalance(response));
        if (last.statusCode() >= HttpURLConnection.HTTP_BAD_REQUEST) {
            String reason = parse(last.body()).path("message").asText(last.body());
            throw new ConnectRestException(method + " " + path, last.statusCode(), reason);
        }
        return parse(last.body());
    }

    private static boolean isRebalance(HttpResponse<String> response) {
        return response.statusCode() == HttpURLConnection.HTTP_CONFLICT
                && response.body().contains("rebalance");
    }

    private HttpResponse<String> exchange(String method, String path, @Nullable Object body) {
        try {
            HttpRequest.BodyPublisher publisher = body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
            HttpRequest request = HttpRequest.newBuilder(url.resolve(path))
                    .timeout(TIMEOUT)
                    .header("Content-Type", "application/json")
                    .header("Accept", "application/json")
                    .method(method, publisher)
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new SandboxException("no response to " + method + " " + url.resolve(path) + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("interrupted in " + method + " " + path, e);
        }
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static String of(String connector) {
        return "/connectors/" + encode(connector);
    }

    private static String encode(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
