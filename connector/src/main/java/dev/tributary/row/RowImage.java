// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A row as Postgres sent it: the bytes of the whole message, shared and never changed, and where each column lies in them.
 *
 * <p>Columns are counted from 0 in the order of the relation message. Text is in UTF-8, the encoding that the driver asks
 * for.
 */
public final class RowImage {

    private static final int NULL = -1;
    private static final int UNCHANGED = -2;

    private final byte[] bytes;

    /** For each column its start, or one of the markers, and its length. */
    private final int[] spans;

    private final @Nullable RowImage before;

    private RowImage(byte[] bytes, int[] spans, @Nullable RowImage before) {
        this.bytes = bytes;
        this.spans = spans;
        this.before = before;
    }

    /**
     * Reads a TupleData of pgoutput
     * (<a href="https://www.postgresql.org/docs/current/protocol-logicalrep-message-formats.html">message formats</a>) and
     * leaves the buffer behind it.
     *
     * @throws MalformedRowException if the buffer holds anything else, or ends too early
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
                        throw new MalformedRowException("column " + i / 2 + " claims " + length + " bytes, "
                                + message.remaining() + " are left");
                    }
                    spans[i] = base + start;
                    spans[i + 1] = length;
                    message.position(start + length);
                }
                case 'n' -> spans[i] = NULL;
                case 'u' -> spans[i] = UNCHANGED;
                default -> throw new MalformedRowException("column " + i / 2 + " is of the unknown kind " + kind);
            }
        }
        return new RowImage(bytes, spans, null);
    }

    /**
     * Reads a row of {@code COPY … TO STDOUT} in text format
     * (<a href="https://www.postgresql.org/docs/current/sql-copy.html">file formats</a>): columns are separated by tabs, and
     * what cannot stand in a line is escaped.
     *
     * @param row the row with the newline that ends it; it becomes this image's, and escapes in it are resolved in place
     * @param columns how many columns there must be
     * @throws MalformedRowException if there are more or fewer
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
                throw new MalformedRowException("it ends within an escape");
            } else if (b == '\\' && row[at] == 'N') {
                at++;
                spans[Math.min(2 * column, spans.length - 1)] = NULL;
                start = NULL;
            } else {
                row[to++] = b == '\\' ? CopyText.unescaped(row[at++]) : b;
            }
        }
        if (column != columns) {
            throw new MalformedRowException("it has " + column + " columns in place of " + columns);
        }
        return new RowImage(row, spans, null);
    }

    private static void end(int[] spans, int column, int start, int length) {
        if (start != NULL && 2 * column < spans.length) {
            spans[2 * column] = start;
            spans[2 * column + 1] = length;
        }
    }

    /** The same row, knowing the one that it replaced: from there comes what is unchanged and was not sent again. */
    public RowImage replacing(@Nullable RowImage old) {
        return old == null ? this : new RowImage(bytes, spans, old);
    }

    /** The row that this one replaced, if it is known. */
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

    /** Whether the column holds a value that was stored out of line (TOAST), has not changed and was therefore not sent. */
    public boolean isUnchanged(int column) {
        return spans[2 * column] == UNCHANGED;
    }

    /** Whether a value is missing that was stored out of line and has not changed, and that the old row does not tell either. */
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

    /** The size of the message that it came with, which is kept as long as this row is. */
    public int bytesSent() {
        return bytes.length;
    }

    /** The bytes that {@link #start} counts in; not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    /** The text of a column that has some. */
    public String text(int column) {
        return new String(bytes, start(column), length(column), StandardCharsets.UTF_8);
    }

    /** Names no content: a row must not find its way into a log. */
    @Override
    public String toString() {
        return "row of " + columns() + " columns";
    }
}
