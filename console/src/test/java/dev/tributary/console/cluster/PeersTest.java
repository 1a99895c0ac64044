// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeersTest {

    private static final int MAX_BYTES = 1000;
    private static final String ACTION = "/tributary/api/connectors/shop/snapshot";
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;
    private String id;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
        id = server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private static Peers peers(Duration read, Duration action) {
        return new Peers(Map.of(), new Peers.Limits(read, action, MAX_BYTES));
    }

    private Peers.Answer ask(Peers peers, String path, @Nullable String body) throws Exception {
        return peers.ask(id, path, body, Optional.of("Basic secret")).get(30, TimeUnit.SECONDS);
    }

    private void answer(String path, int status, String body) {
        server.createContext(path, exchange -> {
            requests.incrementAndGet();
            byte[] bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
    }

    /** Begins a body and does not end it. */
    private void stall(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write('{');
        exchange.getResponseBody().flush();
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    @Test
    void anAnswerIsContent() throws Exception {
        // Given
        answer(Peers.WORKER, 200, "{\"instance\": \"i\"}");

        // When
        Peers.Answer answer = ask(peers(LONG, LONG), Peers.WORKER, null);

        // Then
        assertThat(answer.content().orElseThrow().path("instance").asText()).isEqualTo("i");
    }

    @Test
    void aWorkerThatStallsWithinItsAnswerIsGivenUpAndNotAskedAgainAtOnce() throws Exception {
        // Given
        server.createContext(Peers.WORKER, this::stall);
        Peers peers = peers(SHORT, LONG);

        // When
        Peers.Answer answer = ask(peers, Peers.WORKER, null);

        // Then
        assertThat(answer.problem()).isEqualTo("it cannot be reached: its answer takes too long");
        assertThat(ask(peers, Peers.WORKER, null)).isEqualTo(answer);
        assertThat(requests).hasValue(1);
    }

    @Test
    void theConnectionToAWorkerThatIsGivenUpIsClosed() throws Exception {
        // Given
        CountDownLatch closed = new CountDownLatch(1);
        server.createContext(Peers.WORKER, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                while (end.getCount() > 0) {
                    out.write(' ');
                    out.flush();
                }
            } catch (IOException e) {
                closed.countDown();
            }
        });
        Peers peers = new Peers(Map.of(), new Peers.Limits(SHORT, LONG, Integer.MAX_VALUE));

        // When
        ask(peers, Peers.WORKER, null);

        // Then
        assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anActionThatTakesTooLongDoesNotHideTheWorker() throws Exception {
        // Given
        server.createContext(ACTION, this::stall);
        answer(Peers.WORKER, 200, "{}");
        Peers peers = peers(LONG, SHORT);

        // When
        Peers.Answer answer = ask(peers, ACTION, "{}");

        // Then
        assertThat(answer.problem()).contains("it may still do what it was asked for", "takes too long");
        assertThat(ask(peers, Peers.WORKER, null).problem()).isEmpty();
    }

    @Test
    void anAnswerThatIsTooLongIsGivenUp() throws Exception {
        // Given
        answer(Peers.WORKER, 200, "{\"a\": \"" + "x".repeat(MAX_BYTES) + "\"}");

        // When
        Peers.Answer answer = ask(peers(LONG, LONG), Peers.WORKER, null);

        // Then
        assertThat(answer.problem()).contains("more than 1000 bytes");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /tributary/api/connectors/x/check | 403 | {"error_code": 403, "message": "Actions are off."} | 403 | Actions are off.
            /tributary/api/connectors/x/check | 404 | {"error_code": 404, "message": "There is no x"} | 404 | There is no x
            /tributary/api/connectors/x/check | 409 | {"message": "It does not run"} | 409 | It does not run
            /tributary/api/connectors/x/check | 403 | <html> | 403 | it answers with HTTP 403
            /tributary/api/connectors/x/check | 500 | '' | 500 | it answers with HTTP 500
            /tributary/api/worker | 401 | {"message": "Who?"} | 0 | it refuses the credentials of this request
            /tributary/api/worker | 404 | {"message": "HTTP 404 Not Found"} | 404 | it has no console: it needs rest.extension.classes as well
            /tributary/api/worker | 200 | <html> | 0 | its answer is not JSON (HTTP 200)
            """)
    void anErrorKeepsItsMessage(String path, int status, String body, int shownStatus, String problem)
            throws Exception {
        // Given
        answer(path, status, body);

        // When
        Peers.Answer answer = ask(peers(LONG, LONG), path, path.equals(Peers.WORKER) ? null : "{}");

        // Then
        assertThat(answer.problem()).isEqualTo(problem);
        assertThat(answer.status()).isEqualTo(shownStatus);
        assertThat(answer.content()).isEmpty();
    }

    @Test
    void aWorkerThatIsGoneIsNamedUnreachable() throws Exception {
        // Given
        Peers peers = peers(LONG, LONG);
        server.stop(0);

        // Then
        assertThat(ask(peers, ACTION, "{}").problem()).startsWith("it cannot be reached");
    }
}
