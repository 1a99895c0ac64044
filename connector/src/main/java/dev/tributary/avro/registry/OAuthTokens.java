// SPDX-License-Identifier: Apache-2.0
package dev.tributary.avro.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Tokens by the client credentials grant of OAuth 2 (<a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.4">RFC
 * 6749</a>); a token is requested again before it expires.
 */
public final class OAuthTokens implements Credentials {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;

    /** A token is used for this part of its life. */
    private static final double USED = 0.8;

    private static final int DEFAULT_LIFE_SECONDS = 300;

    private final URI issuer;
    private final String client;
    private final String secret;
    private final Optional<String> scope;
    private final Duration timeout;
    private final HttpClient http;

    private @Nullable String token;
    private long expires;

    /**
     * @param issuer where tokens are requested
     * @param client the client's id
     * @param secret its secret
     * @param scope the scope of the tokens
     * @param tls certificates; empty for those of the JDK
     * @param proxy a proxy; empty for the one of the JDK, if there is one
     * @param timeout how long an answer may take
     */
    public OAuthTokens(
            URI issuer,
            String client,
            String secret,
            Optional<String> scope,
            Optional<SSLContext> tls,
            Optional<InetSocketAddress> proxy,
            Duration timeout) {
        this.issuer = issuer;
        this.client = client;
        this.secret = secret;
        this.scope = scope;
        this.timeout = timeout;
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(timeout);
        tls.ifPresent(builder::sslContext);
        proxy.map(ProxySelector::of).ifPresent(builder::proxy);
        this.http = builder.build();
    }

    @Override
    public Map<String, String> headers(URI registry) {
        return Credentials.bearer(current()).headers(registry);
    }

    private synchronized String current() {
        String known = token;
        if (known != null && System.nanoTime() - expires < 0) {
            return known;
        }
        JsonNode answer = requested();
        String fresh = answer.path("access_token").asText("");
        if (fresh.isEmpty()) {
            throw RegistryException.refused(OK, "The answer of " + issuer.getHost() + " has no access_token");
        }
        Duration life = Duration.ofSeconds(answer.path("expires_in").asLong(DEFAULT_LIFE_SECONDS));
        expires = System.nanoTime() + (long) (life.toNanos() * USED);
        token = fresh;
        return fresh;
    }

    private JsonNode requested() {
        String form = "grant_type=client_credentials"
                + scope.map(name -> "&scope=" + encoded(name)).orElse("");
        HttpRequest request = HttpRequest.newBuilder(issuer)
                .timeout(timeout)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .headers(
                        "Authorization",
                        Credentials.basic(encoded(client), encoded(secret))
                                .headers(issuer)
                                .get("Authorization"))
                .POST(BodyPublishers.ofString(form))
                .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (response.statusCode() != OK) {
                throw RegistryException.refused(
                        response.statusCode(),
                        "The request of a token at " + issuer.getHost() + " was answered with "
                                + response.statusCode());
            }
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw RegistryException.refused(OK, "The answer of " + issuer.getHost() + " is not JSON");
        } catch (IOException e) {
            throw RegistryException.unreachable(issuer.getHost() + " gives no token: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RegistryException.unreachable("Interrupted while waiting for a token", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
