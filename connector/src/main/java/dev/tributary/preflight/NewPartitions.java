// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.postgres.CatalogTable;
import dev.tributary.postgres.CatalogTable.Kind;
import dev.tributary.postgres.Database;
import dev.tributary.postgres.TableName;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Partitions that the role may not read, and need not: they are new, and all of their rows are streamed. */
final class NewPartitions {

    private NewPartitions() {}

    /**
     * The oids of captured partitions that have no rows yet. While the connector runs, also of those that were created
     * in their place, next to partitions that the stored offset knows.
     */
    static Set<Long> streamed(
            Database database, PreflightRequest request, List<CatalogTable> captured, Map<TableName, TableName> parents)
            throws SQLException {
        var sent = request.snapshot().backfill().sent();
        if (sent == null) {
            return Set.of();
        }
        var unread = captured.stream()
                .filter(table -> table.kind() == Kind.TABLE && table.parent() != null)
                .filter(table -> !table.access().readable())
                .toList();
        if (unread.isEmpty()) {
            return Set.of();
        }
        var streamed = database.emptyPartitions(oids(unread.stream()));
        if (!request.connector().running()) {
            return streamed;
        }
        var known = captured.stream()
                .filter(table -> sent.containsKey(table.name()))
                .flatMap(table -> ancestors(table, parents))
                .collect(Collectors.toSet());
        var inPlace = database.partitionsInPlace(
                oids(unread.stream().filter(table -> ancestors(table, parents).anyMatch(known::contains))));
        return Stream.concat(streamed.stream(), inPlace.stream()).collect(Collectors.toSet());
    }

    private static Stream<TableName> ancestors(CatalogTable table, Map<TableName, TableName> parents) {
        return Stream.iterate(table.parent(), Objects::nonNull, parents::get).map(Objects::requireNonNull);
    }

    private static List<Long> oids(Stream<CatalogTable> tables) {
        return tables.map(CatalogTable::oid).toList();
    }
}
