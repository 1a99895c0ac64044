// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services.orderboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShopTopicsTest {

    private static final String ROW = """
            {"id":1,"order_no":"no","customer_id":7,"status":"placed","total":"9.99",\
            "placed_at":"2026-11-21T10:23:00Z","shipped_at":null}""";
    private static final String LINE =
            "{\"order_id\":1,\"line_no\":1,\"product_id\":5,\"quantity\":2,\"unit_price\":\"1.50\"}";

    private final Board board = new Board();
    private final CustomerNames names = new CustomerNames(board::renamed);
    private final ShopTopics topics = new ShopTopics(board, names);

    ShopTopicsTest() {
        board.complete();
    }

    @Test
    void aRowIsAnOrder() {
        // When
        topics.transaction(List.of(record(ROW, "u", "10")));

        // Then
        assertThat(board.order(1)).hasValueSatisfying(order -> {
            assertThat(order.status()).isEqualTo("placed");
            assertThat(order.customer()).isEqualTo(7);
            assertThat(order.total()).isEqualTo("9.99");
            assertThat(order.more()).containsOnlyKeys("order_no", "shipped_at");
        });
    }

    @Test
    void showsALineAndANameOfTheSameTransaction() {
        // When
        topics.transaction(List.of(
                record("p.shop.order_lines", "{\"order_id\":1,\"line_no\":1}", LINE, "c", "8"),
                record("p.shop.customers", "{\"id\":7}", "{\"id\":7,\"name\":\"Ada\"}", "c", "9"),
                record(ROW, "c", "10")));

        // Then
        assertThat(board.order(1))
                .hasValueSatisfying(order -> assertThat(order.lines()).containsExactly(new Line(1, 1, 5, 2, "1.50")));
        assertThat(names.of(7)).contains("Ada");
    }

    @Test
    void aTombstoneRemovesTheLine() {
        // Given
        String key = "{\"order_id\":1,\"line_no\":1}";
        topics.transaction(List.of(record(ROW, "c", "10"), record("p.shop.order_lines", key, LINE, "c", "8")));

        // When
        topics.transaction(List.of(record("p.shop.order_lines", key, null, "d", "20")));

        // Then
        assertThat(board.order(1))
                .hasValueSatisfying(order -> assertThat(order.lines()).isEmpty());
    }

    @Test
    void aTombstoneRemovesTheOrder() {
        // Given
        topics.transaction(List.of(record(ROW, "c", "10")));

        // When
        topics.transaction(List.of(record(null, "d", "20")));

        // Then
        assertThat(board.orders()).isEmpty();
    }

    @Test
    void showsAnAddedColumnWithTheOthers() {
        // When
        topics.transaction(List.of(record(ROW.replace("{\"id\"", "{\"gift\":true,\"id\""), "u", "10")));

        // Then
        assertThat(board.order(1))
                .hasValueSatisfying(order -> assertThat(order.more()).containsEntry("gift", "true"));
    }

    @Test
    void aRowOfASnapshotIsNotARepetition() {
        // Given
        topics.transaction(List.of(record(ROW.replace("placed\"", "paid\""), "u", "1000")));

        // When
        topics.transaction(List.of(record(ROW, "r", "10")));

        // Then
        assertThat(board.order(1).map(Order::status)).contains("placed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[1]", "{\"id\":2}", "{\"id\":2,\"status\":", "\"text\""})
    void skipsARecordThatIsNotAnOrder(String value) {
        // When
        topics.transaction(List.of(record(value, "u", "10")));
        topics.transaction(List.of(record(ROW, "u", "20")));

        // Then
        assertThat(board.orders()).hasSize(1);
    }

    @Test
    void usesTheOrderOfThePartitionWithoutHeaders() {
        // When
        topics.transaction(List.of(record(ROW, null, null)));
        topics.transaction(List.of(record(ROW.replace("\"placed\"", "\"paid\""), null, null)));

        // Then
        assertThat(board.order(1).map(Order::status)).contains("paid");
    }

    private static ConsumerRecord<String, @Nullable String> record(
            @Nullable String value, @Nullable String operation, @Nullable String lsn) {
        return record("p.shop.orders", "{\"id\":1}", value, operation, lsn);
    }

    private static ConsumerRecord<String, @Nullable String> record(
            String topic, String key, @Nullable String value, @Nullable String operation, @Nullable String lsn) {
        RecordHeaders headers = new RecordHeaders();
        if (operation != null) {
            headers.add("__op", operation.getBytes(StandardCharsets.UTF_8));
        }
        if (lsn != null) {
            headers.add("__lsn", lsn.getBytes(StandardCharsets.UTF_8));
        }
        return new ConsumerRecord<>(
                topic, 0, 0, 0, TimestampType.CREATE_TIME, 0, 0, key, value, headers, Optional.empty());
    }
}
