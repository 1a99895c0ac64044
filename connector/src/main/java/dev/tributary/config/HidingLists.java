// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import dev.tributary.config.ColumnList.Use;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The options that keep values of columns from consumers: masks, hashes, truncations and {@code column.exclude.list}.
 */
public final class HidingLists {

    private static final Set<Use> HIDING = EnumSet.of(Use.MASK, Use.TRUNCATE, Use.EXCLUDE);

    private final List<Option> options;
    private final Predicate<String> accepted;

    private record Option(String name, Use use, Predicate<String> matches) {

        /** Whether it hides at least as much as another one. */
        boolean replaces(Option other) {
            return use != Use.TRUNCATE || other.use == Use.TRUNCATE;
        }
    }

    private HidingLists(List<Option> options, Predicate<String> accepted) {
        this.options = options;
        this.accepted = accepted;
    }

    /** Chooses them from all options that list columns. */
    public static HidingLists of(List<ColumnList> lists) {
        return new HidingLists(
                lists.stream()
                        .filter(list -> HIDING.contains(list.use()))
                        .map(list -> new Option(list.option(), list.use(), list.matches()))
                        .toList(),
                lists.stream()
                        .filter(list -> list.use() == Use.ACCEPT)
                        .map(ColumnList::matches)
                        .reduce(column -> false, Predicate::or));
    }

    public boolean isEmpty() {
        return options.isEmpty();
    }

    /** Whether one of them applies to a column, given as {@code schema.table.column}. */
    public boolean hides(String column) {
        return options.stream().anyMatch(option -> option.matches.test(column));
    }

    /** Whether a column may be sent although it is generated from a hidden one. */
    public boolean accepts(String column) {
        return accepted.test(column);
    }

    /** The option that hides values under one name of their column, if none does so under another name of it. */
    public Optional<String> hidingOnly(String name, String otherName) {
        return options.stream()
                .filter(option -> option.matches.test(name))
                .filter(option ->
                        options.stream().noneMatch(other -> other.replaces(option) && other.matches.test(otherName)))
                .map(Option::name)
                .findFirst();
    }
}
