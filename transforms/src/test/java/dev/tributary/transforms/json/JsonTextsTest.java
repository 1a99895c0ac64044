// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With the limits of Jackson, and with ours where Jackson has none. */
class JsonTextsTest {

    /** Makes a parser. */
    private interface Kind {
        JsonParser of(String text) throws IOException;
    }

    private static final JsonFactory WITHOUT_LIMITS = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .build())
            .build();

    static List<Kind> kinds() {
        return List.of(JsonTexts::parser, text -> JsonTexts.limited(WITHOUT_LIMITS.createParser(text)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aThousandLevelsAreRead(Kind kind) throws IOException {
        assertThat(tokens(kind.of("[".repeat(1_000) + "]".repeat(1_000)))).isEqualTo(2_000);
        // Level after level, none of them deep.
        assertThat(tokens(kind.of("[" + "{\"a\":[]},".repeat(3_000) + "1]"))).isEqualTo(3_000 * 5 + 3);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void moreAreRefused(Kind kind) {
        for (String open : List.of("[", "{\"a\":")) {
            assertThatThrownBy(() -> tokens(kind.of(open.repeat(1_001)))).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatIsSkippedCountsNoLonger(Kind kind) throws IOException {
        JsonParser parser = kind.of("[" + "{\"a\":[[1]]},".repeat(3_000) + "2]");
        parser.nextToken();
        for (int i = 0; i < 3_000; i++) {
            assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            parser.skipChildren();
            assertThat(parser.currentToken()).isEqualTo(JsonToken.END_OBJECT);
        }
        assertThat(parser.nextToken()).isEqualTo(JsonToken.VALUE_NUMBER_INT);
        assertThat(parser.nextToken()).isEqualTo(JsonToken.END_ARRAY);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aNameIsRead(Kind kind) throws IOException {
        JsonParser parser = kind.of("{\"a\": 1}");
        parser.nextToken();
        assertThat(parser.nextFieldName()).isEqualTo("a");
        assertThat(parser.nextToken()).isEqualTo(JsonToken.VALUE_NUMBER_INT);
        assertThat(parser.nextFieldName()).isNull();
    }

    private static int tokens(JsonParser parser) throws IOException {
        int tokens = 0;
        while (parser.nextToken() != null) {
            tokens++;
        }
        return tokens;
    }
}
