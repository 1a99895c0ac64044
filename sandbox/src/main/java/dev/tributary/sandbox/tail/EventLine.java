// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.tail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes a record as a line of JSON: topic, timestamp, headers if it has any, key and value. Connect's JSON converter
 * writes headers, key and value.
 */
final class EventLine {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonConverter keys = converter(true);
    private final JsonConverter values = converter(false);

    String of(SourceRecord record) {
        ObjectNode line = JSON.createObjectNode();
        line.put("topic", record.topic());
        line.put("timestamp", record.timestamp());
        if (!record.headers().isEmpty()) {
            ObjectNode headers = line.putObject("headers");
            record.headers()
                    .forEach(header ->
                            put(headers, header.key(), values, record.topic(), header.schema(), header.value()));
        }
        put(line, "key", keys, record.topic(), record.keySchema(), record.key());
        put(line, "value", values, record.topic(), record.valueSchema(), record.value());
        try {
            return JSON.writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of JSON cannot be written", e);
        }
    }

    private static void put(
            ObjectNode line,
            String name,
            JsonConverter converter,
            String topic,
            @Nullable Schema schema,
            @Nullable Object value) {
        byte @Nullable [] json = value == null ? null : converter.fromConnectData(topic, schema, value);
        if (json == null) {
            line.set(name, NullNode.getInstance());
        } else {
            line.putRawValue(name, new RawValue(new String(json, StandardCharsets.UTF_8)));
        }
    }

    private static JsonConverter converter(boolean forKeys) {
        JsonConverter converter = new JsonConverter();
        converter.configure(Map.of("schemas.enable", "false"), forKeys);
        return converter;
    }
}
