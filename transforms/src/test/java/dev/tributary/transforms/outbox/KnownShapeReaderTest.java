// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transforms.event.BoundedMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.StringJoiner;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnownShapeReaderTest {

    private static final int ROUNDS = 20_000;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void readsTheSameAsDeterminingTheShapeFirst() {
        // Given
        System.out.println("FamiliarJsonTest seed " + seed);
        int read = 0;
        int refused = 0;
        for (int i = 0; i < ROUNDS; i++) {
            boolean keepNulls = random.nextBoolean();
            String one = object(3);
            String other = random.nextInt(3) == 0 ? object(3) : changed(one);
            Optional<SchemaAndValue> known = expanded(one, keepNulls);
            Optional<SchemaAndValue> expected = expanded(other, keepNulls);
            if (known.isEmpty() || expected.isEmpty()) {
                continue;
            }

            // When
            Optional<Object> found = familiar(one, known.get()).read(other);

            // Then
            String what = "seed " + seed + ", " + other + " after " + one;
            if (found.isPresent()) {
                assertThat(shape(other)).as(what).isEqualTo(shape(one));
                assertThat(found).as(what).contains(expected.get().value());
                read++;
            } else {
                refused++;
            }
        }
        assertThat(read).isGreaterThan(ROUNDS / 10);
        assertThat(refused).isGreaterThan(ROUNDS / 10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[1]",
                "{'a':1,'b':'x','c':true,'d':1.5,'e':5000000000,'f':99999999999999999999,'g':null}",
                "{'a':{'b':{'c':1}},'d':[]}",
                "{'a':[1,null,2]}",
                "{'a':[1,5000000000]}",
                "{'a':[1,2.5]}",
                "{'a':[99999999999999999999,1]}",
                "{'a':[{'b':1},null,{'b':2}]}",
                "{'a':[[1],[2,3]]}"
            })
    void jsonOfTheKnownShapeIsRead(String quoted) {
        // Given
        String text = quoted.replace('\'', '"');
        SchemaAndValue expected = expanded(text, true).orElseThrow();

        // When, Then
        assertThat(familiar(text, expected).read(text)).contains(expected.value());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'a':1}; {'a':5000000000}",
                "{'a':5000000000}; {'a':1}",
                "{'a':1.5}; {'a':1}",
                "{'a':1}; {'a':null}",
                "{'a':null}; {'a':1}",
                "{'a':1}; {'b':1}",
                "{'a':1,'b':2}; {'b':2,'a':1}",
                "{'a':1}; {'a':1,'b':2}",
                "{'a':1}; {'a':1,'a':2}",
                "{'a':1,'b':2}; {'a':1}",
                "{'a':{'b':1}}; {'a':1}",
                "{'a':1}; {'a':{'b':1}}",
                "{'a':[1]}; {'a':[]}",
                "{'a':[1]}; {'a':[null]}",
                "{'a':[1,5000000000]}; {'a':[1,2]}",
                "{'a':[1.5]}; {'a':[1e999]}",
                "{'a':1}; {'a':",
                "{'a':[1,2]}; {'a':[1,5000000000]}",
                "{'a':[{'b':1}]}; {'a':[{'b':1,'c':2}]}",
                "{'a':1}; [1]",
            })
    void jsonOfAnotherShapeIsNotRead(String known, String other) {
        // Given
        String text = known.replace('\'', '"');
        KnownShapeReader familiar = familiar(text, expanded(text, true).orElseThrow());

        // When, Then
        assertThat(familiar.read(other.replace('\'', '"'))).isEmpty();
    }

    @Test
    void anIntegerTooLargeForADoubleHasAnotherShape() {
        // Given
        String fractions = "{\"a\":[1.5]}";
        String whole = "{\"a\":[" + "9".repeat(400) + "]}";
        JsonPayloads payloads = new JsonPayloads("payload", true, true, BoundedMap.LIMIT);
        outcome(payloads, fractions, "kind");
        outcome(payloads, fractions, "kind");

        // When, Then
        assertThat(outcome(payloads, whole, "kind"))
                .isInstanceOf(SchemaAndValue.class)
                .isEqualTo(expanded(whole, true).orElseThrow());
    }

    @Test
    void aPayloadIsExpandedIndependentlyOfEarlierOnes() {
        // Given
        System.out.println("FamiliarJsonTest seed " + seed);
        JsonPayloads payloads = new JsonPayloads("payload", true, true, BoundedMap.LIMIT);
        String text = object(2);
        for (int i = 0; i < ROUNDS; i++) {
            int chance = random.nextInt(20);
            text = chance == 0 ? object(2) : chance < 4 ? changed(text) : text;

            // When
            String kind = "kind " + random.nextInt(2);
            Object expected = outcome(new JsonPayloads("payload", true, true, BoundedMap.LIMIT), text, kind);
            Object found = outcome(payloads, text, kind);

            // Then
            assertThat(found).as("seed " + seed + ", round " + i + ", " + text).isEqualTo(expected);
        }
    }

    private static KnownShapeReader familiar(String text, SchemaAndValue expanded) {
        return new KnownShapeReader(shape(text), expanded.schema());
    }

    private static Shape shape(String text) {
        return Shape.of(JsonReader.read(text));
    }

    private static Optional<SchemaAndValue> expanded(String text, boolean keepNulls) {
        return outcome(new JsonPayloads("payload", keepNulls, true, BoundedMap.LIMIT), text, "kind")
                        instanceof SchemaAndValue expanded
                ? Optional.of(expanded)
                : Optional.empty();
    }

    /** The expanded payload, or the reason why it stays text. */
    private static Object outcome(JsonPayloads payloads, String text, String kind) {
        try {
            return payloads.expand(text, kind, true);
        } catch (UnexpandableException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private String object(int depth) {
        StringJoiner members = new StringJoiner(",", "{", "}");
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            members.add("\"" + (char) ('a' + random.nextInt(5)) + "\":" + value(depth));
        }
        return members.toString();
    }

    private String value(int depth) {
        return switch (random.nextInt(depth == 0 ? 8 : 10)) {
            case 0 -> "null";
            case 1 -> random.nextBoolean() ? "true" : "false";
            case 2, 3 -> "\"" + "é\\n\uD83D\uDE00".substring(0, random.nextInt(2)) + "\"";
            case 4, 5 -> Integer.toString(random.nextInt());
            case 6 -> random.nextBoolean() ? "5000000000" : "123456789012345678901234567890";
            case 7 -> random.nextBoolean() ? "-0.0" : random.nextBoolean() ? "1e3" : "9".repeat(310);
            case 8 -> object(depth - 1);
            default -> array(depth - 1);
        };
    }

    private String array(int depth) {
        StringJoiner elements = new StringJoiner(",", "[", "]");
        String first = value(depth);
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            elements.add(random.nextInt(4) == 0 ? value(depth) : first);
        }
        return elements.toString();
    }

    /** The same with other values, most of them of the same types, and sometimes not valid JSON. */
    private String changed(String text) {
        List<String> digits = List.of("1", "7", "42", "5000000000", "1.5", "null", "");
        StringBuilder changed = new StringBuilder();
        for (String part : text.split("(?<=[:,\\[{}\\]])|(?=[:,\\[{}\\]])", -1)) {
            boolean isNumber = part.matches("-?\\d+");
            int chance = random.nextInt(40);
            changed.append(
                    isNumber && chance < 30
                            ? Integer.toString(random.nextInt())
                            : chance == 39 && !part.isEmpty() ? digits.get(random.nextInt(digits.size())) : part);
        }
        return changed.toString();
    }
}
