// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the consoles of other workers. Each request has the credentials of the one for whom it is made. */
public final class Peers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Peers.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Marks requests that are not to be forwarded again. */
    public static final String FORWARDED = "X-Tributary-Forwarded";

    /** How long a worker that does not answer is not asked again. */
    private static final Duration REST = Duration.ofSeconds(10);

    private static final int MOST_RESTING = 1000;

    private final Map<String, Silence> silent = new ConcurrentHashMap<>();
    private final WorkerAddress address;
    private final @Nullable HttpClient client;

    /** @param worker the properties of this worker */
    public Peers(Map<String, ?> worker) {
        this.address = new WorkerAddress(worker);
        this.client = client(address);
    }

    /**
     * What a worker answers.
     *
     * @param status the HTTP status; 0 if it does not answer
     * @param body the body if it is JSON
     * @param problem why there is no usable answer; empty if there is one
     */
    record Answer(int status, @Nullable JsonNode body, String problem) {

        static Answer none(String problem) {
            return new Answer(0, null, problem);
        }

        Optional<JsonNode> content() {
            return problem.isEmpty() ? Optional.ofNullable(body) : Optional.empty();
        }
    }

    /** Since when a worker has not answered, and what the matter is. */
    private record Silence(long sinceNanos, Answer answer) {

        boolean lasts() {
            return System.nanoTime() - sinceNanos < REST.toNanos();
        }
    }

    private static @Nullable HttpClient client(WorkerAddress address) {
        try {
            return HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .sslContext(address.tls())
                    .build();
        } catch (GeneralSecurityException | RuntimeException e) {
            LOG.error("The console cannot ask other workers: the TLS settings of this worker cannot be used", e);
            return null;
        }
    }

    /**
     * Sends a request to another worker.
     *
     * @param workerId its host and port
     * @param body JSON for a POST; null for a GET
     * @param authorization the header of the one who asks, if there is one
     */
    CompletableFuture<Answer> ask(String workerId, String path, @Nullable String body, Optional<String> authorization) {
        if (client == null) {
            return CompletableFuture.completedFuture(
                    Answer.none("the TLS settings of this worker cannot be used; see its log"));
        }
        Silence silence = silent.get(workerId);
        if (silence != null && silence.lasts()) {
            return CompletableFuture.completedFuture(silence.answer());
        }
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(address.of(workerId, path))
                    .timeout(body == null ? PATIENCE : PATIENCE.multipliedBy(10))
                    .header(FORWARDED, "true")
                    .header("Accept", "application/json");
            authorization.ifPresent(value -> request.header("Authorization", value));
            if (body != null) {
                request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
            }
            return client.sendAsync(request.build(), BodyHandlers.ofString())
                    .thenApply(Peers::answer)
                    .exceptionally(failure -> failed(workerId, failure));
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedFuture(Answer.none("its address cannot be used: " + e.getMessage()));
        }
    }

    private static Answer answer(HttpResponse<String> response) {
        return switch (response.statusCode()) {
            case 401, 403 -> Answer.none("it refuses the credentials of this request");
            case 404 -> new Answer(404, null, "it has no console: it needs rest.extension.classes as well");
            default -> parsed(response);
        };
    }

    private static Answer parsed(HttpResponse<String> response) {
        try {
            JsonNode body = MAPPER.readTree(response.body());
            boolean isGood = response.statusCode() / 100 == 2;
            return new Answer(
                    response.statusCode(),
                    body,
                    isGood ? "" : body.path("message").asText("HTTP " + response.statusCode()));
        } catch (JsonProcessingException e) {
            return Answer.none("its answer is not JSON (HTTP " + response.statusCode() + ")");
        }
    }

    private Answer failed(String workerId, Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        String what = cause instanceof IOException && cause.getMessage() != null
                ? cause.getMessage()
                : cause.getClass().getSimpleName();
        Answer answer = Answer.none("it cannot be reached: " + what);
        silent.values().removeIf(silence -> !silence.lasts());
        if (silent.size() < MOST_RESTING) {
            silent.put(workerId, new Silence(System.nanoTime(), answer));
        }
        return answer;
    }

    @Override
    public void close() {
        // The client ends with its last reference.
    }
}
