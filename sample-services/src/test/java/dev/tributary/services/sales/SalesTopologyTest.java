// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SalesTopologyTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    private Path state = Path.of("");

    private TopologyTestDriver driver = new TopologyTestDriver(new Topology());

    @BeforeEach
    void start() {
        driver.close();
        Properties properties = new Properties();
        properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        properties.put(
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndContinueExceptionHandler.class);
        driver = new TopologyTestDriver(new SalesTopology("lines", "products", "revenue").build(), properties);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void linesOfOneMinuteAreSummedPerProduct() {
        // Given
        product(1, "Kettle");

        // When
        line("1-1", 1, 2, "9.99", NOON);
        line("2-1", 1, 1, "9.99", NOON.plusSeconds(59));
        line("2-2", 2, 5, "1.00", NOON.plusSeconds(59));

        // Then
        assertThat(latest())
                .containsOnly(
                        sold(new ProductRevenue(1, "SKU-1", "Kettle", NOON.toString(), 3, new BigDecimal("29.97"))),
                        sold(new ProductRevenue(2, "", "", NOON.toString(), 5, new BigDecimal("5.00"))));
    }

    @Test
    void aLaterChangeCountsInItsMinute() {
        // Given
        line("1-1", 1, 2, "9.99", NOON);

        // When
        line("1-1", 1, 3, "9.99", NOON.plusSeconds(60));
        send("1-1", null, NOON.plusSeconds(120));

        // Then
        assertThat(latest().values())
                .extracting(ProductRevenue::minute, ProductRevenue::quantity, ProductRevenue::revenue)
                .containsExactlyInAnyOrder(
                        tuple("2026-11-21T12:00:00Z", 2L, new BigDecimal("19.98")),
                        tuple("2026-11-21T12:01:00Z", 1L, new BigDecimal("9.99")),
                        tuple("2026-11-21T12:02:00Z", -3L, new BigDecimal("-29.97")));
    }

    @Test
    void anotherProductTakesOverTheRevenue() {
        // Given
        line("1-1", 1, 2, "9.99", NOON);

        // When
        line("1-1", 2, 2, "5.00", NOON.plus(SECOND));

        // Then
        assertThat(latest().values())
                .extracting(ProductRevenue::product, ProductRevenue::quantity)
                .containsExactlyInAnyOrder(tuple(1L, 0L), tuple(2L, 2L));
    }

    @Test
    void aRepeatedEventHasNoEffect() {
        // Given
        line("1-1", 1, 2, "9.99", NOON);
        latest();

        // When
        line("1-1", 1, 2, "9.99", NOON);

        // Then
        assertThat(latest()).isEmpty();
    }

    @Test
    void aChangeThatIsHoursLateCounts() {
        // Given
        line("1-1", 1, 1, "1.00", NOON.plusSeconds(86_400));

        // When
        line("2-1", 1, 2, "1.00", NOON);

        // Then
        assertThat(latest().values())
                .extracting(ProductRevenue::minute, ProductRevenue::quantity)
                .containsExactlyInAnyOrder(tuple("2026-11-22T12:00:00Z", 1L), tuple("2026-11-21T12:00:00Z", 2L));
    }

    @Test
    void ignoresAddedAndMissingColumns() {
        // When
        send("1-1", "{\"gift\":{\"wrapped\":true},\"product_id\":1,\"quantity\":1,\"unit_price\":\"2.50\"}", NOON);

        // Then
        assertThat(latest().values()).extracting(ProductRevenue::quantity).containsExactly(1L);
    }

    @Test
    void skipsARecordThatIsNotALine() {
        // When
        send("1-1", "{\"product_id\":1}", NOON);
        send("1-2", "no JSON", NOON);
        line("1-3", 1, 1, "1.00", NOON);

        // Then
        assertThat(latest().values()).extracting(ProductRevenue::quantity).containsExactly(1L);
    }

    @Test
    void theSumOfAllMinutesIsTheSumOfTheLines() {
        // Given
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("SalesTopologyTest seed " + seed);
        Random random = new Random(seed);
        Map<String, Long> products = new HashMap<>();
        Map<String, Long> quantities = new HashMap<>();
        Map<ProductMinute, ProductRevenue> table = new HashMap<>();

        // When
        for (int i = 0; i < 2_000; i++) {
            String key = "1-" + random.nextInt(50);
            Instant at = NOON.plusSeconds(random.nextInt(20) + i / 2);
            if (random.nextInt(5) == 0) {
                products.remove(key);
                quantities.remove(key);
                send(key, null, at);
            } else {
                long product = 1L + random.nextInt(5);
                long quantity = 1L + random.nextInt(9);
                products.put(key, product);
                quantities.put(key, quantity);
                line(key, product, quantity, "2.50", at);
            }
            table.putAll(latest());
        }

        // Then
        for (long product = 1; product <= 5; product++) {
            long wanted = product;
            long expected = products.entrySet().stream()
                    .filter(line -> line.getValue() == wanted)
                    .mapToLong(line -> quantities.getOrDefault(line.getKey(), 0L))
                    .sum();
            List<ProductRevenue> minutes = table.values().stream()
                    .filter(found -> found.product() == wanted)
                    .toList();
            assertThat(minutes.stream().mapToLong(ProductRevenue::quantity).sum())
                    .as("seed " + seed + ", product " + product)
                    .isEqualTo(expected);
            assertThat(minutes.stream().map(ProductRevenue::revenue).reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo(new BigDecimal("2.50").multiply(BigDecimal.valueOf(expected)));
        }
    }

    private static Map.Entry<ProductMinute, ProductRevenue> sold(ProductRevenue revenue) {
        return Map.entry(new ProductMinute(revenue.product(), revenue.minute()), revenue);
    }

    private void product(long id, String name) {
        driver.createInputTopic("products", new StringSerializer(), new StringSerializer())
                .pipeInput("{\"id\":" + id + "}", "{\"id\":1,\"sku\":\"SKU-" + id + "\",\"name\":\"" + name + "\"}");
    }

    private void line(String key, long product, long quantity, String price, Instant at) {
        send(
                key,
                "{\"product_id\":" + product + ",\"quantity\":" + quantity + ",\"unit_price\":\"" + price + "\"}",
                at);
    }

    private void send(String key, @Nullable String value, Instant at) {
        TestInputTopic<String, @Nullable String> lines = driver.createInputTopic(
                "lines", new StringSerializer(), Serdes.String().serializer());
        lines.pipeInput(new TestRecord<>(key, value, at));
    }

    /** The records written since the last call, the latest of each key. */
    private Map<ProductMinute, ProductRevenue> latest() {
        TestOutputTopic<ProductMinute, ProductRevenue> revenue = driver.createOutputTopic(
                "revenue",
                JsonSerde.of(ProductMinute.class).deserializer(),
                JsonSerde.of(ProductRevenue.class).deserializer());
        return revenue.readKeyValuesToMap();
    }
}
