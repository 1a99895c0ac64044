// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static dev.tributary.it.Shop.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.sampledb.ShopTraffic;
import dev.tributary.sampledb.TrafficMix;
import dev.tributary.sandbox.ConnectWorker;
import dev.tributary.sandbox.SampleService;
import dev.tributary.sandbox.SampleService.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * order-board shows whole transactions of the database while the worker is killed: the total of an order is the sum of
 * its lines, in each state that it publishes.
 */
class WholeOrdersIT {

    private static final int ACTIONS = 150;
    private static final long SEED = Long.getLong("seed", System.nanoTime());

    private final Servers servers = Servers.shared();
    private final ObjectMapper json = new ObjectMapper();
    private final List<String> torn = new CopyOnWriteArrayList<>();
    private final AtomicInteger published = new AtomicInteger();

    /** How the transactions of the database are written. */
    private enum Mode {
        AT_LEAST_ONCE,
        WHOLE,
        IN_PARTS;

        boolean isExactlyOnce() {
            return this != AT_LEAST_ONCE;
        }

        /** Without exactly-once, what a crash kept from being sent comes when the task runs again. */
        Duration patience() {
            return isExactlyOnce() ? Duration.ofSeconds(2) : WaitLimit.LIMIT;
        }

        Map<String, String> options() {
            Map<String, String> options = new LinkedHashMap<>();
            if (isExactlyOnce()) {
                options.put("exactly.once.support", "required");
                options.put("transaction.boundary", "connector");
            }
            if (this == IN_PARTS) {
                options.put("transaction.max.bytes", "2000");
            }
            return options;
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOrderIsNeverShownWithoutItsLines(Mode mode) throws Exception {
        System.out.println("WholeOrdersIT seed " + SEED);
        // Given
        try (ConnectWorker worker = servers.worker("whole-orders-" + mode)
                        .property("exactly.once.source.support", mode.isExactlyOnce() ? "enabled" : "disabled")
                        .start();
                Shop shop = new Shop(worker.rest(), mode.options());
                Connection connection = shop.database().connect()) {
            SampleService board = shop.start(Kind.ORDER_BOARD, mode.patience());
            eventually().untilAsserted(() -> assertThat(shown(shop, board)).isEqualTo(orders(shop)));
            // Until here, there were rows of the snapshot, which belong to no transaction.
            torn.clear();
            follow(board);
            ShopTraffic traffic = ShopTraffic.on(connection, 1, TrafficMix.WORKING_DAY, SEED);

            // When
            act(traffic);
            await("changes on the board").until(() -> published.get() > 0);
            act(traffic);
            worker.kill();
            act(traffic);
            int before = published.get();
            worker.start();
            await("further changes").until(() -> published.get() > before);
            act(traffic);

            // Then
            eventually().untilAsserted(() -> assertThat(shown(shop, board)).isEqualTo(orders(shop)));
            assertThat(torn).isEmpty();

            // When
            board.stop();
            board.start();

            // Then
            eventually().untilAsserted(() -> assertThat(shown(shop, board)).isEqualTo(orders(shop)));
            assertThat(torn).isEmpty();
            assertThat(Files.readString(worker.logFile()).contains("It is committed in parts"))
                    .as("transactions were committed in parts")
                    .isEqualTo(mode == Mode.IN_PARTS);
            System.out.println("WholeOrdersIT: " + published + " states, " + mode);
        }
    }

    private static void act(ShopTraffic traffic) {
        for (int i = 0; i < ACTIONS; i++) {
            traffic.act();
        }
    }

    /** Checks each state of an order that the board publishes from now on. */
    private void follow(SampleService board) {
        HttpRequest request =
                HttpRequest.newBuilder(board.url().resolve("/api/changes")).build();
        Thread reader = new Thread(() -> {
            try {
                HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofLines())
                        .body()
                        .filter(line -> line.startsWith("data: {") && line.contains("\"lines\""))
                        .forEach(line -> {
                            published.incrementAndGet();
                            check(parse(line.substring("data: ".length())));
                        });
            } catch (IOException | UncheckedIOException e) {
                // The test stops the board at its end.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        reader.setDaemon(true);
        reader.start();
    }

    private void check(JsonNode order) {
        BigDecimal sum = order.path("lines")
                .valueStream()
                .map(line -> new BigDecimal(line.path("price").asText())
                        .multiply(BigDecimal.valueOf(line.path("quantity").asLong())))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        if (order.path("lines").isEmpty()
                || sum.compareTo(new BigDecimal(order.path("total").asText())) != 0) {
            torn.add(order.toString());
        }
    }

    /** Status, total and number of lines of each order on the board, each of which is whole. */
    private Map<Long, String> shown(Shop shop, SampleService board) {
        Map<Long, String> shown = new TreeMap<>();
        shop.ask(board, "/api/orders").forEach(order -> {
            if (order.has("id")) {
                check(order);
                shown.put(
                        order.path("id").asLong(),
                        order.path("status").asText() + " "
                                + order.path("total").asText() + " "
                                + order.path("lines").size());
            }
        });
        return shown;
    }

    /** The same of each order in the table. */
    private Map<Long, String> orders(Shop shop) throws SQLException {
        Map<Long, String> orders = new TreeMap<>();
        String rows = shop.database()
                .query("SELECT json_object_agg(id, status || ' ' || total || ' ' ||"
                        + " (SELECT count(*) FROM shop.order_lines WHERE order_id = id)) FROM shop.orders");
        parse(Objects.requireNonNull(rows))
                .properties()
                .forEach(order -> orders.put(
                        Long.valueOf(order.getKey()), order.getValue().asText()));
        return orders;
    }

    private JsonNode parse(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
