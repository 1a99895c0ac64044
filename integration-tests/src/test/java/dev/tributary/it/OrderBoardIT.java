// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static dev.tributary.it.Shop.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.sandbox.SampleService;
import dev.tributary.sandbox.SampleService.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** order-board on real topics shows the orders of the table. */
class OrderBoardIT {

    private final Shop shop = new Shop();

    OrderBoardIT() throws Exception {}

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void theBoardFollowsTheTable() throws SQLException {
        // Given
        SampleService board = shop.start(Kind.ORDER_BOARD);
        eventually().untilAsserted(() -> assertThat(shown(board)).isEqualTo(orders()));

        // When
        long placed = shop.place(1, 2);
        shop.database()
                .execute(
                        "UPDATE shop.orders SET status = 'paid' WHERE id = 3",
                        "DELETE FROM shop.payments WHERE order_id = 2",
                        "DELETE FROM shop.order_lines WHERE order_id = 2",
                        "DELETE FROM shop.orders WHERE id = 2");

        // Then
        eventually().untilAsserted(() -> assertThat(shown(board)).isEqualTo(orders()));
        assertThat(shown(board)).containsEntry(placed, "placed").doesNotContainKey(2L);
        JsonNode order = shop.ask(board, "/api/orders/" + placed);
        assertThat(order.path("customer").asText())
                .isEqualTo(shop.database().query("SELECT name FROM shop.customers WHERE id = 1"));
        assertThat(order.path("total").asText()).isEqualTo("20.00");
    }

    @Test
    void aRestartedInstanceShowsAllOrders() throws SQLException {
        // Given
        SampleService board = shop.start(Kind.ORDER_BOARD);
        eventually().until(board::isHealthy);
        shop.database().execute("UPDATE shop.orders SET status = 'cancelled' WHERE id % 2 = 0");
        eventually().untilAsserted(() -> assertThat(shown(board)).isEqualTo(orders()));
        board.stop();
        shop.place(1, 1);

        // When
        board.start();

        // Then
        eventually().until(board::isHealthy);
        eventually().untilAsserted(() -> assertThat(shown(board)).isEqualTo(orders()));
    }

    @Test
    void instancesShareThePartitionsAndTakeOverFromOneThatIsKilled() throws SQLException {
        // Given
        SampleService one = shop.start(Kind.ORDER_BOARD);
        eventually().until(one::isHealthy);
        shop.database().execute("UPDATE shop.orders SET status = 'cancelled'");
        eventually().untilAsserted(() -> assertThat(shown(one)).isEqualTo(orders()));
        List<String> events = follow(one);
        eventually().until(() -> events.contains("event: board"));

        // When
        SampleService other = shop.start(Kind.ORDER_BOARD);

        // Then
        eventually().untilAsserted(() -> {
            assertThat(partitions(other)).hasSize(3);
            assertThat(partitions(one)).hasSize(3).doesNotContainAnyElementsOf(partitions(other));
            Map<Long, String> both = shown(one);
            assertThat(both).doesNotContainKeys(shown(other).keySet().toArray(Long[]::new));
            both.putAll(shown(other));
            assertThat(both).isEqualTo(orders());
        });
        // Partitions that stay are not read again; their orders would go back to their state in the snapshot.
        assertThat(events).contains("event: removed").doesNotContain("event: put");

        // When
        one.kill();
        shop.place(1, 1);

        // Then
        eventually().untilAsserted(() -> {
            assertThat(partitions(other)).hasSize(6);
            assertThat(shown(other)).isEqualTo(orders());
        });
    }

    @Test
    void anAddedColumnIsShown() throws SQLException {
        // Given
        SampleService board = shop.start(Kind.ORDER_BOARD);
        eventually().until(board::isHealthy);

        // When
        shop.database().execute("ALTER TABLE shop.orders ADD COLUMN gift boolean NOT NULL DEFAULT false");
        long placed = shop.place(1, 1);

        // Then
        eventually()
                .untilAsserted(() -> assertThat(shop.ask(board, "/api/orders/" + placed)
                                .path("more")
                                .path("gift")
                                .asText())
                        .isEqualTo("false"));
        assertThat(shown(board)).isEqualTo(orders());
        assertThat(board.isHealthy()).isTrue();
    }

    /** The kinds of events that a page receives from now on. */
    private static List<String> follow(SampleService board) {
        List<String> events = new CopyOnWriteArrayList<>();
        HttpRequest request =
                HttpRequest.newBuilder(board.url().resolve("/api/changes")).build();
        Thread reader = new Thread(() -> {
            try {
                HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofLines())
                        .body()
                        .filter(line -> line.startsWith("event: "))
                        .forEach(events::add);
            } catch (IOException | UncheckedIOException e) {
                // The test kills the board at its end.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        reader.setDaemon(true);
        reader.start();
        return events;
    }

    private List<Integer> partitions(SampleService board) {
        return shop.ask(board, "/health")
                .path("partitions")
                .valueStream()
                .map(JsonNode::asInt)
                .toList();
    }

    /** The status of each order that an instance shows. */
    private Map<Long, String> shown(SampleService board) {
        Map<Long, String> status = new TreeMap<>();
        shop.ask(board, "/api/orders")
                .forEach(order -> status.put(
                        order.path("id").asLong(), order.path("status").asText()));
        return status;
    }

    /** The status of each order in the table. */
    private Map<Long, String> orders() throws SQLException {
        Map<Long, String> status = new TreeMap<>();
        String rows = shop.database().query("SELECT string_agg(id || ' ' || status, ',' ORDER BY id) FROM shop.orders");
        Arrays.stream(Objects.requireNonNull(rows).split(",", -1)).forEach(row -> {
            int space = row.indexOf(' ');
            status.put(Long.parseLong(row.substring(0, space)), row.substring(space + 1));
        });
        return status;
    }
}
