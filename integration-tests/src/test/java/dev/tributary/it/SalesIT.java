// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static dev.tributary.it.Shop.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tributary.sampledb.ShopTraffic;
import dev.tributary.sampledb.TrafficMix;
import dev.tributary.sandbox.SampleService;
import dev.tributary.sandbox.SampleService.Kind;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** sales on real topics: the minutes add up to the order lines, whatever happens to its instances. */
class SalesIT {

    private static final String SOLD =
            "SELECT sum(quantity) || ' ' || sum(quantity * unit_price) FROM shop.order_lines";

    private final Shop shop = new Shop();

    SalesIT() throws Exception {}

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void revenueIsOfAProductAndAMinute() throws SQLException {
        // Given
        SampleService sales = shop.start(Kind.SALES);
        eventually()
                .untilAsserted(
                        () -> assertThat(sold(sales)).isEqualTo(shop.database().query(SOLD)));
        String before = latest(sales).path("minute").asText();

        // When
        shop.database().execute("UPDATE shop.order_lines SET quantity = quantity + 100 WHERE order_id = 1");
        shop.place(50, 500);

        // Then
        eventually().untilAsserted(() -> {
            assertThat(latest(sales).path("product").asInt()).isEqualTo(50);
            assertThat(sold(sales)).isEqualTo(shop.database().query(SOLD));
        });
        JsonNode found = latest(sales);
        assertThat(found.path("name").asText())
                .isEqualTo(shop.database().query("SELECT name FROM shop.products WHERE id = 50"));
        assertThat(found.path("quantity").asInt()).isEqualTo(500);
        assertThat(found.path("revenue").asText()).isEqualTo("5000.00");
        assertThat(found.path("minute").asText()).isGreaterThanOrEqualTo(before);
    }

    @Test
    void nothingIsLostOrCountedTwiceWhenInstancesComeAndCrash() throws SQLException {
        // Given
        SampleService one = shop.start(Kind.SALES);
        eventually().until(one::isHealthy);
        try (Connection connection = shop.database().connect()) {
            ShopTraffic traffic = ShopTraffic.on(connection, 1, TrafficMix.WORKING_DAY, 1);
            act(traffic);

            // When
            SampleService other = shop.start(Kind.SALES);
            act(traffic);
            eventually().until(other::isHealthy);
            one.kill();
            act(traffic);

            // Then
            eventually()
                    .untilAsserted(() ->
                            assertThat(sold(other)).isEqualTo(shop.database().query(SOLD)));
        }
    }

    @Test
    void anAddedColumnIsIgnored() throws SQLException {
        // Given
        SampleService sales = shop.start(Kind.SALES);
        eventually().until(sales::isHealthy);

        // When
        shop.database()
                .execute(
                        "ALTER TABLE shop.orders ADD COLUMN gift boolean NOT NULL DEFAULT false",
                        "ALTER TABLE shop.order_lines ADD COLUMN wrapping jsonb");
        shop.place(1, 3);

        // Then
        eventually()
                .untilAsserted(
                        () -> assertThat(sold(sales)).isEqualTo(shop.database().query(SOLD)));
        assertThat(sales.isHealthy()).isTrue();
    }

    private static void act(ShopTraffic traffic) {
        for (int i = 0; i < 300; i++) {
            traffic.act();
        }
    }

    private JsonNode latest(SampleService sales) {
        return shop.ask(sales, "/api/revenue/1").path(0);
    }

    /** Quantity and revenue of all minutes, in the form of the query {@link #SOLD}. */
    private String sold(SampleService sales) {
        JsonNode minutes = shop.ask(sales, "/api/revenue/100000");
        long quantity = minutes.valueStream()
                .mapToLong(each -> each.path("quantity").asLong())
                .sum();
        return quantity + " "
                + minutes.valueStream()
                        .map(each -> new BigDecimal(each.path("revenue").asText()))
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
