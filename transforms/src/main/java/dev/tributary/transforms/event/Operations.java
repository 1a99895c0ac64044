// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.event;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A choice of operations, by code or by name.
 *
 * @param chosen the chosen operations
 * @param tombstones whether tombstones are chosen as well; they have no operation
 */
public record Operations(Set<Operation> chosen, boolean tombstones) {

    private static final String TOMBSTONE = "tombstone";

    /** The possible entries, for messages: {@code c or create, u or update}, and so on. */
    public static final String ENTRIES = Arrays.stream(Operation.values())
            .map(operation -> operation.code() + " or " + name(operation))
            .collect(Collectors.joining(", ", "", ", " + TOMBSTONE));

    /** @throws IllegalArgumentException if an entry is not an operation, or there is no entry */
    public static Operations parse(List<String> entries) {
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("no operation is given; choose from " + ENTRIES);
        }
        Set<Operation> chosen = EnumSet.noneOf(Operation.class);
        boolean tombstones = false;
        for (String entry : entries) {
            if (entry.equals(TOMBSTONE)) {
                tombstones = true;
            } else {
                chosen.add(operation(entry));
            }
        }
        return new Operations(chosen, tombstones);
    }

    private static Operation operation(String entry) {
        return Arrays.stream(Operation.values())
                .filter(operation -> entry.equals(operation.code()) || entry.equals(name(operation)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + entry + "' is not one of " + ENTRIES));
    }

    private static String name(Operation operation) {
        return operation.name().toLowerCase(Locale.ROOT);
    }
}
