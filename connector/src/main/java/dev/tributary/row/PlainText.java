// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds the part of a text that JSON does not escape: printable ASCII without quotation marks and backslashes. */
final class PlainText {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** A 1 in each byte, and the highest bit of each. */
    private static final long ONES = 0x0101010101010101L;

    private static final long HIGH_BITS = ONES << 7;

    private PlainText() {}

    /**
     * The end of the plain part of a text: the index of the first byte that is not plain, or the end of the text.
     *
     * <p>This examines eight bytes at a time. A subtraction borrows the highest bit of each byte that is smaller than
     * the subtrahend, and a byte is zero after an exclusive or with an equal byte. A borrow can mark a plain byte, but
     * only above a byte that is not plain, so marked groups are examined byte by byte.
     */
    static int end(byte[] utf8, int start, int end) {
        int at = start;
        while (end - at >= Long.BYTES) {
            long eight = (long) LONGS.get(utf8, at);
            long control = eight - ONES * ' ';
            long quote = (eight ^ (ONES * '"')) - ONES;
            long backslash = (eight ^ (ONES * '\\')) - ONES;
            if (((eight | control | quote | backslash) & HIGH_BITS) != 0) {
                break;
            }
            at += Long.BYTES;
        }
        while (at < end && isPlain(utf8[at])) {
            at++;
        }
        return at;
    }

    private static boolean isPlain(byte b) {
        return b >= ' ' && b != '"' && b != '\\';
    }
}
