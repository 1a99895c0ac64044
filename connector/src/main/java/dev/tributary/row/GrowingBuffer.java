// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.LongStream;

/** Bytes that are written one after the other, in an array that grows and is used again. */
public abstract sealed class GrowingBuffer permits JsonText, AvroBytes {

    private static final int FIRST_CAPACITY = 1024;
    private static final int LARGE = 1 << 20;
    private static final int LONGEST_NUMBER = 20;
    private static final byte[] MIN_VALUE = Long.toString(Long.MIN_VALUE).getBytes(StandardCharsets.US_ASCII);

    /** The digits of 00 to 99, because numbers are written two digits at a time. */
    private static final byte[] PAIRS = pairs();

    /** The powers of ten. */
    private static final long[] POWERS =
            LongStream.iterate(1, power -> power * 10).limit(19).toArray();

    /** The array; only its first {@link #length} bytes have been written. */
    byte[] bytes = new byte[FIRST_CAPACITY];

    int length;

    GrowingBuffer() {}

    /** Discards the content. */
    public final void clear() {
        length = 0;
    }

    public final int length() {
        return length;
    }

    /** Discards what was written after a position. */
    public final void shortenTo(int end) {
        if (end < 0 || end > length) {
            throw new IllegalArgumentException("There are " + length + " bytes, so they cannot end at " + end);
        }
        length = end;
    }

    /** How many bytes it can hold without growing. */
    public final int capacity() {
        return bytes.length;
    }

    /** A copy of the content from a position on. */
    public final byte[] copyFrom(int start) {
        return Arrays.copyOfRange(bytes, start, length);
    }

    /** Makes room for this many bytes. */
    public final void reserve(int count) {
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

    /** Adds bytes that are encoded already. */
    public final void raw(byte[] encoded) {
        raw(encoded, 0, encoded.length);
    }

    /** Adds bytes that are encoded already. */
    public final void raw(byte[] encoded, int start, int count) {
        reserve(count);
        System.arraycopy(encoded, start, bytes, length, count);
        length += count;
    }

    /** Adds a byte that is encoded already. */
    public final void raw(byte encoded) {
        reserve(1);
        bytes[length++] = encoded;
    }

    /** Adds the decimal digits of a number, with a minus sign if it is negative. */
    public final void decimal(long value) {
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

    private static byte[] pairs() {
        byte[] pairs = new byte[200];
        for (int i = 0; i < 100; i++) {
            pairs[2 * i] = (byte) ('0' + i / 10);
            pairs[2 * i + 1] = (byte) ('0' + i % 10);
        }
        return pairs;
    }
}
