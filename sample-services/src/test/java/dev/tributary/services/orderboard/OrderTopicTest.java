// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services.orderboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderTopicTest {

    private static final String ROW = """
            {"id":1,"order_no":"no","customer_id":7,"status":"placed","total":"9.99",\
            "placed_at":"2026-11-21T10:23:00Z","shipped_at":null}""";

    private final Board board = new Board();
    private final OrderTopic topic = new OrderTopic(board);

    @Test
    void aRowIsAnOrder() {
        // When
        topic.record(record(ROW, "u", "10"));

        // Then
        assertThat(board.order(1)).hasValueSatisfying(order -> {
            assertThat(order.status()).isEqualTo("placed");
            assertThat(order.customer()).isEqualTo(7);
            assertThat(order.total()).isEqualTo("9.99");
            assertThat(order.more()).containsOnlyKeys("order_no", "shipped_at");
        });
    }

    @Test
    void aTombstoneRemovesTheOrder() {
        // Given
        topic.record(record(ROW, "c", "10"));

        // When
        topic.record(record(null, "d", "20"));

        // Then
        assertThat(board.orders()).isEmpty();
    }

    @Test
    void showsAnAddedColumnWithTheOthers() {
        // When
        topic.record(record(ROW.replace("{\"id\"", "{\"gift\":true,\"id\""), "u", "10"));

        // Then
        assertThat(board.order(1))
                .hasValueSatisfying(order -> assertThat(order.more()).containsEntry("gift", "true"));
    }

    @Test
    void aRowOfASnapshotIsNotARepetition() {
        // Given
        topic.record(record(ROW.replace("placed\"", "paid\""), "u", "1000"));

        // When
        topic.record(record(ROW, "r", "10"));

        // Then
        assertThat(board.order(1).map(Order::status)).contains("placed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[1]", "{\"id\":2}", "{\"id\":2,\"status\":", "\"text\""})
    void skipsARecordThatIsNotAnOrder(String value) {
        // When
        topic.record(record(value, "u", "10"));
        topic.record(record(ROW, "u", "20"));

        // Then
        assertThat(board.orders()).hasSize(1);
    }

    @Test
    void usesTheOrderOfThePartitionWithoutHeaders() {
        // When
        topic.record(record(ROW, null, null));
        topic.record(record(ROW.replace("\"placed\"", "\"paid\""), null, null));

        // Then
        assertThat(board.order(1).map(Order::status)).contains("paid");
    }

    private static ConsumerRecord<String, @Nullable String> record(
            @Nullable String value, @Nullable String operation, @Nullable String lsn) {
        RecordHeaders headers = new RecordHeaders();
        if (operation != null) {
            headers.add("__op", operation.getBytes(StandardCharsets.UTF_8));
        }
        if (lsn != null) {
            headers.add("__lsn", lsn.getBytes(StandardCharsets.UTF_8));
        }
        return new ConsumerRecord<>(
                "orders", 0, 0, 0, TimestampType.CREATE_TIME, 0, 0, "{\"id\":1}", value, headers, Optional.empty());
    }
}
