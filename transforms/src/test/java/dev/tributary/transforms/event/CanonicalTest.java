// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalTest {

    @ParameterizedTest
    @CsvSource({
        "12.50, 12.5",
        "100, 100",
        "1E+2, 100",
        "0.00, 0",
        "-0.10, -0.1",
        "1E-7, 0.0000001",
        "1E+2000, 1E+2000",
        "12E-2000, 1.2E-1999"
    })
    void equalNumbersHaveOneText(BigDecimal number, String text) {
        assertThat(text(number)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "5.0, 5",
        "0.1, 0.1",
        "-0.0, 0",
        "1e21, 1000000000000000000000",
        "2e23, 200000000000000000000000",
        "0.30000000000000004, 0.30000000000000004",
        "NaN, NaN",
        "-Infinity, -Infinity"
    })
    void aDoubleIsTheShortestDecimalThatReadsBackAsIt(double number, String text) {
        assertThat(text(number)).isEqualTo(text);
    }

    @Test
    void numbersOfAllTypesHaveTheSameText() {
        for (Object five : List.of((byte) 5, (short) 5, 5, 5L, 5f, 5d, new BigDecimal("5.00"), "5")) {
            assertThat(text(five)).isEqualTo("5");
        }
        assertThat(text(0.1f)).isEqualTo(text(0.1)).isEqualTo(text(new BigDecimal("0.10")));
    }

    @Test
    void aFloatingPointNumberReadsBackFromItsText() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("CanonicalTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 3000; round++) {
            double any = Double.longBitsToDouble(random.nextLong());
            float anyFloat = Float.intBitsToFloat(random.nextInt());
            double written =
                    BigDecimal.valueOf(random.nextInt(), random.nextInt(9)).doubleValue();
            assertThat(Double.parseDouble(text(any))).isEqualTo(Double.valueOf(any));
            assertThat(Float.parseFloat(text(anyFloat))).isEqualTo(Float.valueOf(anyFloat));
            assertThat(text(written)).isEqualTo(text(new BigDecimal(Double.toString(written))));
        }
    }

    @Test
    void bytesAreTheirOwnForm() {
        byte[] bytes = {1, -1};
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {9, 1, -1}, 1, 2);
        assertThat(Canonical.bytes(bytes, null)).isSameAs(bytes);
        assertThat(Canonical.bytes(buffer, null)).isEqualTo(bytes);
        assertThat(buffer.remaining()).isEqualTo(2);
    }

    private static String text(Object value) {
        return new String(Canonical.bytes(value, null), StandardCharsets.UTF_8);
    }
}
