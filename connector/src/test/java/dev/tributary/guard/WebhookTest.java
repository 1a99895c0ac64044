// SPDX-License-Identifier: Apache-2.0
package dev.tributary.guard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A real receiver on loopback. */
class WebhookTest {

    private final List<byte[]> bodies = new CopyOnWriteArrayList<>();
    private final List<String> signatures = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private @Nullable HttpServer receiver;

    private void receive(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/hook", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean isRefused = refusals.getAndDecrement() > 0;
            if (!isRefused) {
                signatures.add(String.valueOf(exchange.getRequestHeaders().getFirst(Webhook.SIGNATURE)));
                bodies.add(body);
            }
            exchange.sendResponseHeaders(isRefused ? 500 : 204, -1);
            exchange.close();
        });
        server.start();
        receiver = server;
    }

    @AfterEach
    void stop() {
        if (receiver != null) {
            receiver.stop(0);
        }
    }

    private static Alert alert(String message) {
        return new Alert("shop", "app", "slot", Level.WARNING, message, Instant.EPOCH, 5L, 7, null);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void sendsAlertsInOrderAndSigned() throws Exception {
        // Given
        int port = freePort();
        receive(port);

        // When
        try (Webhook webhook = Webhook.start(URI.create("http://127.0.0.1:" + port + "/hook"), "sesame")) {
            webhook.send(alert("one \"ä\" <b>"));
            webhook.send(alert("two"));
            await().until(() -> bodies.size() == 2);
        }

        // Then
        JsonNode first = new ObjectMapper().readTree(bodies.get(0));
        assertThat(first.path("message").asText()).isEqualTo("one \"ä\" <b>");
        assertThat(first.path("level").asText()).isEqualTo("WARNING");
        assertThat(first.path("at").asText()).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(first.path("retained_bytes").asLong()).isEqualTo(5);
        assertThat(first.path("seconds_until_lost").isNull()).isTrue();
        assertThat(new ObjectMapper().readTree(bodies.get(1)).path("message").asText())
                .isEqualTo("two");
        assertThat(signatures.get(0)).isEqualTo("sha256=" + Webhook.signature(bodies.get(0), "sesame"));
    }

    /** RFC 4231, test case 2. */
    @Test
    void theSignatureIsAnHmac() {
        assertThat(Webhook.signature("what do ya want for nothing?".getBytes(UTF_8), "Jefe"))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void sendsAgainUntilTheReceiverAccepts() throws Exception {
        // Given
        int port = freePort();
        refusals.set(1);

        // When
        try (Webhook webhook = Webhook.start(URI.create("http://127.0.0.1:" + port + "/hook"), null)) {
            webhook.send(alert("nobody listens, then one refusal"));
            receive(port);
            await().until(() -> bodies.size() == 1);
        }

        // Then
        assertThat(signatures).containsExactly("null");
    }

    @Test
    void neverBlocksWhoeverSends() throws Exception {
        try (Webhook webhook = Webhook.start(URI.create("http://127.0.0.1:" + freePort() + "/hook"), null)) {
            for (int i = 0; i < 10_000; i++) {
                webhook.send(alert("alert " + i));
            }
        }
    }
}
