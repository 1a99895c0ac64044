// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.avro.TributaryAvroConverter;
import dev.tributary.sandbox.SchemaRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.json.JsonConverter;
import org.jspecify.annotations.Nullable;

/** Reads change events from records in JSON without schemas, or in Avro, with Debezium's envelope as the value. */
final class EventParser {

    private final ObjectMapper json = new ObjectMapper();
    private final Decoder keys;
    private final Decoder values;

    /** Turns bytes of a topic into JSON. */
    @FunctionalInterface
    private interface Decoder {
        byte[] json(String topic, byte[] bytes);
    }

    private EventParser(Decoder keys, Decoder values) {
        this.keys = keys;
        this.values = values;
    }

    static EventParser ofJson() {
        return new EventParser((topic, bytes) -> bytes, (topic, bytes) -> bytes);
    }

    static EventParser ofAvro(SchemaRegistry registry) {
        return new EventParser(avro(registry, true), avro(registry, false));
    }

    /** By the converters that a sink connector would use. */
    private static Decoder avro(SchemaRegistry registry, boolean isKey) {
        TributaryAvroConverter avro = new TributaryAvroConverter();
        avro.configure(Map.of("schema.registry.url", registry.url()), isKey);
        JsonConverter json = new JsonConverter();
        json.configure(Map.of("schemas.enable", "false"), isKey);
        return (topic, bytes) -> {
            SchemaAndValue read = avro.toConnectData(topic, bytes);
            return json.fromConnectData(topic, read.schema(), read.value());
        };
    }

    /** The event of a record; empty for the tombstone that follows a delete. */
    Optional<ChangeEvent> parse(ConsumerRecord<byte @Nullable [], byte @Nullable []> record, Instant arrived) {
        byte[] value = record.value();
        if (value == null) {
            return Optional.empty();
        }
        try {
            JsonNode envelope = json.readTree(values.json(record.topic(), value));
            JsonNode source = envelope.path("source");
            return Optional.of(new ChangeEvent(
                    record.topic(),
                    record.partition(),
                    key(record.topic(), record.key()),
                    source.path("table").asText(),
                    operation(envelope.path("op").asText()),
                    Instant.ofEpochMilli(source.path("ts_ms").asLong()),
                    arrived));
        } catch (IOException e) {
            throw new UncheckedIOException("a record of " + record.topic() + " is not JSON", e);
        }
    }

    private String key(String topic, byte @Nullable [] key) throws IOException {
        if (key == null) {
            return "";
        }
        StringJoiner fields = new StringJoiner(" ");
        json.readTree(keys.json(topic, key))
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
