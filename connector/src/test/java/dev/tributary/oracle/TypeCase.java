// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.util.List;
import java.util.stream.Stream;

/**
 * A column type, and values that are hard to get right.
 *
 * @param type the type, as SQL writes it
 * @param values SQL expressions
 * @param convertible whether Debezium can convert all values; a value that it cannot convert becomes null, which is an
 *     error in a NOT NULL column
 */
record TypeCase(String type, List<String> values, boolean convertible) {

    /** Values in the notation of the type's input function. */
    static TypeCase typed(String type, String... texts) {
        return new TypeCase(
                type,
                Stream.of(texts)
                        .map(text -> "'" + text.replace("'", "''") + "'::" + type)
                        .toList(),
                true);
    }

    /** Values as expressions, for values that are too long to write down or cannot be written as SQL text. */
    static TypeCase computed(String type, String... expressions) {
        return new TypeCase(
                type,
                Stream.of(expressions)
                        .map(expression -> "(" + expression + ")::" + type)
                        .toList(),
                true);
    }

    /** The same, for a type some of whose values Debezium cannot convert. */
    TypeCase partlyConvertible() {
        return new TypeCase(type, values, false);
    }

    /** The column's name: its index in the table, and its type. */
    String column(int place) {
        return "c" + place + "_" + type.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("_$", "");
    }

    /** The value in a row. If there are fewer values than rows, they repeat. */
    String value(int row) {
        return values.get(row % values.size());
    }
}
