// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds and unescapes the special bytes in the text format of COPY (<a
 * href="https://www.postgresql.org/docs/current/sql-copy.html">file formats</a>).
 */
final class CopyText {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();

    /** A 1 in each byte, and the highest bit of each. */
    private static final long ONES = 0x0101010101010101L;

    private static final long HIGH_BITS = ONES << 7;

    private CopyText() {}

    /**
     * The index of the next byte that may be special: a backslash or a control character, including tab and newline.
     * The end of the row if there is none.
     *
     * <p>This examines eight bytes at a time, as {@link PlainText} does. A borrow can wrongly mark only bytes above a
     * byte that is marked correctly, so the lowest mark is correct.
     */
    static int next(byte[] row, int from) {
        int at = from;
        while (row.length - at >= Long.BYTES) {
            long eight = (long) LONGS.get(row, at);
            long slashes = eight ^ (ONES * '\\');
            long controls = (eight - ONES * ' ') & ~eight;
            long backslashes = (slashes - ONES) & ~slashes;
            long marks = (controls | backslashes) & HIGH_BITS;
            if (marks != 0) {
                return at + Long.numberOfTrailingZeros(marks) / Byte.SIZE;
            }
            at += Long.BYTES;
        }
        while (at < row.length && (row[at] >= ' ' || row[at] < 0) && row[at] != '\\') {
            at++;
        }
        return at;
    }

    /** The byte that the letter after a backslash stands for. */
    static byte unescaped(byte letter) {
        return switch (letter) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0B;
            default -> letter;
        };
    }
}
