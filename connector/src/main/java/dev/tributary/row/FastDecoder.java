// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import org.jspecify.annotations.Nullable;

/**
 * A decoder that can write JSON, too.
 *
 * @param values makes the value
 * @param form writes the JSON of the same value
 * @param check tells whether a text is one of those it reads
 */
record FastDecoder(TextDecoder values, JsonForm form, Check check) implements TextDecoder {

    /** For types of which the exact decoder reads every text that Postgres can send, so that nothing has to be checked. */
    static final Check NEVER_FAILS = (bytes, start, length) -> true;

    /** Writes a text as JSON; answers false, and writes nothing, for what the decoder would not read either. */
    @FunctionalInterface
    interface JsonForm {
        boolean write(byte[] bytes, int start, int length, JsonText json);
    }

    /** Looks at a text without making anything of it. */
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
