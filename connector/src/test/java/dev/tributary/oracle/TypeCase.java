// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.util.List;
import java.util.stream.Stream;

/**
 * A type of a column and values that have something to them.
 *
 * @param type the type, as SQL writes it
 * @param values expressions of SQL
 * @param convertible whether Debezium has a value for each of them; what it has none for becomes null, and an event without
 *     the value of a column that is not null cannot be sent
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

    /** Values as expressions, where the notation would be too long or hold what SQL text cannot. */
    static TypeCase computed(String type, String... expressions) {
        return new TypeCase(
                type,
                Stream.of(expressions)
                        .map(expression -> "(" + expression + ")::" + type)
                        .toList(),
                true);
    }

    /** The same, if Debezium has no value for some of them. */
    TypeCase inPart() {
        return new TypeCase(type, values, false);
    }

    /** The column's name: its place in the table and its type. */
    String column(int place) {
        return "c" + place + "_" + type.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("_$", "");
    }

    /** The value in a row; there are fewer values than rows, so they come around again. */
    String value(int row) {
        return values.get(row % values.size());
    }
}
