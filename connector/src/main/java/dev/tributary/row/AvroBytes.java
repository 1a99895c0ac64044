// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import java.nio.charset.StandardCharsets;

/**
 * A buffer for values in Avro's binary encoding (<a
 * href="https://avro.apache.org/docs/1.12.0/specification/#binary-encoding">specification</a>).
 *
 * <p>Can be reused after {@link #clear()}; not safe for use by several threads.
 */
public final class AvroBytes extends GrowingBuffer {

    private static final int LONGEST_NUMBER = 10;

    /** A longer text has a length of more than one byte. */
    private static final int SHORT = 63;

    /** Adds an {@code int} or a {@code long}; both have the same encoding. Counts and indexes are such numbers, too. */
    public void number(long value) {
        long rest = (value << 1) ^ (value >> (Long.SIZE - 1));
        reserve(LONGEST_NUMBER);
        byte[] target = bytes;
        int at = length;
        while ((rest & ~0x7FL) != 0) {
            target[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        target[at++] = (byte) rest;
        length = at;
    }

    public void bool(boolean value) {
        raw(value ? (byte) 1 : (byte) 0);
    }

    public void floating(float value) {
        littleEndian(Float.floatToRawIntBits(value), Float.BYTES);
    }

    public void floating(double value) {
        littleEndian(Double.doubleToRawLongBits(value), Double.BYTES);
    }

    private void littleEndian(long bits, int count) {
        reserve(count);
        for (int i = 0; i < count; i++) {
            bytes[length++] = (byte) (bits >> (i * Byte.SIZE));
        }
    }

    /** Adds an integer as {@code bytes} in the fewest bytes that hold it, as in {@code BigInteger.toByteArray}. */
    public void integer(long value) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(value < 0 ? ~value : value);
        int count = bits / Byte.SIZE + 1;
        number(count);
        reserve(count);
        for (int i = count - 1; i >= 0; i--) {
            bytes[length++] = (byte) (value >> (i * Byte.SIZE));
        }
    }

    /** Adds {@code bytes}. */
    public void sized(byte[] value, int start, int count) {
        number(count);
        raw(value, start, count);
    }

    /** Adds UTF-8 text as a {@code string}. Invalid bytes are replaced as {@code String} replaces them. */
    public void string(byte[] utf8, int start, int count) {
        if (Utf8.isWellFormed(utf8, start, start + count)) {
            sized(utf8, start, count);
        } else {
            string(new String(utf8, start, count, StandardCharsets.UTF_8));
        }
    }

    /** Adds a {@code string}; an unpaired surrogate, which UTF-8 cannot represent, becomes a question mark. */
    public void string(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        sized(utf8, 0, utf8.length);
    }

    /** Begins a {@code string} that is written piece by piece and has at most 63 bytes; returns where it begins. */
    public int beginShortString() {
        raw((byte) 0);
        return length;
    }

    /**
     * Ends a string.
     *
     * @param start what {@link #beginShortString} returned
     */
    public void endShortString(int start) {
        int count = length - start;
        if (count > SHORT) {
            throw new IllegalStateException("A string of " + count + " bytes is too long");
        }
        bytes[start - 1] = (byte) (count << 1);
    }
}
