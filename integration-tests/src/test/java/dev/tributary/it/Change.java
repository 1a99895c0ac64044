// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.UncheckedIOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record as a consumer sees it.
 *
 * @param topic its topic
 * @param partition its partition
 * @param offset its place in the partition
 * @param timestamp its Kafka timestamp, milliseconds since the epoch
 * @param key its key; missing for a table without one
 * @param value its envelope; missing for a tombstone
 */
record Change(String topic, int partition, long offset, long timestamp, JsonNode key, JsonNode value) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Change of(ConsumerRecord<byte @Nullable [], byte @Nullable []> record) {
        return new Change(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                parse(record.key()),
                parse(record.value()));
    }

    /** The table, as the topic name ends. */
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

    /** What a test compares at a glance: operation and key. */
    String brief() {
        return op() + " " + (key.isMissingNode() ? "" : key);
    }

    private static JsonNode parse(byte @Nullable [] bytes) {
        if (bytes == null) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
