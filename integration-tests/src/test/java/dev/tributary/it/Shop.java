// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.sampledb.ShopDatabase;
import dev.tributary.sandbox.ConnectRest;
import dev.tributary.sandbox.SampleService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.core.ConditionFactory;

/**
 * The shop and its topics as in the compose file: {@code docker/shop.json} configures the connector, except for its
 * name and the addresses of the servers. Closing it stops its services.
 */
final class Shop implements AutoCloseable {

    private static final List<String> FROM_FILE =
            List.of("transforms", "decimal.", "topic.creation.", "table.include.list", "producer.", "provide.");

    private final Servers servers = Servers.shared();
    private final TestDatabase database;
    private final TestConnector connector;
    private final List<SampleService> services = new ArrayList<>();
    private final ObjectMapper json = new ObjectMapper();

    /** On the worker that tests share. */
    Shop() throws SQLException, IOException {
        this(Servers.shared().rest(), Map.of());
    }

    /**
     * On a worker of its own.
     *
     * @param more further options of the connector
     */
    Shop(ConnectRest rest, Map<String, String> more) throws SQLException, IOException {
        this.database = servers.database();
        try (Connection connection = database.connect()) {
            ShopDatabase.create(connection);
        }
        this.connector = new TestConnector(rest, database);
        Map<String, String> file = json.readValue(
                servers.sandbox()
                        .distribution()
                        .root()
                        .resolve("docker/shop.json")
                        .toFile(),
                new TypeReference<>() {});
        file.forEach((option, value) -> {
            if (FROM_FILE.stream().anyMatch(option::startsWith)) {
                connector.with(
                        option,
                        value.replace("shop\\.shop", database.name() + "\\.shop")
                                .replace("shop\\.transaction", database.name() + "\\.transaction")
                                .replace("outbox\\.event", database.name() + "\\.outbox\\.event"));
            }
        });
        // Other tests have an outbox as well.
        connector.with("transforms.outbox.route.topic.replacement", database.name() + ".outbox.event.${routedByValue}");
        more.forEach(connector::with);
        connector.start();
    }

    TestDatabase database() {
        return database;
    }

    /** Starts another instance of a service. */
    SampleService start(SampleService.Kind kind) {
        return start(kind, Duration.ofSeconds(2));
    }

    /** The same that waits for missing records of a transaction. */
    SampleService start(SampleService.Kind kind, Duration patience) {
        SampleService service = servers.sandbox()
                .service(kind, servers.broker())
                .topicPrefix(database.name() + "." + ShopDatabase.SCHEMA)
                .group(database.name() + "-" + kind)
                // A crash is noticed soon.
                .kafka("session.timeout.ms", "6000")
                .kafka("heartbeat.interval.ms", "1000")
                .patience(patience)
                .start();
        services.add(service);
        return service;
    }

    /** The response of a service. */
    JsonNode ask(SampleService service, String path) {
        try {
            return json.readTree(service.get(path).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for a service. While it starts, or is short of processor time, it may not respond in time. */
    static ConditionFactory eventually() {
        return await().pollInterval(Duration.ofMillis(200)).ignoreExceptionsInstanceOf(UncheckedIOException.class);
    }

    /** Places an order with one line, and returns its key. */
    long place(int product, int quantity) throws SQLException {
        String id = database.query("WITH placed AS (INSERT INTO shop.orders (order_no, customer_id, total)"
                + " VALUES (gen_random_uuid(), 1, 10 * " + quantity + ") RETURNING id),"
                + " line AS (INSERT INTO shop.order_lines SELECT id, 1, " + product + ", " + quantity
                + ", 10 FROM placed) SELECT id FROM placed");
        return Long.parseLong(Objects.requireNonNull(id));
    }

    @Override
    public void close() {
        services.forEach(SampleService::close);
        connector.close();
    }
}
