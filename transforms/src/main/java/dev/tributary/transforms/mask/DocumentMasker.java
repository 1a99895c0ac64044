// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tributary.transforms.json.JsonTexts;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Masks parts of JSON documents. Only the text of these parts is replaced. The rest stays as it was written: digits,
 * order, duplicate names, white space.
 */
final class DocumentMasker {

    private final Actions actions;

    DocumentMasker(Actions actions) {
        this.actions = actions;
    }

    /** Null if the text is not a JSON document; the same text if no rule matches a part of it. */
    @Nullable
    String masked(String text, Place root) {
        try (JsonParser parser = JsonTexts.parser(text)) {
            Replaced replaced = new Replaced(text);
            if (parser.nextToken() == null) {
                return null;
            }
            value(parser, root, replaced);
            return parser.nextToken() == null ? replaced.text() : null;
        } catch (IOException | NumberFormatException e) {
            return null;
        }
    }

    private void value(JsonParser parser, Place place, Replaced replaced) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
            if (place.isNulled()) {
                int start = start(parser);
                parser.skipChildren();
                replaced.put(start, end(parser), "null");
            } else if (place.matchesNothing()) {
                parser.skipChildren();
            } else if (token == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    value(parser, place, replaced);
                }
            } else {
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    Place below = place.below(parser.currentName());
                    parser.nextToken();
                    value(parser, below, replaced);
                }
            }
            return;
        }
        Action action = place.action();
        if (action != null && !action.is(Action.Kind.KEEP)) {
            int start = start(parser);
            Object masked = actions.of(action, scalar(parser, token));
            replaced.put(start, end(parser, token, start), json(masked));
        }
    }

    private static Object scalar(JsonParser parser, JsonToken token) throws IOException {
        if (token.isBoolean()) {
            return token == JsonToken.VALUE_TRUE;
        }
        return token.isNumeric() ? new BigDecimal(parser.getText()) : parser.getText();
    }

    private static int start(JsonParser parser) {
        return (int) parser.currentTokenLocation().getCharOffset();
    }

    private static int end(JsonParser parser) {
        return (int) parser.currentLocation().getCharOffset();
    }

    private static int end(JsonParser parser, JsonToken token, int start) throws IOException {
        // After a number that is the whole document, the parser has also consumed a space.
        return token == JsonToken.VALUE_STRING ? end(parser) : start + parser.getTextLength();
    }

    private static String json(@Nullable Object value) {
        return value instanceof String text ? Redaction.quoted(text) : String.valueOf(value);
    }

    /** A text in which parts are replaced, in their order. */
    private static final class Replaced {

        private final String text;
        private @Nullable StringBuilder written;
        private int copied;

        Replaced(String text) {
            this.text = text;
        }

        void put(int start, int end, String part) {
            if (written == null) {
                written = new StringBuilder(text.length());
            }
            written.append(text, copied, start).append(part);
            copied = end;
        }

        String text() {
            return written == null
                    ? text
                    : written.append(text, copied, text.length()).toString();
        }
    }
}
