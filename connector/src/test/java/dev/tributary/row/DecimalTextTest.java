// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.DecimalNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.apache.kafka.connect.data.Decimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTextTest {

    private final ObjectMapper jackson = new ObjectMapper();

    @Test
    void anyNumberOfAnyScaleIsReadAndWrittenAsConnectWouldWriteIt() throws IOException {
        // Given
        long seed = System.nanoTime();
        System.out.println("DecimalTextTest seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);

        for (int i = 0; i < 20_000; i++) {
            int scale = random.nextInt(10);
            long unscaled = random.nextLong(1_000_000_000_000_000L) >> random.nextInt(50);
            BigDecimal number = BigDecimal.valueOf(random.nextBoolean() ? unscaled : -unscaled, scale);
            byte[] text = ("x" + number.toPlainString()).getBytes(StandardCharsets.US_ASCII);
            TextDecoder decoder = DecimalText.decoder(Decimal.schema(scale));
            JsonText bytes = new JsonText(false);
            JsonText numeric = new JsonText(true);

            // When
            Object value = decoder.decode(text, 1, text.length - 1);
            boolean asBytes = decoder.writeJson(text, 1, text.length - 1, bytes);
            boolean asNumber = decoder.writeJson(text, 1, text.length - 1, numeric);

            // Then
            assertThat(value).isEqualTo(number);
            assertThat(decoder.cannotFail(text, 1, text.length - 1)).isTrue();
            assertThat(asBytes).isTrue();
            assertThat(bytes.copyFrom(0))
                    .isEqualTo(jackson.writeValueAsBytes(number.unscaledValue().toByteArray()));
            assertThat(asNumber).isEqualTo(scale < 7);
            if (asNumber) {
                assertThat(numeric.copyFrom(0)).isEqualTo(jackson.writeValueAsBytes(DecimalNode.valueOf(number)));
            }
        }
    }

    @Test
    void wholeNumbersOfAnyLengthAreTheBytesThatJavaSays() throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 20_000; i++) {
            long number = random.nextLong() >> random.nextInt(64);
            JsonText json = new JsonText();
            json.base64(number);
            assertThat(json.copyFrom(0))
                    .isEqualTo(
                            jackson.writeValueAsBytes(BigInteger.valueOf(number).toByteArray()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "NaN",
                "Infinity",
                "1",
                "1.5",
                "1.234",
                ".50",
                "-.50",
                "1234567890123456789.00",
                "1e2",
                "a.bc"
            })
    void otherFormsAreLeftToTheExactDecoder(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        TextDecoder decoder = DecimalText.decoder(Decimal.schema(2));
        assertThat(decoder.decode(bytes, 0, bytes.length)).isSameAs(TextDecoder.UNSUPPORTED);
        assertThat(decoder.cannotFail(bytes, 0, bytes.length)).isFalse();
        assertThat(decoder.writeJson(bytes, 0, bytes.length, new JsonText())).isFalse();
    }
}
