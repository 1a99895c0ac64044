// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A decoder that can also write the value without creating it.
 *
 * @param values creates the value
 * @param json writes the JSON of the same value
 * @param avro writes the same value in Avro's encoding
 * @param check returns whether the decoder supports a text
 */
record FastDecoder(TextDecoder values, JsonForm json, AvroForm avro, Check check) implements TextDecoder {

    /** For types whose exact decoder reads every text that Postgres can send, so that no check is needed. */
    static final Check NEVER_FAILS = (bytes, start, length) -> true;

    /** For types whose JSON needs the value. */
    static final JsonForm NO_JSON = (bytes, start, length, json) -> false;

    /** Writes a text as JSON. For a text that the decoder does not support it returns false and writes nothing. */
    @FunctionalInterface
    interface JsonForm {
        boolean write(byte[] bytes, int start, int length, JsonText json);
    }

    /** Writes a text in Avro's encoding. For a text that it does not support it returns false and writes nothing. */
    @FunctionalInterface
    interface AvroForm {
        boolean write(byte[] bytes, int start, int length, AvroBytes avro);
    }

    /** Checks a text without creating a value. */
    @FunctionalInterface
    interface Check {
        boolean passes(byte[] bytes, int start, int length);
    }

    /** Reads a whole number from a text; {@link Digits#NONE} for a text that it does not support. */
    @FunctionalInterface
    interface NumberText {

        long number(byte[] bytes, int start, int length);

        default boolean isSupported(byte[] bytes, int start, int length) {
            return number(bytes, start, length) != Digits.NONE;
        }
    }

    /**
     * A decoder of whole numbers, which are numbers in JSON and Avro as well.
     *
     * @param value creates the value of a number
     */
    static FastDecoder ofNumbers(NumberText text, LongFunction<Object> value) {
        return ofNumbers(
                text,
                value,
                (bytes, start, length, json) -> {
                    long number = text.number(bytes, start, length);
                    if (number != Digits.NONE) {
                        json.number(number);
                    }
                    return number != Digits.NONE;
                },
                text::isSupported);
    }

    /** The same with another JSON form and another check. */
    static FastDecoder ofNumbers(NumberText text, LongFunction<Object> value, JsonForm json, Check check) {
        return new FastDecoder(
                (bytes, start, length) -> {
                    long number = text.number(bytes, start, length);
                    return number == Digits.NONE ? TextDecoder.UNSUPPORTED : value.apply(number);
                },
                json,
                (bytes, start, length, avro) -> {
                    long number = text.number(bytes, start, length);
                    if (number != Digits.NONE) {
                        avro.number(number);
                    }
                    return number != Digits.NONE;
                },
                check);
    }

    @Override
    public @Nullable Object decode(byte[] bytes, int start, int length) {
        return values.decode(bytes, start, length);
    }

    @Override
    public boolean writeJson(byte[] bytes, int start, int length, JsonText text) {
        return json.write(bytes, start, length, text);
    }

    @Override
    public boolean writeAvro(byte[] bytes, int start, int length, AvroBytes target) {
        return avro.write(bytes, start, length, target);
    }

    @Override
    public boolean cannotFail(byte[] bytes, int start, int length) {
        return check.passes(bytes, start, length);
    }
}
