// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import org.jspecify.annotations.Nullable;

/**
 * A decoder that can also write JSON.
 *
 * @param values creates the value
 * @param form writes the JSON of the same value
 * @param check returns whether the decoder supports a text
 */
record FastDecoder(TextDecoder values, JsonForm form, Check check) implements TextDecoder {

    /** For types whose exact decoder reads every text that Postgres can send, so that no check is needed. */
    static final Check NEVER_FAILS = (bytes, start, length) -> true;

    /** Writes a text as JSON. For a text that the decoder does not support it returns false and writes nothing. */
    @FunctionalInterface
    interface JsonForm {
        boolean write(byte[] bytes, int start, int length, JsonText json);
    }

    /** Checks a text without creating a value. */
    @FunctionalInterface
    interface Check {
        boolean passes(byte[] bytes, int start, int length);
    }

    @Override
    public @Nullable Object decode(byte[] bytes, int start, int length) {
        return values.decode(bytes, start, length);
    }

    @Override
    public boolean writeJson(byte[] bytes, int start, int length, JsonText json) {
        return form.write(bytes, start, length, json);
    }

    @Override
    public boolean cannotFail(byte[] bytes, int start, int length) {
        return check.passes(bytes, start, length);
    }
}
