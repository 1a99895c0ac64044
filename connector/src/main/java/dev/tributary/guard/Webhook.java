// SPDX-License-Identifier: Apache-2.0
package dev.tributary.guard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends alerts to a URL as JSON, in order, in a thread of its own. An alert that is not accepted (2xx) is sent again,
 * with growing pauses, until it is, or until {@value #KEPT} newer ones wait; one that is refused for what it is (4xx)
 * is given up after some attempts. An outage of the receiver is logged once.
 */
public final class Webhook implements AutoCloseable {

    /** The header with the HMAC-SHA256 of the body, in hexadecimal after {@code sha256=}, if there is a secret. */
    public static final String SIGNATURE = "X-Tributary-Signature";

    private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);

    private static final int KEPT = 100;
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final int SUCCESS = 2;
    private static final int REFUSED = 4;
    private static final int HUNDRED = 100;
    private static final int ATTEMPTS_IF_REFUSED = 5;

    /** Request Timeout and Too Many Requests are no refusals. */
    private static final Set<Integer> LATER = Set.of(408, 429);

    /** One for all, because it cannot be closed. */
    private static final class Client {
        static final HttpClient HTTP = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(ANSWER)
                .build();
    }

    /**
     * The outcome of an attempt.
     *
     * @param problem what is wrong; null if the alert was accepted
     * @param isRefused whether another attempt is likely to be refused as well
     */
    private record Outcome(@Nullable String problem, boolean isRefused) {}

    private final ObjectMapper json = new ObjectMapper();
    private final LinkedBlockingDeque<Alert> waiting = new LinkedBlockingDeque<>();
    private final URI url;
    private final @Nullable String secret;
    private final Thread thread;
    private boolean isAway;

    private Webhook(URI url, @Nullable String secret) {
        this.url = url;
        this.secret = secret;
        this.thread = new Thread(this::run, "tributary-guard-webhook");
        thread.setDaemon(true);
    }

    /**
     * Starts to send.
     *
     * @param secret the key that signs each alert; null if none does
     */
    public static Webhook start(URI url, @Nullable String secret) {
        Webhook webhook = new Webhook(url, secret);
        webhook.thread.start();
        return webhook;
    }

    /** Sends an alert some time later. Never blocks. */
    public void send(Alert alert) {
        waiting.addLast(alert);
        if (waiting.size() > KEPT) {
            waiting.pollFirst();
        }
    }

    private void run() {
        try {
            while (true) {
                deliver(waiting.takeFirst());
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private void deliver(Alert alert) throws InterruptedException {
        byte[] body = body(alert);
        Duration pause = FIRST_PAUSE;
        int refusals = 0;
        while (waiting.size() < KEPT && refusals < ATTEMPTS_IF_REFUSED) {
            Outcome outcome = post(body);
            if (outcome.problem() == null) {
                if (isAway) {
                    LOG.info("The webhook of the WAL guard ({}) accepts alerts again", url.getHost());
                }
                isAway = false;
                return;
            }
            refusals = outcome.isRefused() ? refusals + 1 : 0;
            if (!isAway) {
                LOG.warn(
                        "The webhook of the WAL guard ({}) does not accept alerts: {}. They are sent again",
                        url.getHost(),
                        outcome.problem());
            }
            isAway = true;
            Thread.sleep(pause.toMillis());
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private Outcome post(byte[] body) throws InterruptedException {
        @Nullable CompletableFuture<HttpResponse<Void>> response = null;
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(url)
                    .timeout(ANSWER)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body));
            if (secret != null) {
                request.header(SIGNATURE, "sha256=" + signature(body, secret));
            }
            response = Client.HTTP.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding());
            int status = response.get(2 * ANSWER.toSeconds(), TimeUnit.SECONDS).statusCode();
            return status / HUNDRED == SUCCESS
                    ? new Outcome(null, false)
                    : new Outcome("HTTP status " + status, status / HUNDRED == REFUSED && !LATER.contains(status));
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            // The message can have the URL, which can be a secret.
            Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
            return new Outcome(cause.getClass().getSimpleName(), false);
        } finally {
            if (response != null) {
                response.cancel(true);
            }
        }
    }

    private byte[] body(Alert alert) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("connector", alert.connector());
        fields.put("server", alert.server());
        fields.put("slot", alert.slot());
        fields.put("level", alert.level().name());
        fields.put("message", alert.message());
        // Under this name chat services show the body as it is.
        fields.put("text", alert.message());
        fields.put("at", alert.at().toString());
        fields.put("retained_bytes", alert.retainedBytes());
        fields.put("growth_bytes_per_second", alert.growthPerSecond());
        fields.put("seconds_until_lost", alert.secondsUntilLost());
        try {
            return json.writeValueAsBytes(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static String signature(byte[] body, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), mac.getAlgorithm()));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stops to send. What waits is not sent any more. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
