// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record, as a consumer sees it.
 *
 * @param topic its topic
 * @param partition its partition
 * @param offset its offset in the partition
 * @param timestamp its Kafka timestamp, in milliseconds since the epoch
 * @param key its key; missing if the table has none
 * @param value its envelope; missing for a tombstone
 * @param headers its headers as text, in order
 */
record Change(
        String topic,
        int partition,
        long offset,
        long timestamp,
        JsonNode key,
        JsonNode value,
        Map<String, String> headers) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Change of(ConsumerRecord<byte @Nullable [], byte @Nullable []> record) {
        return new Change(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                parse(record.key()),
                parse(record.value()),
                headers(record));
    }

    /** The table: the last part of the topic name. */
    String table() {
        return topic.substring(topic.lastIndexOf('.') + 1);
    }

    boolean isTombstone() {
        return value.isMissingNode();
    }

    /** {@code c}, {@code u}, {@code d}, {@code r}, {@code t}, {@code m}; {@code -} for a tombstone. */
    String op() {
        return isTombstone() ? "-" : value.path("op").asText();
    }

    JsonNode before() {
        return value.path("before");
    }

    JsonNode after() {
        return value.path("after");
    }

    JsonNode source() {
        return value.path("source");
    }

    /** Operation and key, for comparisons. */
    String brief() {
        return op() + " " + (key.isMissingNode() ? "" : key);
    }

    private static Map<String, String> headers(ConsumerRecord<?, ?> record) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return headers;
    }

    private static JsonNode parse(byte @Nullable [] bytes) {
        if (bytes == null) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(new String(bytes, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
