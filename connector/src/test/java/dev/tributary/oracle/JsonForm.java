// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import dev.tributary.json.TributaryJsonConverter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.Converter;
import org.jspecify.annotations.Nullable;

/** The JSON of a record's key and value, with schemas and without. */
final class JsonForm {

    private final List<Converter> keys;
    private final List<Converter> values;

    private JsonForm(Supplier<Converter> converters) {
        this.keys = List.of(converter(converters, true, true), converter(converters, true, false));
        this.values = List.of(converter(converters, false, true), converter(converters, false, false));
    }

    /** Written by Kafka Connect's converter. */
    static JsonForm ofConnect() {
        return new JsonForm(JsonConverter::new);
    }

    /** Written by our converter, which writes a row from the server's bytes as long as no field of it has been read. */
    static JsonForm ofTributary() {
        return new JsonForm(TributaryJsonConverter::new);
    }

    private static Converter converter(Supplier<Converter> converters, boolean isKey, boolean withSchemas) {
        Converter converter = converters.get();
        converter.configure(Map.of("schemas.enable", withSchemas), isKey);
        return converter;
    }

    /** The texts. A value that the converter rejects has the error message as its text. */
    List<String> of(SourceRecord record) {
        return Stream.concat(
                        keys.stream().map(each -> text(each, record.topic(), record.keySchema(), record.key())),
                        values.stream().map(each -> text(each, record.topic(), record.valueSchema(), record.value())))
                .toList();
    }

    private static String text(Converter converter, String topic, @Nullable Schema schema, @Nullable Object value) {
        try {
            byte[] bytes = converter.fromConnectData(topic, schema, value);
            return bytes == null ? "nothing" : Identities.without(new String(bytes, StandardCharsets.UTF_8));
        } catch (DataException e) {
            return "refused: " + e.getMessage();
        }
    }
}
