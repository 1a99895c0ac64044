// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/**
 * A record before and after a transform, for a page of the documentation: the result of running it, not written by
 * hand.
 *
 * @param alias the name of the transform in the configuration
 * @param options of the transform
 * @param before the incoming record
 */
record Example(String alias, Map<String, String> options, SourceRecord before) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectWriter PRETTY = JSON.writerWithDefaultPrettyPrinter();

    /** Takes options in pairs, in the order in which the page shows them. */
    static Example of(String alias, SourceRecord before, String... namesAndValues) {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            options.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Example(alias, options, before);
    }

    String write(Transformation<SourceRecord> transform) {
        StringBuilder page = new StringBuilder("```json\n\"transforms\": \"" + alias + "\",\n");
        page.append("\"transforms.")
                .append(alias)
                .append(".type\": \"")
                .append(transform.getClass().getName());
        options.forEach((name, value) -> page.append("\",\n\"transforms.")
                .append(alias)
                .append('.')
                .append(name)
                .append("\": \"")
                .append(value.replace("\\", "\\\\").replace("\"", "\\\"")));
        page.append("\"\n```\n\nBefore:\n\n").append(block(before));
        transform.configure(options);
        page.append("\nAfter:\n\n").append(block(transform.apply(before)));
        return page.toString();
    }

    private static String block(@Nullable ConnectRecord<?> record) {
        if (record == null) {
            return "No record.\n";
        }
        ObjectNode shown = JSON.createObjectNode();
        shown.put("topic", record.topic());
        shown.set("key", json(record.topic(), record.keySchema(), record.key()));
        shown.set("value", json(record.topic(), record.valueSchema(), record.value()));
        Map<String, JsonNode> headers = new TreeMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), json(record.topic(), header.schema(), header.value()));
        }
        if (!headers.isEmpty()) {
            ObjectNode all = shown.putObject("headers");
            headers.forEach(all::set);
        }
        try {
            return "```json\n" + PRETTY.writeValueAsString(shown) + "\n```\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(
            String topic, org.apache.kafka.connect.data.@Nullable Schema schema, @Nullable Object value) {
        try (JsonConverter converter = new JsonConverter()) {
            converter.configure(Map.of("schemas.enable", "false", "decimal.format", "NUMERIC"), false);
            byte[] written = converter.fromConnectData(topic, schema, value);
            return written == null ? JSON.nullNode() : JSON.readTree(written);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
