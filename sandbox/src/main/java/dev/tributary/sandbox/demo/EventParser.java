// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import java.util.StringJoiner;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Reads change events from records in JSON without schemas, with Debezium's envelope as the value. */
final class EventParser {

    private final ObjectMapper json = new ObjectMapper();

    /** The event of a record; empty for the tombstone that follows a delete. */
    Optional<ChangeEvent> parse(ConsumerRecord<byte @Nullable [], byte @Nullable []> record, Instant arrived) {
        byte[] value = record.value();
        if (value == null) {
            return Optional.empty();
        }
        try {
            JsonNode envelope = json.readTree(value);
            JsonNode source = envelope.path("source");
            return Optional.of(new ChangeEvent(
                    record.topic(),
                    record.partition(),
                    key(record.key()),
                    source.path("table").asText(),
                    operation(envelope.path("op").asText()),
                    Instant.ofEpochMilli(source.path("ts_ms").asLong()),
                    arrived));
        } catch (IOException e) {
            throw new UncheckedIOException("a record of " + record.topic() + " is not JSON", e);
        }
    }

    private String key(byte @Nullable [] key) throws IOException {
        if (key == null) {
            return "";
        }
        StringJoiner fields = new StringJoiner(" ");
        json.readTree(key)
                .properties()
                .forEach(field ->
                        fields.add(field.getKey() + "=" + field.getValue().asText()));
        return fields.toString();
    }

    private static ChangeEvent.Operation operation(String letter) {
        return switch (letter) {
            case "r" -> ChangeEvent.Operation.READ;
            case "c" -> ChangeEvent.Operation.INSERT;
            case "u" -> ChangeEvent.Operation.UPDATE;
            case "d" -> ChangeEvent.Operation.DELETE;
            default -> throw new IllegalArgumentException("unknown op " + letter);
        };
    }
}
