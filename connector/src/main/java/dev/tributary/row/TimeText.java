// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads dates and times of the years 0001 to 9999 in ISO style, which every connection of the driver uses
 * ({@code DateStyle = ISO}). The exact decoder reads other years, BC, infinity, and time zones other than UTC.
 */
final class TimeText {

    private static final int DATE = 10;
    private static final int TIMESTAMP = 19;
    private static final long NONE = Long.MIN_VALUE;
    private static final long SECONDS_PER_DAY = 86_400;

    private TimeText() {}

    /** {@code 2026-11-21} as days since the epoch. */
    static Object date(byte[] bytes, int start, int length) {
        long day = length == DATE ? epochDay(bytes, start) : NONE;
        return day == NONE ? TextDecoder.UNSUPPORTED : (Object) (int) day;
    }

    static boolean dateJson(byte[] bytes, int start, int length, JsonText json) {
        return number(length == DATE ? epochDay(bytes, start) : NONE, json);
    }

    static boolean microsJson(byte[] bytes, int start, int length, JsonText json) {
        return number(epochMicros(bytes, start, length), json);
    }

    static boolean millisJson(byte[] bytes, int start, int length, JsonText json) {
        long micros = epochMicros(bytes, start, length);
        return number(micros == NONE ? NONE : Math.floorDiv(micros, 1_000L), json);
    }

    private static boolean number(long value, JsonText json) {
        if (value != NONE) {
            json.number(value);
        }
        return value != NONE;
    }

    /** {@code 2026-11-21 10:23:00.123456} as microseconds since the epoch. */
    static Object micros(byte[] bytes, int start, int length) {
        long micros = epochMicros(bytes, start, length);
        return micros == NONE ? TextDecoder.UNSUPPORTED : (Object) micros;
    }

    /** The same as milliseconds, rounded down. */
    static Object millis(byte[] bytes, int start, int length) {
        long micros = epochMicros(bytes, start, length);
        return micros == NONE ? TextDecoder.UNSUPPORTED : (Object) Math.floorDiv(micros, 1_000L);
    }

    /** {@code 2026-11-21 10:23:00.123456+00} as {@code 2026-11-21T10:23:00.123456Z}. */
    static Object zoned(byte[] bytes, int start, int length) {
        if (!isUtc(bytes, start, length)) {
            return TextDecoder.UNSUPPORTED;
        }
        byte[] text = new byte[length - 2];
        System.arraycopy(bytes, start, text, 0, length - 3);
        text[DATE] = 'T';
        text[length - 3] = 'Z';
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    static boolean zonedJson(byte[] bytes, int start, int length, JsonText json) {
        boolean supported = isUtc(bytes, start, length);
        if (supported) {
            json.raw('"');
            json.raw(bytes, start, DATE);
            json.raw('T');
            json.raw(bytes, start + DATE + 1, length - DATE - 4);
            json.raw('Z');
            json.raw('"');
        }
        return supported;
    }

    static boolean isUtc(byte[] bytes, int start, int length) {
        int zone = start + length - 3;
        return length >= TIMESTAMP + 3
                && bytes[zone] == '+'
                && bytes[zone + 1] == '0'
                && bytes[zone + 2] == '0'
                && epochMicros(bytes, start, length - 3) != NONE;
    }

    /**
     * Like {@link #zoned}, but writes the fraction with exactly this many digits; longer fractions are not supported.
     */
    static TextDecoder zonedWithDigits(int digits) {
        return new FastDecoder(
                (bytes, start, length) -> isUtc(bytes, start, length) && fractionDigits(length) <= digits
                        ? padded(bytes, start, length, digits)
                        : TextDecoder.UNSUPPORTED,
                (bytes, start, length, json) -> {
                    boolean supported = isUtc(bytes, start, length) && fractionDigits(length) <= digits;
                    if (supported) {
                        json.raw('"');
                        json.raw(bytes, start, DATE);
                        json.raw('T');
                        json.raw(bytes, start + DATE + 1, TIMESTAMP - DATE - 1);
                        json.raw('.');
                        json.raw(bytes, start + TIMESTAMP + 1, fractionDigits(length));
                        for (int i = fractionDigits(length); i < digits; i++) {
                            json.raw('0');
                        }
                        json.raw('Z');
                        json.raw('"');
                    }
                    return supported;
                },
                (bytes, start, length) -> isUtc(bytes, start, length) && fractionDigits(length) <= digits);
    }

    static boolean isDate(byte[] bytes, int start, int length) {
        return length == DATE && epochDay(bytes, start) != NONE;
    }

    static boolean isTimestamp(byte[] bytes, int start, int length) {
        return epochMicros(bytes, start, length) != NONE;
    }

    private static int fractionDigits(int length) {
        return Math.max(0, length - 3 - TIMESTAMP - 1);
    }

    private static String padded(byte[] bytes, int start, int length, int digits) {
        byte[] text = new byte[TIMESTAMP + digits + 2];
        Arrays.fill(text, (byte) '0');
        System.arraycopy(bytes, start, text, 0, TIMESTAMP);
        System.arraycopy(bytes, start + TIMESTAMP + 1, text, TIMESTAMP + 1, fractionDigits(length));
        text[DATE] = 'T';
        text[TIMESTAMP] = '.';
        text[text.length - 1] = 'Z';
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static long epochMicros(byte[] bytes, int start, int length) {
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
