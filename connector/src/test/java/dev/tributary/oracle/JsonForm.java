// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.json.JsonConverter;
import org.jspecify.annotations.Nullable;

/** What Kafka Connect's own JsonConverter makes of a key or a value, with schemas and without. */
final class JsonForm {

    private final List<JsonConverter> converters = List.of(converter(true), converter(false));

    private static JsonConverter converter(boolean withSchemas) {
        JsonConverter converter = new JsonConverter();
        converter.configure(Map.of("schemas.enable", withSchemas), false);
        return converter;
    }

    /** The texts; a value that the converter refuses has the refusal as its text. */
    List<String> of(String topic, @Nullable Schema schema, @Nullable Object value) {
        return converters.stream()
                .map(converter -> text(converter, topic, schema, value))
                .toList();
    }

    private static String text(JsonConverter converter, String topic, @Nullable Schema schema, @Nullable Object value) {
        try {
            byte[] bytes = converter.fromConnectData(topic, schema, value);
            return bytes == null ? "nothing" : Identities.without(new String(bytes, StandardCharsets.UTF_8));
        } catch (DataException e) {
            return "refused: " + e.getMessage();
        }
    }
}
