// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import org.jspecify.annotations.Nullable;

/**
 * A decoder that can write JSON, too.
 *
 * @param values makes the value
 * @param form writes the JSON of the same value
 */
record FastDecoder(TextDecoder values, JsonForm form) implements TextDecoder {

    /** Writes a text as JSON; answers false, and writes nothing, for what the decoder would not read either. */
    @FunctionalInterface
    interface JsonForm {
        boolean write(byte[] bytes, int start, int length, JsonText json);
    }

    @Override
    public @Nullable Object decode(byte[] bytes, int start, int length) {
        return values.decode(bytes, start, length);
    }

    @Override
    public boolean writeJson(byte[] bytes, int start, int length, JsonText json) {
        return form.write(bytes, start, length, json);
    }
}
