// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers GET requests, each in a thread of its own. Closing it ends those that still go on. */
public final class HttpApi implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);

    private final ObjectMapper json = new ObjectMapper();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "http");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * An answer.
     *
     * @param status such as 200
     * @param body what becomes JSON
     */
    public record Answer(int status, Object body) {

        public static Answer ok(Object body) {
            return new Answer(HttpURLConnection.HTTP_OK, body);
        }

        public static Answer unavailable(Object body) {
            return new Answer(HttpURLConnection.HTTP_UNAVAILABLE, body);
        }

        public static Answer notFound(String what) {
            return new Answer(HttpURLConnection.HTTP_NOT_FOUND, Map.of("message", what));
        }
    }

    /** What answers a request with more than one piece of text, for as long as it likes. */
    @FunctionalInterface
    public interface Stream {

        void write(HttpExchange exchange) throws IOException, InterruptedException;
    }

    /** What answers with the part of the path behind that of the route. */
    @FunctionalInterface
    public interface Route {

        Answer answer(String rest);
    }

    public HttpApi(InetSocketAddress address) throws IOException {
        this.server = HttpServer.create(address, 0);
        server.setExecutor(threads);
    }

    /** A path and all that are below it. */
    public HttpApi json(String path, Route route) {
        return handle(path, exchange -> {
            Answer answer = route.answer(exchange.getRequestURI().getPath().substring(path.length()));
            send(exchange, answer.status(), "application/json", bytes(answer.body()));
        });
    }

    /** The page at the root. */
    public HttpApi page(Supplier<byte[]> html) {
        return handle("/", exchange -> {
            if (exchange.getRequestURI().getPath().equals("/")) {
                send(exchange, HttpURLConnection.HTTP_OK, "text/html; charset=utf-8", html.get());
            } else {
                Answer none = Answer.notFound("no such path");
                send(exchange, none.status(), "application/json", bytes(none.body()));
            }
        });
    }

    public HttpApi stream(String path, Stream stream) {
        return handle(path, stream);
    }

    public void start() {
        server.start();
        LOG.info("Answers on {}", server.getAddress());
    }

    /** Ends a request that cannot take what it is sent, from another thread than the one that answers it. */
    public void drop(HttpExchange exchange) {
        threads.execute(exchange::close);
    }

    /** Text of something, as an answer has it. */
    public byte[] bytes(Object body) throws JsonProcessingException {
        return json.writeValueAsBytes(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private HttpApi handle(String path, Stream handler) {
        server.createContext(path, exchange -> {
            try (exchange) {
                answer(exchange, handler);
            } catch (IOException e) {
                // Browsers go as they please.
                LOG.debug("Whoever asked for {} is gone", path, e);
            }
        });
        return this;
    }

    private static void answer(HttpExchange exchange, Stream handler) throws IOException {
        if (!exchange.getRequestMethod().equals("GET")) {
            exchange.getResponseHeaders().set("Allow", "GET");
            exchange.sendResponseHeaders(HttpURLConnection.HTTP_BAD_METHOD, -1);
            return;
        }
        try {
            handler.write(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (JsonProcessingException | RuntimeException e) {
            LOG.error("Cannot answer {}", exchange.getRequestURI(), e);
            exchange.sendResponseHeaders(HttpURLConnection.HTTP_INTERNAL_ERROR, -1);
        }
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
