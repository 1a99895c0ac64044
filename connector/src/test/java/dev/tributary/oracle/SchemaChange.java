// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.util.List;
import java.util.stream.Stream;

/**
 * A table that is changed while it is captured.
 *
 * @param table its name
 * @param steps what is done to it, in steps; a step may be several statements
 * @param retypes whether a column had another type before, or nulls that it cannot have any more, under the same name
 * @param rekeys whether the table had another primary key before, or is no longer found under its name
 */
record SchemaChange(String table, List<List<String>> steps, boolean retypes, boolean rekeys) {

    /** Steps of statements, separated by semicolons. {@code $} is replaced by the table. */
    static SchemaChange of(String table, String... steps) {
        return new SchemaChange(
                table,
                Stream.of(steps)
                        .map(step -> Stream.of(step.replace("$", table).split(";\\s*"))
                                .toList())
                        .toList(),
                false,
                false);
    }

    /** The same change, marked as one that gives a column another type, or forbids nulls in it. */
    SchemaChange retyping() {
        return new SchemaChange(table, steps, true, rekeys);
    }

    /** The same change, marked as one after which the catalog has another primary key, or none. */
    SchemaChange rekeying() {
        return new SchemaChange(table, steps, retypes, true);
    }

    /** Whether the catalog shows, after all steps, what the table was before them. */
    boolean leavesTraces() {
        return !retypes && !rekeys;
    }

    /** The statements of a step; none if there are fewer steps. */
    List<Statement> step(int number) {
        return number < steps.size() ? Statement.on(0, steps.get(number).toArray(String[]::new)) : List.of();
    }
}
