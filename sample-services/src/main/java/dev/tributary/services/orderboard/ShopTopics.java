// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services.orderboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.services.TransactionReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the flattened rows of {@code orders}, {@code order_lines} and {@code customers} on the board. Skips and logs a
 * record that is not such a row, since it will not be readable later either.
 */
final class ShopTopics implements TransactionReader.Follower {

    static final List<String> TABLES = List.of("orders", "order_lines", "customers");

    private static final Logger LOG = LoggerFactory.getLogger(ShopTopics.class);
    private static final String LSN = "__lsn";
    private static final String OPERATION = "__op";
    private static final String OF_SNAPSHOT = "r";

    private final ObjectMapper json = new ObjectMapper();
    private final Board board;
    private final CustomerNames names;

    ShopTopics(Board board, CustomerNames names) {
        this.board = board;
        this.names = names;
    }

    @Override
    public void transaction(List<ConsumerRecord<String, @Nullable String>> records) {
        board.transaction(() -> records.forEach(this::record));
    }

    @Override
    public void caughtUp() {
        board.complete();
    }

    private void record(ConsumerRecord<String, @Nullable String> record) {
        try {
            JsonNode key = json.readTree(record.key());
            String value = record.value();
            JsonNode row = value == null ? null : json.readTree(value);
            String table = record.topic().substring(record.topic().lastIndexOf('.') + 1);
            switch (table) {
                case "orders" -> order(key, row, lsn(record));
                case "order_lines" -> line(key, row, lsn(record));
                case "customers" -> names.put(key.path("id").asLong(), row == null ? null : row.get("name"));
                default -> throw new IllegalArgumentException("not a table of the board: " + table);
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            LOG.warn(
                    "Skipped partition {}, offset {} of {}: {}",
                    record.partition(),
                    record.offset(),
                    record.topic(),
                    e instanceof JsonProcessingException ? "not JSON" : e.getMessage());
        }
    }

    private void order(JsonNode key, @Nullable JsonNode row, @Nullable Long lsn) {
        if (row == null) {
            board.remove(key.path("id").asLong(), lsn);
        } else {
            board.put(lsn, Order.of(row));
        }
    }

    private void line(JsonNode key, @Nullable JsonNode row, @Nullable Long lsn) {
        if (row == null) {
            board.removeLine(Line.Key.of(key), lsn);
        } else {
            board.putLine(lsn, Line.of(row));
        }
    }

    private static @Nullable Long lsn(ConsumerRecord<?, ?> record) {
        String lsn = header(record, LSN);
        return lsn == null || OF_SNAPSHOT.equals(header(record, OPERATION)) ? null : Long.valueOf(lsn);
    }

    private static @Nullable String header(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
