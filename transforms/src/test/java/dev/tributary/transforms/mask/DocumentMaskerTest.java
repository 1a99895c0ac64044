// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.transforms.event.TableName;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentMaskerTest {

    private static final String HASH_KEY = "0123456789abcdef";
    private static final String REDACTED = "\"**\\\"**\"";
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    @Test
    void theRestStaysAsItWasWritten() {
        String document = """
                 { "n" : 1.10, "big":123456789012345678901234567890.000, "e":1E+400,
                 "a\\u0062":"\\u00e4\\/", "x" : %s , "x":[ %s , %s,null, {"y" : %s} ] }
                """;
        assertThat(masked(document.formatted("\"secret\\n\\\"}\"", "1e0", "true", "\"z\""), "/x=redact"))
                .isEqualTo(document.formatted(REDACTED, "0", "false", REDACTED));
    }

    @Test
    void aDocumentWithoutThePartIsReturnedAsIs() {
        String document = "{\"a\":{\"b\":1}}";
        assertThat(masked(document, "/x=redact", "/a/x=null", "/b=hash")).isSameAs(document);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"text\" | \"**\\\"**\"",
                " 12  | 0",
                "true | false",
                "false | false",
                "null | null",
                "[] | []",
                "{} | {}",
                "[1,[\"a\"]] | [0,[\"**\\\"**\"]]"
            })
    void anyValueIsADocument(String document, String masked) {
        assertThat(masked(document, "/**=redact")).isEqualTo(masked);
    }

    @Test
    void spacesAroundANumberStay() {
        assertThat(masked(" 12 \n", "/**=redact")).isEqualTo(" 0 \n");
        assertThat(masked("{\"a\": 12 , \"b\" :[ 13 ] }", "/*=redact")).isEqualTo("{\"a\": 0 , \"b\" :[ 0 ] }");
    }

    @Test
    void namesAreComparedByTheirMeaning() {
        assertThat(masked("{\"\\u0061\":1}", "/a=redact")).isEqualTo("{\"\\u0061\":0}");
        assertThat(masked("{\"a/b\":1}", "/a?b=redact")).isEqualTo("{\"a/b\":0}");
        assertThat(masked("{\"\":1}", "/*=redact")).isEqualTo("{\"\":0}");
    }

    @Test
    void nullReplacesAWholePart() {
        assertThat(masked("{\"a\":{\"b\":[1]},\"c\":1}", "/a=null")).isEqualTo("{\"a\":null,\"c\":1}");
        assertThat(masked("{\"a\":{\"b\":[1],\"c\":2}}", "/a/c=keep", "/a=null"))
                .isEqualTo("{\"a\":{\"b\":null,\"c\":2}}");
        assertThat(masked("[{\"a\":1}]", "/**=null")).isEqualTo("null");
    }

    @Test
    void equalNumbersHaveEqualHashes() {
        String hash = new Hasher(HASH_KEY).hash("120".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(masked("[120,1.2e2,120.00,\"120\"]", "/**=hash"))
                .isEqualTo("[\"%s\",\"%s\",\"%s\",\"%s\"]".formatted(hash, hash, hash, hash));
    }

    @Test
    void booleansAreHashedByTheirText() {
        Hasher hasher = new Hasher(HASH_KEY);
        assertThat(masked("[true,false]", "/**=hash"))
                .isEqualTo("[\"%s\",\"%s\"]"
                        .formatted(
                                hasher.hash("true".getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                                hasher.hash("false".getBytes(java.nio.charset.StandardCharsets.UTF_8))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "{",
                "{\"a\":1",
                "{\"a\":1}}",
                "{\"a\":1} {}",
                "1 2",
                "{a:1}",
                "[1,]",
                "\"",
                "01",
                "'a'",
                "NaN",
                "{\"a\":1e99999999999}",
                "// c\n1",
                "{\"x\":{]}"
            })
    void aTextThatIsNotADocumentIsRecognized(String text) {
        assertThat(masked(text, "/**=redact")).isNull();
        assertThat(text.contains("e999") ? null : masked(text, "/b=redact")).isNull();
    }

    @Test
    void deepNestingAndLongNumbersAreHandled() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        assertThat(masked(deep, "/**=redact")).isNull();
        assertThat(masked("1e999999999", "/**=hash")).hasSize(66);
        assertThat(masked("\"" + "a".repeat(1_000_000) + "\"", "/**=truncate:1"))
                .isEqualTo("\"a\"");
    }

    /** Compares with masking a tree. */
    @Test
    void theResultIsThatOfMaskingATree() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("DocumentsTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            // Given
            JsonNode tree = tree(random, 3);
            String document = random.nextBoolean() ? tree.toString() : tree.toPrettyString();

            // When
            String masked = Objects.requireNonNull(masked(document, "/a/**/b=redact"));

            // Then
            assertThat(JSON.readTree(masked)).as(document).isEqualTo(redacted(JSON.readTree(document), null, false));
        }
    }

    /** @param first the first name of the path; null at the root */
    private static JsonNode redacted(JsonNode node, @Nullable String first, boolean redact) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (node instanceof ObjectNode object) {
            ObjectNode copy = nodes.objectNode();
            object.properties().forEach(entry -> {
                String name = entry.getKey();
                boolean matches = "a".equals(first) && name.equals("b");
                copy.set(name, redacted(entry.getValue(), first == null ? name : first, redact || matches));
            });
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = nodes.arrayNode();
            array.forEach(element -> copy.add(redacted(element, first, redact)));
            return copy;
        }
        if (!redact || node.isNull()) {
            return node;
        }
        if (node.isTextual()) {
            return nodes.textNode("**\"**");
        }
        return node.isBoolean() ? nodes.booleanNode(false) : nodes.numberNode(0);
    }

    private static JsonNode tree(Random random, int depth) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (random.nextInt(depth == 0 ? 5 : 9)) {
            case 0 -> nodes.nullNode();
            case 1 -> nodes.booleanNode(random.nextBoolean());
            case 2 -> nodes.numberNode(random.nextLong());
            case 3 -> nodes.numberNode(BigDecimal.valueOf(random.nextLong(), random.nextInt(30)));
            case 4 -> nodes.textNode("t\"\\\u00e4\uD83D\uDE00\n" + random.nextInt());
            case 5, 6 -> {
                ArrayNode array = nodes.arrayNode();
                random.ints(random.nextInt(3)).forEach(i -> array.add(tree(random, depth - 1)));
                yield array;
            }
            default -> {
                ObjectNode object = nodes.objectNode();
                random.ints(random.nextInt(4), 0, 3)
                        .forEach(i -> object.set(List.of("a", "b", "c").get(i), tree(random, depth - 1)));
                yield object;
            }
        };
    }

    private static @Nullable String masked(String document, String... rules) {
        Rules parsed =
                Rules.parse(Arrays.stream(rules).map(rule -> "s.t.c:" + rule).toList());
        Place root = Objects.requireNonNull(
                parsed.of(new TableName("s", "t")).below("c").document());
        Actions actions = new Actions("**\"**", "none", new Hasher(HASH_KEY), null);
        return new DocumentMasker(actions).masked(document, root);
    }
}
