// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The text format of COPY (<a href="https://www.postgresql.org/docs/current/sql-copy.html">file formats</a>): what has a
 * meaning in it, and where that is.
 */
final class CopyText {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();

    /** A one in each byte, and the highest bit of each. */
    private static final long ONES = 0x0101010101010101L;

    private static final long HIGH_BITS = ONES << 7;

    private CopyText() {}

    /**
     * Where the next byte is that may have a meaning: a control character, tab and newline among them, or a backslash; the
     * row's end if there is none.
     *
     * <p>Eight bytes are looked at in one, as {@link PlainText} does. A borrow only ever marks bytes above one that is marked
     * with right, so the lowest mark is right.
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

    /** What the letter behind a backslash stands for. */
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
