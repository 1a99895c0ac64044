// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.outbox;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tributary.transforms.json.JsonTexts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON into maps, lists, text, booleans, {@link Integer}, {@link Long}, {@link java.math.BigInteger},
 * {@link Double} and null. Integers have the narrowest of these types, other numbers are the nearest double. If an
 * object has two fields with the same name, the last one counts.
 */
final class JsonReader {

    private JsonReader() {}

    /**
     * A map or a list.
     *
     * @throws UnexpandableException if the text is neither an object nor an array
     */
    static Object read(String text) {
        return read(text, (parser, first) -> {
            if (first != JsonToken.START_OBJECT && first != JsonToken.START_ARRAY) {
                throw new UnexpandableException("is neither an object nor an array");
            }
            Object read = first == JsonToken.START_OBJECT ? object(parser) : array(parser);
            if (parser.nextToken() != null) {
                throw new UnexpandableException("continues after its end");
            }
            return read;
        });
    }

    /** Applies a reading to a text, beginning with the first token. */
    static <T> T read(String text, Reading<T> reading) {
        try (JsonParser parser = JsonTexts.parser(text)) {
            return reading.of(parser, parser.nextToken());
        } catch (IOException e) {
            // The exception's message quotes the text.
            throw new UnexpandableException("is not valid JSON");
        }
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            fields.put(name, value(parser, parser.nextToken()));
        }
        return fields;
    }

    private static List<@Nullable Object> array(JsonParser parser) throws IOException {
        List<@Nullable Object> elements = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            elements.add(value(parser, token));
        }
        return elements;
    }

    private static @Nullable Object value(JsonParser parser, @Nullable JsonToken token) throws IOException {
        if (token == null) {
            throw new UnexpandableException("is not valid JSON");
        }
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            default -> scalar(parser, token);
        };
    }

    /** A value without parts. */
    static @Nullable Object scalar(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> fraction(parser.getDoubleValue());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case START_OBJECT, START_ARRAY, END_ARRAY, END_OBJECT, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new UnexpandableException("is not valid JSON");
        };
    }

    private static Double fraction(double number) {
        if (Double.isInfinite(number)) {
            throw new UnexpandableException("has a number that float64 cannot hold");
        }
        return number;
    }

    /** A use of a parser. */
    @FunctionalInterface
    interface Reading<T> {

        T of(JsonParser parser, @Nullable JsonToken first) throws IOException;
    }
}
