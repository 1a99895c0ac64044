// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Reads dates and times of the years 0001 to 9999 in ISO style, which every connection of the driver uses
 * ({@code DateStyle = ISO}). The exact decoder reads other years, BC, infinity, and time zones other than UTC.
 */
final class TimeText {

    private static final int DATE = 10;
    private static final int TIMESTAMP = 19;

    /** The length of {@code +00}. */
    private static final int ZONE = 3;

    private static final long NONE = Digits.NONE;
    private static final long SECONDS_PER_DAY = 86_400;

    private TimeText() {}

    /** {@code 2026-11-21} as days since the epoch. */
    static long epochDay(byte[] bytes, int start, int length) {
        return length == DATE ? epochDay(bytes, start) : NONE;
    }

    /** {@code 2026-11-21 10:23:00.123456} as milliseconds since the epoch, rounded down. */
    static long epochMillis(byte[] bytes, int start, int length) {
        long micros = epochMicros(bytes, start, length);
        return micros == NONE ? NONE : Math.floorDiv(micros, 1_000L);
    }

    /** {@code 2026-11-21 10:23:00.123456+00} as {@code 2026-11-21T10:23:00.123456Z}. */
    static TextDecoder zoned() {
        return zoned(TimeText::isUtc, TimeText::fractionDigits);
    }

    /** The same, but the fraction has exactly this many digits; longer fractions are not supported. */
    static TextDecoder zonedWithDigits(int digits) {
        return zoned(
                (bytes, start, length) -> isUtc(bytes, start, length) && fractionDigits(length) <= digits,
                length -> digits);
    }

    /**
     * The decoder of times with a time zone.
     *
     * @param supported which texts are supported
     * @param digits the digits that the fraction of a text of some length gets, at least as many as it has
     */
    private static TextDecoder zoned(FastDecoder.Check supported, IntUnaryOperator digits) {
        return new FastDecoder(
                (bytes, start, length) -> supported.passes(bytes, start, length)
                        ? zonedText(bytes, start, length, digits.applyAsInt(length))
                        : TextDecoder.UNSUPPORTED,
                (bytes, start, length, json) -> {
                    boolean written = supported.passes(bytes, start, length);
                    if (written) {
                        json.raw('"');
                        writeZoned(bytes, start, length, digits.applyAsInt(length), json);
                        json.raw('"');
                    }
                    return written;
                },
                (bytes, start, length, avro) -> {
                    boolean written = supported.passes(bytes, start, length);
                    if (written) {
                        int target = digits.applyAsInt(length);
                        avro.number(zonedLength(target));
                        writeZoned(bytes, start, length, target, avro);
                    }
                    return written;
                },
                supported);
    }

    private static boolean isUtc(byte[] bytes, int start, int length) {
        int zone = start + length - ZONE;
        return length >= TIMESTAMP + ZONE
                && bytes[zone] == '+'
                && bytes[zone + 1] == '0'
                && bytes[zone + 2] == '0'
                && epochMicros(bytes, start, length - ZONE) != NONE;
    }

    private static int fractionDigits(int length) {
        return Math.max(0, length - ZONE - TIMESTAMP - 1);
    }

    private static int zonedLength(int digits) {
        return TIMESTAMP + (digits == 0 ? 0 : digits + 1) + 1;
    }

    private static void writeZoned(byte[] bytes, int start, int length, int digits, GrowingBuffer target) {
        target.raw(bytes, start, DATE);
        target.raw((byte) 'T');
        target.raw(bytes, start + DATE + 1, TIMESTAMP - DATE - 1);
        if (digits > 0) {
            int sent = fractionDigits(length);
            target.raw((byte) '.');
            target.raw(bytes, start + TIMESTAMP + 1, sent);
            for (int i = sent; i < digits; i++) {
                target.raw((byte) '0');
            }
        }
        target.raw((byte) 'Z');
    }

    private static String zonedText(byte[] bytes, int start, int length, int digits) {
        byte[] text = new byte[zonedLength(digits)];
        Arrays.fill(text, (byte) '0');
        System.arraycopy(bytes, start, text, 0, TIMESTAMP);
        text[DATE] = 'T';
        if (digits > 0) {
            text[TIMESTAMP] = '.';
            System.arraycopy(bytes, start + TIMESTAMP + 1, text, TIMESTAMP + 1, fractionDigits(length));
        }
        text[text.length - 1] = 'Z';
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /** {@code 2026-11-21 10:23:00.123456} as microseconds since the epoch. */
    static long epochMicros(byte[] bytes, int start, int length) {
        if (length < TIMESTAMP || bytes[start + DATE] != ' ' || bytes[start + 13] != ':' || bytes[start + 16] != ':') {
            return NONE;
        }
        long day = epochDay(bytes, start);
        int hour = Digits.fixed(bytes, start + 11, 2);
        int minute = Digits.fixed(bytes, start + 14, 2);
        int second = Digits.fixed(bytes, start + 17, 2);
        long fraction = fraction(bytes, start + TIMESTAMP, length - TIMESTAMP);
        if (day == NONE || (hour | minute | second) < 0 || hour > 23 || minute > 59 || second > 59 || fraction < 0) {
            return NONE;
        }
        return (day * SECONDS_PER_DAY + hour * 3_600L + minute * 60L + second) * 1_000_000L + fraction;
    }

    /** {@code .123} as microseconds; negative if it is not a fraction. */
    private static long fraction(byte[] bytes, int start, int length) {
        if (length == 0) {
            return 0;
        }
        if (length < 2 || length > 7 || bytes[start] != '.') {
            return -1;
        }
        long value = Digits.fixed(bytes, start + 1, length - 1);
        for (int digits = length - 1; digits < 6; digits++) {
            value *= 10;
        }
        return value;
    }

    /**
     * Days since the epoch in the civil calendar, computed with years that begin in March so that the leap day is last.
     */
    private static long epochDay(byte[] bytes, int start) {
        int year = Digits.fixed(bytes, start, 4);
        int month = Digits.fixed(bytes, start + 5, 2);
        int day = Digits.fixed(bytes, start + 8, 2);
        if (bytes[start + 4] != '-' || bytes[start + 7] != '-' || year < 1 || month < 1 || month > 12 || day < 1) {
            return NONE;
        }
        int marchYear = month > 2 ? year : year - 1;
        int era = marchYear / 400;
        int yearOfEra = marchYear - era * 400;
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468L;
    }
}
