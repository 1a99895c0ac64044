// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.config.HidingLists;
import dev.tributary.postgres.CatalogColumn;
import dev.tributary.postgres.CatalogTable;
import dev.tributary.postgres.CatalogTable.Kind;
import dev.tributary.postgres.Database;
import dev.tributary.postgres.Publication;
import dev.tributary.postgres.RelatedColumn;
import dev.tributary.postgres.Replicator;
import dev.tributary.postgres.Role;
import dev.tributary.postgres.Server;
import dev.tributary.postgres.Slot;
import dev.tributary.postgres.SlotSettings;
import dev.tributary.postgres.TableName;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The input of the checks: the database, read once.
 *
 * @param server the server
 * @param role the role that is logged in
 * @param slot the requested slot; null when it does not exist
 * @param slotSettings what the server is set to do with slots
 * @param replicators the connections that stream from the server
 * @param replicationRefusal why the server refuses a replication connection; null if it accepts one, or none is needed
 * @param publication the requested publication; null when it does not exist
 * @param tables every relation that users created
 * @param captured those of them that the connector's filters include, views among them
 * @param parents each partition's parent
 * @param columns columns of these tables: all if an option lists columns, otherwise only those whose names differ from
 *     another's only by case
 * @param related columns of captured tables that share values with other tables, if an option hides them there
 * @param streamed the oids of {@link NewPartitions} that the role may not read, and need not
 */
record Facts(
        Server server,
        Role role,
        @Nullable Slot slot,
        SlotSettings slotSettings,
        List<Replicator> replicators,
        @Nullable SQLException replicationRefusal,
        @Nullable Publication publication,
        List<CatalogTable> tables,
        List<CatalogTable> captured,
        Map<TableName, TableName> parents,
        List<CatalogColumn> columns,
        List<RelatedColumn> related,
        Set<Long> streamed) {

    Facts(
            Server server,
            Role role,
            @Nullable Slot slot,
            List<Replicator> replicators,
            @Nullable SQLException replicationRefusal,
            @Nullable Publication publication,
            List<CatalogTable> tables,
            List<CatalogTable> captured,
            Map<TableName, TableName> parents) {
        this(
                server,
                role,
                slot,
                new SlotSettings(null, Long.MAX_VALUE, null, List.of(), List.of(), List.of(), false),
                replicators,
                replicationRefusal,
                publication,
                tables,
                captured,
                parents,
                List.of(),
                List.of(),
                Set.of());
    }

    static Facts read(Database database, PreflightRequest request) throws SQLException {
        var tables = database.tables();
        var captured = tables.stream()
                .filter(table -> request.tables().captured().test(table.name()))
                .toList();
        var parents = parents(tables);
        return new Facts(
                database.server(),
                database.role(),
                database.slot(request.slot().name()).orElse(null),
                database.slotSettings(request.slot().name()),
                database.replicators(),
                request.snapshot().initialOnly()
                        ? null
                        : database.replicationRefusal().orElse(null),
                database.publication(
                                request.publication().name(), request.slot().name())
                        .orElse(null),
                tables,
                captured,
                parents,
                database.columns(!request.tables().columns().lists().isEmpty()),
                related(database, request, captured),
                NewPartitions.streamed(database, request, captured, parents));
    }

    /** Those whose values an option hides under another name; a table with many partitions has many columns. */
    private static List<RelatedColumn> related(Database database, PreflightRequest request, List<CatalogTable> captured)
            throws SQLException {
        var lists = HidingLists.of(request.tables().columns().lists());
        return lists.isEmpty()
                ? List.of()
                : database.relatedColumns(
                        captured.stream().map(CatalogTable::name).toList(),
                        column -> column.relative() != null && lists.hides(column.relativeText()));
    }

    /** The same without some of the captured tables. */
    Facts without(Set<CatalogTable> leftOut) {
        var remaining =
                captured.stream().filter(table -> !leftOut.contains(table)).toList();
        return leftOut.isEmpty()
                ? this
                : new Facts(
                        server,
                        role,
                        slot,
                        slotSettings,
                        replicators,
                        replicationRefusal,
                        publication,
                        tables,
                        remaining,
                        parents,
                        columns,
                        related,
                        streamed);
    }

    /** The captured tables that a publication can include. */
    Stream<CatalogTable> publishable() {
        return captured.stream().filter(CatalogTable::publishable);
    }

    /** The tables that hold captured rows: captured tables, and partitions of captured tables. */
    Stream<CatalogTable> written() {
        var names = captured.stream().map(CatalogTable::name).collect(Collectors.toSet());
        return tables.stream()
                .filter(table -> table.kind() == Kind.TABLE && table.publishable())
                .filter(table ->
                        names.contains(table.name()) || ancestors(table).anyMatch(names::contains));
    }

    /** Whether the filters include a table. */
    boolean isCaptured(TableName name) {
        return captured.stream().map(CatalogTable::name).anyMatch(name::equals);
    }

    /** A table, and the partitioned tables that it belongs to, nearest first. */
    Stream<TableName> lineage(CatalogTable table) {
        return Stream.concat(Stream.of(table.name()), ancestors(table));
    }

    /** The partitioned tables that a partition belongs to, nearest first. */
    Stream<TableName> ancestors(CatalogTable partition) {
        return Stream.iterate(partition.parent(), Objects::nonNull, parents::get)
                .map(Objects::requireNonNull);
    }

    /** The tables that hold the rows of a partitioned table. */
    List<CatalogTable> leaves(CatalogTable partitioned) {
        return tables.stream()
                .filter(table -> table.kind() == Kind.TABLE)
                .filter(table -> ancestors(table).anyMatch(partitioned.name()::equals))
                .toList();
    }

    private static Map<TableName, TableName> parents(List<CatalogTable> tables) {
        var parents = new HashMap<TableName, TableName>();
        for (var table : tables) {
            var parent = table.parent();
            if (parent != null) {
                parents.put(table.name(), parent);
            }
        }
        return parents;
    }
}
