// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Compares the output with Jackson's. */
class JsonTextTest {

    private final ObjectMapper jackson = new ObjectMapper();
    private final SplittableRandom random = seeded();

    @Test
    void anyTextIsWrittenAsJacksonWritesIt() throws IOException {
        for (int i = 0; i < 20_000; i++) {
            // Given
            String text = text();
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            String torn = text + (char) random.nextInt(0xD800, 0xE000);

            // Then
            byte[] expected = jackson.writeValueAsBytes(text);
            assertThat(json(json -> json.string(utf8, 0, utf8.length))).isEqualTo(expected);
            assertThat(json(json -> json.string(text))).isEqualTo(expected);
            assertThat(json(json -> json.string(torn))).isEqualTo(jackson.writeValueAsBytes(torn));
        }
    }

    @Test
    void aSingleCharacterAnywhereInAPlainTextIsWrittenAsJacksonWritesIt() throws IOException {
        for (int i = 0; i < 20_000; i++) {
            // Given
            StringBuilder plain =
                    new StringBuilder("the quick brown fox ~ jumps over it" + "x".repeat(random.nextInt(9)));
            plain.setCharAt(random.nextInt(plain.length()), (char) random.nextInt(0, 0x180));
            String text = plain.substring(random.nextInt(plain.length()));
            byte[] around = ("\"\\" + text + "\n").getBytes(StandardCharsets.UTF_8);

            // Then
            byte[] expected = jackson.writeValueAsBytes(text);
            assertThat(json(json -> json.string(around, 2, around.length - 3))).isEqualTo(expected);
            assertThat(json(json -> json.string(text))).isEqualTo(expected);
        }
    }

    @Test
    void bytesThatAreNoUtf8ComeOutAsFromAString() throws IOException {
        for (int i = 0; i < 20_000; i++) {
            // Given
            byte[] bytes = new byte[random.nextInt(12)];
            random.nextBytes(bytes);

            // Then
            assertThat(json(json -> json.string(bytes, 0, bytes.length)))
                    .isEqualTo(jackson.writeValueAsBytes(new String(bytes, StandardCharsets.UTF_8)));
        }
    }

    @Test
    void numbersOfAnyLengthAreWrittenAsJavaWritesThem() {
        for (int i = 0; i < 20_000; i++) {
            long number = random.nextLong() >> random.nextInt(64);
            assertThat(json(json -> json.number(number))).asString().isEqualTo(Long.toString(number));
        }
        for (long power = 1; power > 0 && power <= 1_000_000_000_000_000_000L; power *= 10) {
            long least = power;
            assertThat(json(json -> json.number(least))).asString().isEqualTo(Long.toString(least));
            assertThat(json(json -> json.number(1 - least))).asString().isEqualTo(Long.toString(1 - least));
        }
        assertThat(json(json -> json.number(Long.MIN_VALUE))).asString().isEqualTo("-9223372036854775808");
        assertThat(json(json -> json.number(Long.MAX_VALUE))).asString().isEqualTo("9223372036854775807");
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(40);
        for (int i = 0; i < length; i++) {
            int point = switch (random.nextInt(6)) {
                case 0 -> random.nextInt(1, 0x20);
                case 1 -> random.nextInt(0x80, 0x800);
                case 2 -> random.nextInt(0x800, 0xD800);
                case 3 -> random.nextInt(0x10000, 0x110000);
                case 4 -> random.nextBoolean() ? '"' : '\\';
                default -> random.nextInt(0x20, 0x80);
            };
            text.appendCodePoint(point);
        }
        return text.toString();
    }

    private static byte[] json(Consumer<JsonText> writing) {
        JsonText text = new JsonText();
        writing.accept(text);
        return text.copyFrom(0);
    }

    private static SplittableRandom seeded() {
        long seed = System.nanoTime();
        System.out.println("JsonTextTest seed " + seed);
        return new SplittableRandom(seed);
    }
}
