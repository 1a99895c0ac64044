// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.LongStream;

/**
 * A buffer for JSON in UTF-8. It writes JSON as Jackson does by default and escapes only what must be escaped.
 *
 * <p>Can be reused after {@link #clear()}; not safe for use by several threads.
 */
public final class JsonText {

    private static final int FIRST_CAPACITY = 1024;
    private static final int LARGE = 1 << 20;
    private static final int LONGEST_NUMBER = 20;
    private static final int FIRST_OF_THREE_BYTES = 0x800;
    private static final byte[] HEX = ascii("0123456789ABCDEF");
    private static final byte[] BASE64 = ascii("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    private static final byte[] MIN_VALUE = ascii(Long.toString(Long.MIN_VALUE));
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");
    private static final byte[] NULL = ascii("null");

    /** The digits of 00 to 99, because numbers are written two digits at a time. */
    private static final byte[] PAIRS = pairs();

    /** The powers of ten. */
    private static final long[] POWERS =
            LongStream.iterate(1, power -> power * 10).limit(19).toArray();

    /** For each ASCII character: 0 if it is not escaped, else the letter of its escape. */
    private static final byte[] ESCAPES = escapes();

    private final boolean decimalsAreNumbers;
    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int length;

    public JsonText() {
        this(false);
    }

    /** @param decimalsAreNumbers whether decimals are written as numbers instead of their bytes in Base64 */
    public JsonText(boolean decimalsAreNumbers) {
        this.decimalsAreNumbers = decimalsAreNumbers;
    }

    /** ASCII text as bytes. */
    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Discards the content. */
    public void clear() {
        length = 0;
    }

    public int length() {
        return length;
    }

    /** How many bytes it can hold without growing. */
    public int capacity() {
        return bytes.length;
    }

    /** A copy of the content from a position on. */
    public byte[] copyFrom(int start) {
        return Arrays.copyOfRange(bytes, start, length);
    }

    /** Makes room for this many bytes. */
    public void reserve(int count) {
        if (count > bytes.length - length) {
            grow(count);
        }
    }

    private void grow(int count) {
        int needed = Math.addExact(length, count);
        // A large buffer mostly holds a single value, so doubling it would waste memory.
        long spare = needed < LARGE ? needed : needed / 16;
        bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, needed + spare));
    }

    /** Adds bytes that are JSON already. */
    public void raw(byte[] json) {
        raw(json, 0, json.length);
    }

    /** Adds bytes that are JSON already. */
    public void raw(byte[] json, int start, int count) {
        reserve(count);
        System.arraycopy(json, start, bytes, length, count);
        length += count;
    }

    /** Adds a byte that is JSON already. */
    public void raw(char character) {
        reserve(1);
        bytes[length++] = (byte) character;
    }

    public void nullValue() {
        raw(NULL);
    }

    public void bool(boolean value) {
        raw(value ? TRUE : FALSE);
    }

    public void number(long value) {
        if (value == Long.MIN_VALUE) {
            raw(MIN_VALUE);
            return;
        }
        reserve(LONGEST_NUMBER);
        long rest = value;
        if (rest < 0) {
            bytes[length++] = '-';
            rest = -rest;
        }
        length += digits(rest);
        int at = length;
        while (rest >= 100) {
            long hundreds = rest / 100;
            int pair = 2 * (int) (rest - hundreds * 100);
            bytes[--at] = PAIRS[pair + 1];
            bytes[--at] = PAIRS[pair];
            rest = hundreds;
        }
        if (rest >= 10) {
            bytes[--at] = PAIRS[2 * (int) rest + 1];
        }
        bytes[at - 1] = PAIRS[rest >= 10 ? 2 * (int) rest : 2 * (int) rest + 1];
    }

    /** The number of digits of a number that is not negative. */
    private static int digits(long value) {
        long odd = value | 1; // has as many digits, and at least one
        int bits = Long.SIZE - Long.numberOfLeadingZeros(odd);
        int least = (bits * 1233) >> 12; // 1233 / 4096 is the logarithm of 2 to the base of 10
        return least < POWERS.length && odd >= POWERS[least] ? least + 1 : least;
    }

    /** Whether decimals must be written as numbers instead of their bytes in Base64. */
    public boolean decimalsAreNumbers() {
        return decimalsAreNumbers;
    }

    /** Adds the bytes of an integer, as in {@code BigInteger.toByteArray}, as a string in Base64. */
    public void base64(long value) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(value < 0 ? ~value : value);
        raw('"');
        for (int left = bits / Byte.SIZE + 1; left > 0; left -= 3) {
            int group = octet(value, left - 1) << 16 | octet(value, left - 2) << 8 | octet(value, left - 3);
            raw((char) BASE64[group >> 18]);
            raw((char) BASE64[(group >> 12) & 0x3F]);
            raw(left > 1 ? (char) BASE64[(group >> 6) & 0x3F] : '=');
            raw(left > 2 ? (char) BASE64[group & 0x3F] : '=');
        }
        raw('"');
    }

    /** One byte of a number, counted from the last; 0 beyond it. */
    private static int octet(long value, int fromTheLast) {
        return fromTheLast < 0 ? 0 : (int) (value >> (fromTheLast * Byte.SIZE)) & 0xFF;
    }

    /** Adds bytes as a string in Base64, with padding. */
    public void base64(byte[] value) {
        raw('"');
        raw(Base64.getEncoder().encode(value));
        raw('"');
    }

    /** Adds UTF-8 text as a string. Invalid bytes are replaced as {@code String} replaces them. */
    public void string(byte[] utf8, int start, int count) {
        reserve(count + 2);
        int opening = length;
        bytes[length++] = '"';
        int end = start + count;
        int plain = PlainText.end(utf8, start, end);
        System.arraycopy(utf8, start, bytes, length, plain - start);
        length += plain - start;
        if (plain < end && !rest(utf8, plain, end)) {
            length = opening;
            string(new String(utf8, start, count, StandardCharsets.UTF_8));
            return;
        }
        raw('"');
    }

    /** Adds a text from its first byte that is not plain; false if it is not valid UTF-8. */
    private boolean rest(byte[] utf8, int start, int end) {
        int run = start;
        int at = start;
        while (at < end) {
            byte b = utf8[at];
            if (b < 0) {
                int sequence = Utf8.sequence(utf8, at, end);
                if (sequence == 0) {
                    return false;
                }
                if (sequence == Utf8.BEYOND_THE_BASIC_PLANE) {
                    raw(utf8, run, at - run);
                    surrogates(Utf8.codePoint(utf8, at));
                    run = at + sequence;
                }
                at += sequence;
            } else if (ESCAPES[b] == 0) {
                at++;
            } else {
                raw(utf8, run, at - run);
                escape(b);
                run = ++at;
            }
        }
        raw(utf8, run, end - run);
        return true;
    }

    /** Adds a text as a string; an unpaired surrogate, which UTF-8 cannot represent, is escaped like a pair. */
    public void string(String text) {
        int count = text.length();
        reserve(count + 2);
        byte[] target = bytes;
        int at = length;
        target[at++] = '"';
        int i = 0;
        while (i < count) {
            char c = text.charAt(i);
            if (c >= ESCAPES.length || ESCAPES[c] != 0) {
                break;
            }
            target[at++] = (byte) c;
            i++;
        }
        length = at;
        for (; i < count; i++) {
            character(text.charAt(i));
        }
        raw('"');
    }

    private void character(char c) {
        if (c < ESCAPES.length) {
            if (ESCAPES[c] == 0) {
                raw(c);
            } else {
                escape((byte) c);
            }
        } else if (c < FIRST_OF_THREE_BYTES) {
            raw((char) (0xC0 | (c >> 6)));
            raw((char) (0x80 | (c & 0x3F)));
        } else if (Character.isSurrogate(c)) {
            numberedEscape(c);
        } else {
            raw((char) (0xE0 | (c >> 12)));
            raw((char) (0x80 | ((c >> 6) & 0x3F)));
            raw((char) (0x80 | (c & 0x3F)));
        }
    }

    /** Jackson writes characters beyond the basic plane as two escapes, one per UTF-16 unit. */
    private void surrogates(int codePoint) {
        numberedEscape(Character.highSurrogate(codePoint));
        numberedEscape(Character.lowSurrogate(codePoint));
    }

    private void escape(byte ascii) {
        if (ESCAPES[ascii] == 'u') {
            numberedEscape((char) ascii);
        } else {
            raw('\\');
            raw((char) ESCAPES[ascii]);
        }
    }

    private void numberedEscape(char c) {
        raw('\\');
        raw('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
            raw((char) HEX[c >> shift & 0xF]);
        }
    }

    private static byte[] pairs() {
        byte[] pairs = new byte[200];
        for (int i = 0; i < 100; i++) {
            pairs[2 * i] = (byte) ('0' + i / 10);
            pairs[2 * i + 1] = (byte) ('0' + i % 10);
        }
        return pairs;
    }

    private static byte[] escapes() {
        byte[] escapes = new byte[128];
        Arrays.fill(escapes, 0, ' ', (byte) 'u');
        escapes['\b'] = 'b';
        escapes['\t'] = 't';
        escapes['\n'] = 'n';
        escapes['\f'] = 'f';
        escapes['\r'] = 'r';
        escapes['"'] = '"';
        escapes['\\'] = '\\';
        return escapes;
    }
}
