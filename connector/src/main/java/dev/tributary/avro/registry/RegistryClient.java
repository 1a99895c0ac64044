// SPDX-License-Identifier: Apache-2.0
package dev.tributary.avro.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends requests to a registry, to one of its URLs after the other, and repeats what failed for a passing reason. */
final class RegistryClient {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryClient.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONTENT = "application/vnd.schemaregistry.v1+json";
    private static final int FIRST_REDIRECT = 300;
    private static final int FIRST_ERROR = 400;

    private final Access access;
    private final HttpClient http;

    /** The URL that answered last. */
    private volatile int current;

    RegistryClient(Access access) {
        this.access = access;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(access.connectTimeout());
        access.tls().ifPresent(builder::sslContext);
        access.proxy().map(ProxySelector::of).ifPresent(builder::proxy);
        this.http = builder.build();
    }

    JsonNode get(String path) {
        return sent("GET", path, null);
    }

    JsonNode post(String path, JsonNode body) {
        return sent("POST", path, body);
    }

    private JsonNode sent(String method, String path, @Nullable JsonNode body) {
        Duration wait = access.pause();
        for (int attempt = 0; ; attempt++) {
            try {
                return sentToAny(method, path, body);
            } catch (RegistryException e) {
                if (!e.isTransient() || attempt >= access.retries()) {
                    throw e;
                }
                LOG.warn("{}; trying again in {} ms", e.getMessage(), wait.toMillis());
                sleep(wait);
                Duration doubled = wait.multipliedBy(2);
                wait = doubled.compareTo(access.longestPause()) < 0 ? doubled : access.longestPause();
            }
        }
    }

    private static void sleep(Duration wait) {
        try {
            TimeUnit.NANOSECONDS.sleep(wait.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RegistryException.unreachable("Interrupted while waiting for the schema registry", e);
        }
    }

    private JsonNode sentToAny(String method, String path, @Nullable JsonNode body) {
        int urls = access.urls().size();
        int first = current;
        for (int i = 0; ; i++) {
            int index = (first + i) % urls;
            try {
                JsonNode answer = sentTo(access.urls().get(index), method, path, body);
                current = index;
                return answer;
            } catch (RegistryException e) {
                if (!e.isTransient() || i == urls - 1) {
                    throw e;
                }
                LOG.warn("{}; trying the next URL", e.getMessage());
            }
        }
    }

    private JsonNode sentTo(URI registry, String method, String path, @Nullable JsonNode body) {
        URI url = target(registry, path);
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(access.readTimeout())
                .header("Accept", CONTENT + ", application/json; q=0.5");
        access.headers().forEach(request::setHeader);
        access.credentials().headers(registry).forEach(request::setHeader);
        if (body == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.header("Content-Type", CONTENT);
            request.method(method, BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8));
        }
        return answer(url, response(url, request.build()));
    }

    /** The timeout of a request ends with the headers of the answer, so the body needs one, too. */
    private HttpResponse<String> response(URI url, HttpRequest request) {
        Duration limit = access.connectTimeout().plus(access.readTimeout());
        CompletableFuture<HttpResponse<String>> response =
                http.sendAsync(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
        try {
            return response.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw silent(url, reason(cause), cause);
        } catch (TimeoutException e) {
            throw silent(url, "the answer is not complete after " + limit.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RegistryException.unreachable("Interrupted while waiting for the schema registry", e);
        } finally {
            response.cancel(true);
        }
    }

    private static RegistryException silent(URI url, String reason, Throwable cause) {
        return RegistryException.unreachable(
                "The schema registry at " + withoutPath(url) + " does not answer: " + reason, cause);
    }

    /** The URL of a request, without user name and password. */
    private static URI target(URI registry, String path) {
        String base = registry.getRawPath() == null ? "" : registry.getRawPath();
        try {
            return new URI(registry.getScheme() + "://" + host(registry)
                    + (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("Not a URL: " + path, e);
        }
    }

    private static String host(URI url) {
        return url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }

    private static String withoutPath(URI url) {
        return url.getScheme() + "://" + host(url);
    }

    /** Some exceptions of the client have no message. */
    private static String reason(Throwable e) {
        Throwable cause = e;
        while (cause.getMessage() == null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String name = cause.getClass().getSimpleName();
        return cause.getMessage() == null ? name : name + ": " + cause.getMessage();
    }

    private static JsonNode answer(URI url, HttpResponse<String> response) {
        JsonNode body = parsed(response.body());
        if (response.statusCode() >= FIRST_REDIRECT && response.statusCode() < FIRST_ERROR) {
            // Followed, a POST would become a GET, whose answer means something else.
            throw RegistryException.refused(
                    response.statusCode(),
                    withoutPath(url) + " redirects to "
                            + response.headers().firstValue("Location").orElse("nowhere")
                            + "; set schema.registry.url to the URL of the registry itself");
        }
        if (response.statusCode() < FIRST_REDIRECT) {
            if (body.isMissingNode()) {
                throw RegistryException.refused(
                        response.statusCode(), url + " answered with something other than JSON; is it a registry?");
            }
            return body;
        }
        String summary = "The schema registry at " + withoutPath(url) + " answered " + url.getPath() + " with "
                + response.statusCode();
        String message = body.path("message").asText("");
        throw message.isEmpty()
                ? RegistryException.refused(response.statusCode(), summary)
                : RegistryException.refused(
                        response.statusCode(), body.path("error_code").asInt(), summary, message);
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
