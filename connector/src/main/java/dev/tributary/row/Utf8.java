// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Well-formed UTF-8 as defined by table 3-7 of the Unicode Standard. */
final class Utf8 {

    /** The length of a sequence for a code point that takes two characters in UTF-16. */
    static final int BEYOND_THE_BASIC_PLANE = 4;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8() {}

    /** Whether a text is well-formed. */
    static boolean isWellFormed(byte[] bytes, int start, int end) {
        int at = start;
        while (at < end) {
            at = afterAscii(bytes, at, end);
            if (at < end) {
                int sequence = sequence(bytes, at, end);
                if (sequence == 0) {
                    return false;
                }
                at += sequence;
            }
        }
        return true;
    }

    /** The first byte that is not ASCII, or the end; eight bytes are examined at a time. */
    private static int afterAscii(byte[] bytes, int start, int end) {
        int at = start;
        while (end - at >= Long.BYTES && ((long) LONGS.get(bytes, at) & HIGH_BITS) == 0) {
            at += Long.BYTES;
        }
        while (at < end && bytes[at] >= 0) {
            at++;
        }
        return at;
    }

    /** The code point of a well-formed sequence of four bytes. */
    static int codePoint(byte[] bytes, int start) {
        return (bytes[start] & 0x07) << 18
                | (bytes[start + 1] & 0x3F) << 12
                | (bytes[start + 2] & 0x3F) << 6
                | (bytes[start + 3] & 0x3F);
    }

    /** The length, two to four bytes, of the well-formed sequence that begins at a position; 0 if there is none. */
    static int sequence(byte[] bytes, int start, int end) {
        int lead = bytes[start] & 0xFF;
        int length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
        if (length == 0 || length > end - start) {
            return 0;
        }
        int second = bytes[start + 1] & 0xFF;
        int lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (second < lowest || second > highest) {
            return 0;
        }
        for (int i = start + 2; i < start + length; i++) {
            if ((bytes[i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }
}
