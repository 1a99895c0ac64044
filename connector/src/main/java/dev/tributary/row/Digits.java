// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

/** Reads whole numbers from text. */
final class Digits {

    /** Returned for text that is not a number. The number with this value has too many digits to be read here. */
    static final long NONE = Long.MIN_VALUE;

    static final int MOST_DIGITS = 18;

    private Digits() {}

    /** A number of up to eighteen digits, with or without a minus sign; {@link #NONE} for any other text. */
    static long parse(byte[] bytes, int start, int length) {
        int at = start;
        int end = start + length;
        boolean negative = length > 0 && bytes[start] == '-';
        if (negative) {
            at++;
        }
        if (at == end || end - at > MOST_DIGITS) {
            return NONE;
        }
        long value = 0;
        for (; at < end; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                return NONE;
            }
            value = 10 * value + digit;
        }
        return negative ? -value : value;
    }

    /** A number with exactly this many digits; negative if the text is not a number. */
    static int fixed(byte[] bytes, int start, int digits) {
        return (int) fraction(bytes, start, digits);
    }

    /** The same for up to eighteen digits. */
    static long fraction(byte[] bytes, int start, int digits) {
        long value = 0;
        for (int at = start; at < start + digits; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = 10 * value + digit;
        }
        return value;
    }
}
