// SPDX-License-Identifier: Apache-2.0
package dev.tributary.avro;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A schema registry in memory that accepts every schema unless a test has set another answer. */
public final class TestRegistry implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final List<String> schemas = new ArrayList<>();
    private final Map<String, List<Integer>> subjects = new TreeMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Map<String, List<String>>> headers = new CopyOnWriteArrayList<>();
    private final List<Answer> next = new CopyOnWriteArrayList<>();

    /** An answer instead of the real one. */
    private record Answer(int status, String body) {}

    public TestRegistry() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    /** Its URL. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The schema with an id. */
    public synchronized String schema(int id) {
        return schemas.get(id - 1);
    }

    /** Registers a schema and returns its id. */
    synchronized int add(String subject, String schema) {
        if (!schemas.contains(schema)) {
            schemas.add(schema);
        }
        int id = schemas.indexOf(schema) + 1;
        List<Integer> versions = subjects.computeIfAbsent(subject, name -> new ArrayList<>());
        if (!versions.contains(id)) {
            versions.add(id);
        }
        return id;
    }

    /** Answers the next request in another way; the answers of several calls come one after the other. */
    void answerNext(int status, String body) {
        next.add(new Answer(status, body));
    }

    /** The requests so far, as method, path and query. */
    List<String> requests() {
        return requests;
    }

    /** The headers of a request. */
    Map<String, List<String>> headers(int request) {
        return headers.get(request);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        headers.add(Map.copyOf(exchange.getRequestHeaders()));
        byte[] body = exchange.getRequestBody().readAllBytes();
        Answer answer = next.isEmpty() ? real(exchange, body) : next.remove(0);
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private synchronized Answer real(HttpExchange exchange, byte[] body) throws IOException {
        URI url = exchange.getRequestURI();
        String[] path = url.getPath().substring(1).split("/", -1);
        String schema =
                body.length == 0 ? "" : JSON.readTree(body).path("schema").asText();
        if (path[0].equals("schemas") && path.length == 3) {
            int id = Integer.parseInt(path[2]);
            return id < 1 || id > schemas.size()
                    ? missing()
                    : new Answer(
                            200,
                            JSON.createObjectNode().put("schema", schema(id)).toString());
        }
        if (path[0].equals("schemas")) {
            return new Answer(200, uses(Integer.parseInt(path[2])).toString());
        }
        if (path[0].equals("subjects") && path.length == 3 && !schema.isEmpty()) {
            return new Answer(200, "{\"id\":" + add(path[1], schema) + "}");
        }
        if (path[0].equals("subjects")) {
            List<Integer> versions = subjects.getOrDefault(path[1], List.of());
            Optional<Integer> id = path.length == 4
                    ? versions.stream().reduce((first, second) -> second)
                    : versions.stream()
                            .filter(each -> schema(each).equals(schema))
                            .findFirst();
            return id.map(each -> version(versions.indexOf(each) + 1, each)).orElseGet(TestRegistry::missing);
        }
        return missing();
    }

    private JsonNode uses(int id) {
        var uses = JSON.createArrayNode();
        subjects.forEach((subject, ids) -> {
            if (ids.contains(id)) {
                uses.addObject().put("subject", subject).put("version", ids.indexOf(id) + 1);
            }
        });
        return uses;
    }

    private Answer version(int version, int id) {
        return new Answer(
                200,
                JSON.createObjectNode()
                        .put("id", id)
                        .put("version", version)
                        .put("schema", schema(id))
                        .toString());
    }

    private static Answer missing() {
        return new Answer(404, "{\"error_code\":40401,\"message\":\"There is no such thing\"}");
    }

    /** The value of a header of a request; empty if it has none. */
    String header(int request, String name) {
        return headers(request).getOrDefault(name, List.of("")).get(0);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
