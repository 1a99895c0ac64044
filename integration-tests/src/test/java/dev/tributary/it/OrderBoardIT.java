// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static dev.tributary.it.Shop.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.sandbox.SampleService;
import dev.tributary.sandbox.SampleService.Kind;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
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
        assertThat(order.path("lines")
                        .valueStream()
                        .map(line -> line.path("quantity").asInt()))
                .containsExactly(2);
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
    void eachInstanceShowsAllOrdersWhateverHappensToTheOthers() throws SQLException {
        // Given
        SampleService one = shop.start(Kind.ORDER_BOARD);
        SampleService other = shop.start(Kind.ORDER_BOARD);
        shop.database().execute("UPDATE shop.orders SET status = 'cancelled'");
        eventually().untilAsserted(() -> {
            assertThat(shown(one)).isEqualTo(orders());
            assertThat(shown(other)).isEqualTo(orders());
        });

        // When
        one.kill();
        shop.place(1, 1);

        // Then
        eventually().untilAsserted(() -> assertThat(shown(other)).isEqualTo(orders()));
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
