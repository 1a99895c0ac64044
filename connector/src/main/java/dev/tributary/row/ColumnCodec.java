// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads one column of one version of a table. Compiled when the relation message arrives. */
public final class ColumnCodec {

    private final TextDecoder fast;
    private final TextDecoder exact;
    private final Supplier<@Nullable Object> ofNull;
    private final Supplier<@Nullable Object> ofUnchanged;

    /**
     * @param fast reads the common forms of the text; returns {@link TextDecoder#UNSUPPORTED} for others
     * @param exact reads every form
     * @param ofNull the value for null
     * @param ofUnchanged the value for an unchanged TOAST value that is not known from the old row
     */
    public ColumnCodec(
            TextDecoder fast,
            TextDecoder exact,
            Supplier<@Nullable Object> ofNull,
            Supplier<@Nullable Object> ofUnchanged) {
        this.fast = fast;
        this.exact = exact;
        this.ofNull = ofNull;
        this.ofUnchanged = ofUnchanged;
    }

    /** A codec for a field that has the same value in every row, regardless of the column. */
    static ColumnCodec always(Object value) {
        return new ColumnCodec(TextDecoder.NONE, (bytes, start, length) -> value, () -> value, () -> value);
    }

    /** Whether a value can be read later than the row, because nothing can fail. */
    boolean isLazy() {
        return fast != TextDecoder.NONE;
    }

    /** Whether {@link #value} can fail for a row. If so, read it while the failure can still be reported. */
    boolean mayFail(RowImage row, int column) {
        if (fast == TextDecoder.NONE) {
            return true;
        }
        if (row.hasText(column)) {
            return !fast.cannotFail(row.bytes(), row.start(column), row.length(column));
        }
        RowImage before = row.before();
        return row.isUnchanged(column)
                && before != null
                && before.hasText(column)
                && !fast.cannotFail(before.bytes(), before.start(column), before.length(column));
    }

    /** The Connect value of a column of a row. */
    public @Nullable Object value(RowImage row, int column) {
        if (row.hasText(column)) {
            byte[] bytes = row.bytes();
            int start = row.start(column);
            int length = row.length(column);
            Object value = fast.decode(bytes, start, length);
            return value == TextDecoder.UNSUPPORTED ? exact.decode(bytes, start, length) : value;
        }
        if (row.isNull(column)) {
            return ofNull.get();
        }
        RowImage before = row.before();
        return before != null && before.hasText(column) ? value(before, column) : ofUnchanged.get();
    }

    /** Writes the JSON of a column of a row without creating its value; false if nothing was written. */
    boolean writeJson(RowImage row, int column, JsonText json) {
        if (row.hasText(column)) {
            return fast.writeJson(row.bytes(), row.start(column), row.length(column), json);
        }
        RowImage before = row.before();
        return row.isUnchanged(column)
                && before != null
                && before.hasText(column)
                && fast.writeJson(before.bytes(), before.start(column), before.length(column), json);
    }

    /** Writes a column of a row in Avro's encoding without creating its value; false if nothing was written. */
    boolean writeAvro(RowImage row, int column, AvroBytes avro) {
        if (row.hasText(column)) {
            return fast.writeAvro(row.bytes(), row.start(column), row.length(column), avro);
        }
        RowImage before = row.before();
        return row.isUnchanged(column)
                && before != null
                && before.hasText(column)
                && fast.writeAvro(before.bytes(), before.start(column), before.length(column), avro);
    }
}
