// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services.orderboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.services.TopicReader;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the flattened rows of {@code orders} on the board. Skips and logs a record that is not such a row, since it will
 * not be readable later either.
 */
final class OrderTopic implements TopicReader.Follower {

    private static final Logger LOG = LoggerFactory.getLogger(OrderTopic.class);
    private static final String LSN = "__lsn";
    private static final String OPERATION = "__op";
    private static final String OF_SNAPSHOT = "r";

    private final ObjectMapper json = new ObjectMapper();
    private final Board board;

    OrderTopic(Board board) {
        this.board = board;
    }

    @Override
    public void record(ConsumerRecord<String, @Nullable String> record) {
        try {
            String value = record.value();
            if (value == null) {
                board.remove(json.readTree(record.key()).path("id").asLong(), lsn(record));
            } else {
                board.put(record.partition(), lsn(record), Order.of(json.readTree(value)));
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

    @Override
    public void lost(Set<Integer> partitions) {
        board.forget(partitions);
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
