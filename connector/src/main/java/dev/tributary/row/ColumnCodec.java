// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of one column of one version of a table. Compiled when the relation message arrives; what is the same for
 * every row, the values for null and for an unchanged TOAST value, is worked out once then.
 */
public final class ColumnCodec {

    private final TextDecoder fast;
    private final TextDecoder exact;
    private final @Nullable Object nullValue;
    private final @Nullable Object unchangedValue;

    /**
     * @param fast reads the common form of the text; may answer {@link TextDecoder#NOT_MINE}
     * @param exact reads every form
     * @param nullValue the value for null
     * @param unchangedValue the value for an unchanged TOAST value that nothing else supplies
     */
    public ColumnCodec(
            TextDecoder fast, TextDecoder exact, @Nullable Object nullValue, @Nullable Object unchangedValue) {
        this.fast = fast;
        this.exact = exact;
        this.nullValue = nullValue;
        this.unchangedValue = unchangedValue;
    }

    /** The Connect value of a column of a row. */
    public @Nullable Object value(RowImage row, int column) {
        if (row.hasText(column)) {
            byte[] bytes = row.bytes();
            int start = row.start(column);
            int length = row.length(column);
            Object value = fast.decode(bytes, start, length);
            return value == TextDecoder.NOT_MINE ? exact.decode(bytes, start, length) : value;
        }
        return row.isNull(column) ? nullValue : unchangedValue;
    }
}
