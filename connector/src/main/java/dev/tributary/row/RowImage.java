// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A row as Postgres sent it: the bytes of the whole message, shared and never changed, and the span of each column.
 *
 * <p>Columns are numbered from 0 in the order of the relation message. Text is UTF-8, as the driver requests.
 */
public final class RowImage {

    private static final int NULL = -1;
    private static final int UNCHANGED = -2;

    private final byte[] bytes;

    /** For each column, its start or one of the markers, and its length. */
    private final int[] spans;

    private final @Nullable RowImage before;

    private RowImage(byte[] bytes, int[] spans, @Nullable RowImage before) {
        this.bytes = bytes;
        this.spans = spans;
        this.before = before;
    }

    /**
     * Reads a TupleData of pgoutput (<a
     * href="https://www.postgresql.org/docs/current/protocol-logicalrep-message-formats.html">message formats</a>) and
     * leaves the buffer positioned after it.
     *
     * @throws MalformedRowException if the buffer holds something else or ends too early
     */
    public static RowImage ofTuple(ByteBuffer message) {
        int columns = Short.toUnsignedInt(message.getShort());
        int[] spans = new int[2 * columns];
        byte[] bytes = message.array();
        int base = message.arrayOffset();
        for (int i = 0; i < spans.length; i += 2) {
            byte kind = message.get();
            switch (kind) {
                case 't' -> {
                    int length = message.getInt();
                    int start = message.position();
                    if (length < 0 || length > message.remaining()) {
                        throw new MalformedRowException("column " + i / 2 + " should have " + length + " bytes, but "
                                + message.remaining() + " are left");
                    }
                    spans[i] = base + start;
                    spans[i + 1] = length;
                    message.position(start + length);
                }
                case 'n' -> spans[i] = NULL;
                case 'u' -> spans[i] = UNCHANGED;
                default -> throw new MalformedRowException("column " + i / 2 + " has the unknown kind " + kind);
            }
        }
        return new RowImage(bytes, spans, null);
    }

    /**
     * Reads a row of {@code COPY … TO STDOUT} in text format (<a
     * href="https://www.postgresql.org/docs/current/sql-copy.html">file formats</a>): tabs separate the columns, and
     * special characters are escaped.
     *
     * @param row the row with its final newline; the image takes it over and resolves escapes in place
     * @param columns the expected number of columns
     * @throws MalformedRowException if the row has another number of columns
     */
    public static RowImage ofCopyText(byte[] row, int columns) {
        int[] spans = new int[2 * columns];
        int column = 0;
        int start = 0;
        int to = 0;
        int at = 0;
        while (at < row.length) {
            int next = CopyText.next(row, at);
            if (to != at) {
                System.arraycopy(row, at, row, to, next - at);
            }
            to += next - at;
            if (next == row.length) {
                break;
            }
            byte b = row[next];
            at = next + 1;
            if (b == '\t' || b == '\n') {
                end(spans, column, start, to - start);
                column++;
                start = at;
                to = at;
            } else if (b == '\\' && at == row.length) {
                throw new MalformedRowException("it ends within an escape sequence");
            } else if (b == '\\' && row[at] == 'N') {
                at++;
                spans[Math.min(2 * column, spans.length - 1)] = NULL;
                start = NULL;
            } else {
                row[to++] = b == '\\' ? CopyText.unescaped(row[at++]) : b;
            }
        }
        if (column != columns) {
            throw new MalformedRowException("it has " + column + " columns instead of " + columns);
        }
        return new RowImage(row, spans, null);
    }

    private static void end(int[] spans, int column, int start, int length) {
        if (start != NULL && 2 * column < spans.length) {
            spans[2 * column] = start;
            spans[2 * column + 1] = length;
        }
    }

    /** The same row with the row that it replaced, which provides the values that were unchanged and not sent again. */
    public RowImage replacing(@Nullable RowImage old) {
        return old == null ? this : new RowImage(bytes, spans, old);
    }

    /** The same row, with the values of some columns taken from another one, which has the same columns. */
    public RowImage with(BitSet columns, RowImage other) {
        int[] taken = spans.clone();
        columns.stream().filter(column -> !other.isNull(column)).forEach(column -> taken[2 * column] = UNCHANGED);
        return new RowImage(bytes, taken, other);
    }

    /** The row that this one replaced, if known. */
    @Nullable
    RowImage before() {
        return before;
    }

    /** How many columns there are. */
    public int columns() {
        return spans.length / 2;
    }

    public boolean isNull(int column) {
        return spans[2 * column] == NULL;
    }

    /** Whether the value of the column is stored out of line (TOAST), has not changed, and was therefore not sent. */
    public boolean isUnchanged(int column) {
        return spans[2 * column] == UNCHANGED;
    }

    /** Whether a value is {@linkplain #isUnchanged unchanged} and the old row does not have it either. */
    public boolean lacksUnchanged(@Nullable RowImage old) {
        for (int column = 0; column < columns(); column++) {
            if (isUnchanged(column) && (old == null || !old.hasText(column))) {
                return true;
            }
        }
        return false;
    }

    /** Whether there is text to read. */
    public boolean hasText(int column) {
        return spans[2 * column] >= 0;
    }

    /** Where the text of a column begins in {@link #bytes()}. */
    int start(int column) {
        return spans[2 * column];
    }

    /** How many bytes the text of a column has. */
    int length(int column) {
        return spans[2 * column + 1];
    }

    /** The size of the message that contained it, which stays in memory as long as this row. */
    public int bytesSent() {
        return bytes.length;
    }

    /** The bytes that {@link #start} refers to; they must not be changed. */
    byte[] bytes() {
        return bytes;
    }

    /** The text of a column that has text. */
    public String text(int column) {
        return new String(bytes, start(column), length(column), StandardCharsets.UTF_8);
    }

    /** Without content, because rows must not be logged. */
    @Override
    public String toString() {
        return "row of " + columns() + " columns";
    }
}
