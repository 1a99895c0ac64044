// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Parsers of JSON with the same limits in every worker: texts of any length, as Postgres stores them, but no deeper
 * than a recursive reader can follow. Jackson, which the worker provides, has limits since 2.15; Connect 3.6 has 2.13.
 */
public final class JsonTexts {

    /** Jackson's own limit. */
    private static final int DEEPEST = 1_000;

    private static final boolean JACKSON_HAS_LIMITS = hasLimits();

    private static final JsonFactory JSON = factory();

    private JsonTexts() {}

    /**
     * A parser of a text. It throws an {@link IOException} where the text is not JSON or is nested too deeply. The
     * caller closes it.
     */
    public static JsonParser parser(String text) throws IOException {
        JsonParser parser = JSON.createParser(text);
        return JACKSON_HAS_LIMITS ? parser : limited(parser);
    }

    /** A parser that does not go deeper. */
    static JsonParser limited(JsonParser parser) {
        return new Limited(parser);
    }

    private static JsonFactory factory() {
        JsonFactoryBuilder builder = new JsonFactoryBuilder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES);
        return JACKSON_HAS_LIMITS ? Limits.lifted(builder) : builder.build();
    }

    private static boolean hasLimits() {
        try {
            Class.forName(
                    "com.fasterxml.jackson.core.StreamReadConstraints", false, JsonFactory.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Loaded only if Jackson has the class that it calls. */
    private static final class Limits {

        static JsonFactory lifted(JsonFactoryBuilder builder) {
            return builder.streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNameLength(Integer.MAX_VALUE)
                            .build())
                    .build();
        }
    }

    /** Counts the objects and arrays that are open. */
    private static final class Limited extends JsonParserDelegate {

        private int depth;

        Limited(JsonParser parser) {
            super(parser);
        }

        @Override
        public @Nullable JsonToken nextToken() throws IOException {
            JsonToken token = delegate.nextToken();
            if (token != null && token.isStructStart() && ++depth > DEEPEST) {
                throw new JsonParseException(this, "nested more than " + DEEPEST + " deep");
            }
            depth -= token != null && token.isStructEnd() ? 1 : 0;
            return token;
        }

        @Override
        public JsonParser skipChildren() throws IOException {
            // The delegate moves to the end of what is skipped.
            depth -= delegate.currentToken() != null && delegate.currentToken().isStructStart() ? 1 : 0;
            delegate.skipChildren();
            return this;
        }
    }
}
