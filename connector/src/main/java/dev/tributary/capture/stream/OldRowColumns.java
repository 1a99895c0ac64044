// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.row.RowImage;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which columns the old rows of a table contain: those of the replica identity. In all others they have a null, which
 * says nothing. Where rows of several partitions arrive under one name, the row itself shows which identity it can
 * have.
 *
 * @param columns the columns of the table, in the order of its rows
 * @param identity those of its replica identity
 * @param required those that are {@code NOT NULL}
 * @param ofPartitions the identities of its partitions, if rows of partitions carry its name
 */
record OldRowColumns(
        List<String> columns, Set<String> identity, Set<String> required, Map<Integer, Set<String>> ofPartitions) {

    /** The same for rows that can have nulls in columns. */
    OldRowColumns allowing(Set<String> nulls) {
        return new OldRowColumns(
                columns,
                identity,
                required.stream().filter(column -> !nulls.contains(column)).collect(Collectors.toSet()),
                ofPartitions);
    }

    /** Whether an old row contains a column for certain, so that a null is its value. */
    boolean contain(String column, RowImage row) {
        if (ofPartitions.isEmpty()) {
            return identity.contains(column);
        }
        Collection<Set<String>> identities = ofPartitions.values();
        List<Set<String>> possible =
                identities.stream().filter(each -> isPossible(each, row)).toList();
        return (possible.isEmpty() ? identities : possible).stream().allMatch(each -> each.contains(column));
    }

    /** Whether a row can be one with this identity: it has values in no other column, and none is missing. */
    private boolean isPossible(Set<String> candidate, RowImage row) {
        for (int place = 0; place < Math.min(columns.size(), row.columns()); place++) {
            String column = columns.get(place);
            boolean isExpected = candidate.contains(column);
            if (row.isNull(place) ? isExpected && required.contains(column) : !isExpected) {
                return false;
            }
        }
        return true;
    }
}
