// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import org.jspecify.annotations.Nullable;

/**
 * Turns a column's text, in the notation of Postgres's output functions, into the Connect value that Debezium would
 * produce for it.
 */
@FunctionalInterface
public interface TextDecoder {

    /** Returned for text in a form that the decoder does not support; another decoder must read it. */
    Object UNSUPPORTED = new Object();

    /** Supports no text. */
    TextDecoder NONE = (bytes, start, length) -> UNSUPPORTED;

    /**
     * Decodes a text.
     *
     * @param bytes contains the text in UTF-8
     * @param start where the text begins
     * @param length how many bytes it has
     * @return the value, or {@link #UNSUPPORTED}
     */
    @Nullable
    Object decode(byte[] bytes, int start, int length);

    /**
     * Writes the JSON of the value without creating the value.
     *
     * @return false if nothing was written, because the value is needed
     */
    default boolean writeJson(byte[] bytes, int start, int length, JsonText json) {
        return false;
    }

    /**
     * Writes the value in Avro's encoding without creating it.
     *
     * @return false if nothing was written, because the value is needed
     */
    default boolean writeAvro(byte[] bytes, int start, int length, AvroBytes avro) {
        return false;
    }

    /** Whether this decoder, or the exact one that is used after it, is certain to read a text. */
    default boolean cannotFail(byte[] bytes, int start, int length) {
        return false;
    }
}
