// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the consoles of other workers. Each request has the credentials of the one for whom it is made. */
public final class Peers {

    private static final Logger LOG = LoggerFactory.getLogger(Peers.class);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

    /** Marks requests that are not to be forwarded again. */
    public static final String FORWARDED = "X-Tributary-Forwarded";

    /** The path of what a worker knows. */
    static final String WORKER = "/tributary/api/worker";

    /** How long a worker that does not answer is not asked again. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private static final int MAX_SILENT = 1000;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Map<String, Silence> silent = new ConcurrentHashMap<>();
    private final WorkerAddress address;
    private final Limits limits;
    private final @Nullable HttpClient client;

    /** @param worker the properties of this worker */
    public Peers(Map<String, ?> worker) {
        this(worker, new Limits(Duration.ofSeconds(3), Duration.ofSeconds(30), 1 << 25));
    }

    Peers(Map<String, ?> worker, Limits limits) {
        this.address = new WorkerAddress(worker);
        this.limits = limits;
        this.client = client(address);
    }

    /**
     * What an answer may need.
     *
     * @param read how long a GET takes, with the body
     * @param action how long a POST takes, with the body
     * @param maxBytes how long a body is
     */
    record Limits(Duration read, Duration action, int maxBytes) {}

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
            return System.nanoTime() - sinceNanos < RETRY_AFTER.toNanos();
        }
    }

    private static @Nullable HttpClient client(WorkerAddress address) {
        try {
            return HttpClient.newBuilder()
                    .connectTimeout(CONNECT_TIMEOUT)
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
            return send(client, workerId, request(workerId, path, body, authorization));
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedFuture(Answer.none("its address cannot be used: " + e.getMessage()));
        }
    }

    private HttpRequest request(String workerId, String path, @Nullable String body, Optional<String> authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.of(workerId, path))
                .header(FORWARDED, "true")
                .header("Accept", "application/json");
        authorization.ifPresent(value -> request.header("Authorization", value));
        if (body != null) {
            request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        }
        return request.build();
    }

    /** The client's own timeout ends with the headers, so it is not used. */
    private CompletableFuture<Answer> send(HttpClient client, String workerId, HttpRequest request) {
        boolean reads = request.method().equals("GET");
        CompletableFuture<HttpResponse<byte[]>> sent =
                client.sendAsync(request, headers -> new LimitedBody(limits.maxBytes()));
        return sent.thenApply(response -> answer(request.uri().getPath(), response))
                .orTimeout((reads ? limits.read() : limits.action()).toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> {
                    sent.cancel(true);
                    return failed(workerId, reads, failure);
                });
    }

    private static Answer answer(String path, HttpResponse<byte[]> response) {
        int status = response.statusCode();
        if (status == 401) {
            return Answer.none("it refuses the credentials of this request");
        }
        if (status == 404 && path.equals(WORKER)) {
            return new Answer(404, null, "it has no console: it needs rest.extension.classes as well");
        }
        JsonNode body = parsed(response.body());
        if (status / 100 == 2) {
            return body.isObject()
                    ? new Answer(status, body, "")
                    : Answer.none("its answer is not JSON (HTTP " + status + ")");
        }
        return new Answer(status, body, body.path("message").asText("it answers with HTTP " + status));
    }

    /** Missing if it is not JSON. */
    private static JsonNode parsed(byte[] body) {
        try {
            return MAPPER.readTree(body);
        } catch (IOException e) {
            return MAPPER.missingNode();
        }
    }

    private Answer failed(String workerId, boolean reads, Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        if (!reads && !isUnreachable(cause)) {
            // What takes long, or ends badly, says nothing about other requests.
            return Answer.none("it has not answered, so it may still do what it was asked for: " + what(cause));
        }
        Answer answer = Answer.none("it cannot be reached: " + what(cause));
        silent.values().removeIf(silence -> !silence.lasts());
        if (silent.size() < MAX_SILENT) {
            silent.put(workerId, new Silence(System.nanoTime(), answer));
        }
        return answer;
    }

    private static boolean isUnreachable(Throwable cause) {
        return cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException;
    }

    private static String what(Throwable cause) {
        if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
            return "its answer takes too long";
        }
        return cause instanceof IOException && cause.getMessage() != null
                ? cause.getMessage()
                : cause.getClass().getSimpleName();
    }
}
