// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import org.jspecify.annotations.Nullable;

/**
 * Turns a column's text, in the notation of Postgres's output functions, into the Connect value that Debezium would
 * produce for it.
 */
@FunctionalInterface
public interface TextDecoder {

    /** Answered by a decoder for text that is not of the form it is fast for; another one has to read it. */
    Object UNSUPPORTED = new Object();

    /** Reads nothing. */
    TextDecoder NONE = (bytes, start, length) -> UNSUPPORTED;

    /**
     * Decodes.
     *
     * @param bytes holds the text, in UTF-8
     * @param start where it begins
     * @param length how many bytes it has
     * @return the value, or {@link #UNSUPPORTED}
     */
    @Nullable
    Object decode(byte[] bytes, int start, int length);

    /**
     * Writes the JSON of the value without making the value.
     *
     * @return false if nothing was written, because this takes the value
     */
    default boolean writeJson(byte[] bytes, int start, int length, JsonText json) {
        return false;
    }

    /** Whether a text is certain to be read, now or later, by this decoder or the exact one behind it. */
    default boolean cannotFail(byte[] bytes, int start, int length) {
        return false;
    }
}
