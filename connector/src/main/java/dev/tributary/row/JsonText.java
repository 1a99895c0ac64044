// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * A buffer for JSON in UTF-8. It writes JSON as Jackson does by default and escapes only what must be escaped.
 *
 * <p>Can be reused after {@link #clear()}; not safe for use by several threads.
 */
public final class JsonText extends GrowingBuffer {

    private static final int FIRST_OF_THREE_BYTES = 0x800;
    private static final byte[] HEX = ascii("0123456789ABCDEF");
    private static final byte[] BASE64 = ascii("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");
    private static final byte[] NULL = ascii("null");

    /** For each ASCII character: 0 if it is not escaped, else the letter of its escape. */
    private static final byte[] ESCAPES = escapes();

    private final boolean decimalsAreNumbers;

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

    /** Adds a byte that is JSON already. */
    public void raw(char character) {
        raw((byte) character);
    }

    public void nullValue() {
        raw(NULL);
    }

    public void bool(boolean value) {
        raw(value ? TRUE : FALSE);
    }

    public void number(long value) {
        decimal(value);
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
