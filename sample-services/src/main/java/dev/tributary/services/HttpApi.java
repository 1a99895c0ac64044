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

/** Serves GET requests, each in a separate thread. Closing it ends the requests that are still running. */
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
     * A response.
     *
     * @param status such as 200
     * @param body the body, written as JSON
     */
    public record Response(int status, Object body) {

        public static Response ok(Object body) {
            return new Response(HttpURLConnection.HTTP_OK, body);
        }

        public static Response unavailable(Object body) {
            return new Response(HttpURLConnection.HTTP_UNAVAILABLE, body);
        }

        public static Response notFound(String what) {
            return new Response(HttpURLConnection.HTTP_NOT_FOUND, Map.of("message", what));
        }
    }

    /** Handles a request by streaming text until it returns. */
    @FunctionalInterface
    public interface Stream {

        void write(HttpExchange exchange) throws IOException, InterruptedException;
    }

    /** Handles a request from the rest of the path after the route. */
    @FunctionalInterface
    public interface Route {

        Response respond(String rest);
    }

    public HttpApi(InetSocketAddress address) throws IOException {
        this.server = HttpServer.create(address, 0);
        server.setExecutor(threads);
    }

    /** Serves a path and all paths below it. */
    public HttpApi json(String path, Route route) {
        return handle(path, exchange -> {
            Response response = route.respond(exchange.getRequestURI().getPath().substring(path.length()));
            send(exchange, response.status(), "application/json", bytes(response.body()));
        });
    }

    /** Serves a page at the root. */
    public HttpApi page(Supplier<byte[]> html) {
        return handle("/", exchange -> {
            if (exchange.getRequestURI().getPath().equals("/")) {
                send(exchange, HttpURLConnection.HTTP_OK, "text/html; charset=utf-8", html.get());
            } else {
                Response none = Response.notFound("no such path");
                send(exchange, none.status(), "application/json", bytes(none.body()));
            }
        });
    }

    public HttpApi stream(String path, Stream stream) {
        return handle(path, stream);
    }

    public void start() {
        server.start();
        LOG.info("Listening on {}", server.getAddress());
    }

    /** Ends a request whose client does not keep up. Called by a thread other than the one that serves the request. */
    public void drop(HttpExchange exchange) {
        threads.execute(exchange::close);
    }

    /** Writes a value as JSON. */
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
                respond(exchange, handler);
            } catch (IOException e) {
                // Clients may disconnect at any time.
                LOG.debug("The client of {} has disconnected", path, e);
            }
        });
        return this;
    }

    private static void respond(HttpExchange exchange, Stream handler) throws IOException {
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
            LOG.error("Request {} failed", exchange.getRequestURI(), e);
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
