// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds the part of a text that stands in JSON as it is: printable ASCII, without quotation marks and backslashes. */
final class PlainText {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** A one in each byte, and the highest bit of each. */
    private static final long ONES = 0x0101010101010101L;

    private static final long HIGH_BITS = ONES << 7;

    private PlainText() {}

    /**
     * Where the plain part of a text ends: at its first byte that is not plain, or at its end.
     *
     * <p>Eight bytes are looked at in one: a subtraction borrows the highest bit of each byte that is smaller than what is
     * subtracted, and a byte is zero where it equals what it is exclusively or-ed with. A byte may be taken for one that is
     * not plain because of a borrow from its neighbour, but only above one that is not plain itself; so the eight are looked
     * at one by one then.
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
