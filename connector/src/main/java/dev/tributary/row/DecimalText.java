// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import java.math.BigDecimal;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;

/** Reads numerics with a fixed scale and up to eighteen digits. The exact decoder reads longer ones and NaN. */
final class DecimalText {

    /** From this scale on, {@code BigDecimal.toString} can write an exponent. */
    private static final int FIRST_SCALE_WITH_EXPONENT = 7;

    private DecimalText() {}

    /** The decoder for {@code numeric} as Connect's {@code Decimal}; none for another schema. */
    static TextDecoder decoder(Schema schema) {
        if (!Decimal.LOGICAL_NAME.equals(schema.name())) {
            return TextDecoder.NONE;
        }
        int scale = Integer.parseInt(schema.parameters().get(Decimal.SCALE_FIELD));
        return new FastDecoder(
                (bytes, start, length) -> {
                    long unscaled = unscaled(bytes, start, length, scale);
                    return unscaled == Digits.NONE ? TextDecoder.UNSUPPORTED : BigDecimal.valueOf(unscaled, scale);
                },
                (bytes, start, length, json) -> write(bytes, start, length, scale, json),
                (bytes, start, length, avro) -> {
                    long unscaled = unscaled(bytes, start, length, scale);
                    if (unscaled != Digits.NONE) {
                        avro.integer(unscaled);
                    }
                    return unscaled != Digits.NONE;
                },
                (bytes, start, length) -> unscaled(bytes, start, length, scale) != Digits.NONE);
    }

    private static boolean write(byte[] bytes, int start, int length, int scale, JsonText json) {
        long unscaled = unscaled(bytes, start, length, scale);
        if (unscaled == Digits.NONE || (json.decimalsAreNumbers() && scale >= FIRST_SCALE_WITH_EXPONENT)) {
            return false;
        }
        if (json.decimalsAreNumbers()) {
            json.raw(bytes, start, length);
        } else {
            json.base64(unscaled);
        }
        return true;
    }

    /** {@code -17.50} as -1750, if the number of digits after the point is the scale. */
    private static long unscaled(byte[] bytes, int start, int length, int scale) {
        if (scale == 0) {
            return Digits.parse(bytes, start, length);
        }
        int point = start + length - scale - 1;
        if (scale < 0 || point <= start || bytes[point] != '.' || length > Digits.MOST_DIGITS) {
            return Digits.NONE;
        }
        long whole = Digits.parse(bytes, start, point - start);
        long fraction = Digits.fraction(bytes, point + 1, scale);
        if (whole == Digits.NONE || fraction < 0) {
            return Digits.NONE;
        }
        long magnitude = Math.abs(whole) * power(scale) + fraction;
        return bytes[start] == '-' ? -magnitude : magnitude;
    }

    private static long power(int scale) {
        long power = 1;
        for (int i = 0; i < scale; i++) {
            power *= 10;
        }
        return power;
    }
}
