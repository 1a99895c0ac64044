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
