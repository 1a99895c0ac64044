// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.config.OptionNames;
import dev.tributary.postgres.CatalogTable;
import dev.tributary.postgres.CatalogTable.Kind;
import dev.tributary.postgres.Publication;
import dev.tributary.postgres.Publication.PublishedTable;
import dev.tributary.postgres.TableName;
import dev.tributary.preflight.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks whether the changes of a partition carry a captured name. If {@code publish_via_partition_root} is false, they
 * carry the name of the partition; if it is true, the name of the topmost published ancestor (<a
 * href="https://www.postgresql.org/docs/18/sql-createpublication.html">CREATE PUBLICATION</a>).
 */
final class PartitionChecks {

    private static final String ROOT_PARAMETER = "publish_via_partition_root";

    private PartitionChecks() {}

    /** A captured partitioned table whose changes carry the names of partitions that are not captured. */
    static List<Finding> underPartitionName(PreflightRequest request, Facts facts) {
        if (viaRoot(request, facts)) {
            return List.of();
        }
        var captured = names(facts);
        var roots = new ArrayList<CatalogTable>();
        for (var root : partitioned(facts)) {
            if (facts.leaves(root).stream().anyMatch(leaf -> !captured.contains(leaf.name()))) {
                roots.add(root);
            }
        }
        if (roots.isEmpty()) {
            return List.of();
        }
        var publication = facts.publication();
        return List.of(new Finding(
                severity(request, facts),
                OptionNames.TABLE_INCLUDE_LIST,
                "Partitioned tables with partitions that are not captured: " + Names.of(roots),
                "Changes carry the name of the partition, because " + ROOT_PARAMETER
                        + " is false, so changes in partitions that are not captured are dropped",
                publication == null
                        ? new Fix.Advice("set publish.via.partition.root=true, so that changes carry the name of the"
                                + " partitioned table, or name the partitions in table.include.list")
                        : new Fix.Sql(carryingRootName(publication, roots, facts), "")));
    }

    /** A connector that has captured before continues: a partition may have been created since. */
    private static Severity severity(PreflightRequest request, Facts facts) {
        return Past.hasCaptured(request, facts) ? Severity.WARNING : Severity.ERROR;
    }

    /** The name is that of the topmost table that is published itself: a list of partitions does not do. */
    private static List<String> carryingRootName(Publication publication, List<CatalogTable> roots, Facts facts) {
        var sql = new PublicationSql(publication.name());
        var unnamed = roots.stream()
                .filter(root -> facts.lineage(root).noneMatch(publication::names))
                .toList();
        return Stream.concat(
                        unnamed.isEmpty() ? Stream.of() : sql.add(unnamed).stream(),
                        Stream.of(sql.set(ROOT_PARAMETER, "true")))
                .toList();
    }

    /** Captured partitions whose changes carry the name of an ancestor that is not captured. */
    static List<Finding> underRootName(PreflightRequest request, Facts facts) {
        var publication = facts.publication();
        if (publication == null || !publication.viaRoot()) {
            return List.of();
        }
        var captured = names(facts);
        var published = publication.tables().stream().map(PublishedTable::table).collect(Collectors.toSet());
        var partitions = new ArrayList<CatalogTable>();
        var roots = new TreeSet<TableName>();
        for (var table : facts.captured()) {
            facts.ancestors(table)
                    .filter(ancestor -> publication.allTables() || published.contains(ancestor))
                    .reduce((nearer, farther) -> farther)
                    .filter(root -> !captured.contains(root))
                    .ifPresent(root -> {
                        partitions.add(table);
                        roots.add(root);
                    });
        }
        if (partitions.isEmpty()) {
            return List.of();
        }
        return List.of(new Finding(
                severity(request, facts),
                OptionNames.TABLE_INCLUDE_LIST,
                "Partitions captured without the table they belong to: " + Names.of(partitions),
                "Their changes carry the name " + Names.shortened(roots) + ", because " + ROOT_PARAMETER
                        + " is true, and are dropped",
                new Fix.Advice("name the partitioned table in table.include.list, or run "
                        + new PublicationSql(publication.name()).set(ROOT_PARAMETER, "false"))));
    }

    /** Tables captured together with their partitions: no change is sent twice, but a snapshot reads the rows twice. */
    static List<Finding> both(PreflightRequest request, Facts facts) {
        var captured = names(facts);
        var roots = partitioned(facts).stream()
                .filter(root -> facts.leaves(root).stream().anyMatch(leaf -> captured.contains(leaf.name())))
                .toList();
        if (roots.isEmpty() || !request.snapshot().readsData()) {
            return List.of();
        }
        return List.of(Finding.info(
                OptionNames.TABLE_INCLUDE_LIST,
                "Tables captured together with their partitions: " + Names.of(roots),
                "A snapshot reads the rows of the partitions twice, and changes carry the name of the "
                        + (viaRoot(request, facts) ? "partitioned table" : "partition"),
                new Fix.Advice("exclude " + (viaRoot(request, facts) ? "the partitions" : "the partitioned table")
                        + " with table.exclude.list")));
    }

    /** Tables that others inherit from: a snapshot reads the rows of those, too, but their changes have other names. */
    static List<Finding> inherited(PreflightRequest request, Facts facts) {
        var inherited = facts.captured().stream()
                .filter(CatalogTable::inherited)
                .filter(table -> !request.snapshot().ownSelect().test(table.name()))
                .toList();
        if (inherited.isEmpty() || !request.snapshot().readsData()) {
            return List.of();
        }
        var first = inherited.get(0).name();
        return List.of(Finding.warning(
                OptionNames.TABLE_INCLUDE_LIST,
                "Captured tables that other tables inherit from: " + Names.of(inherited),
                "A snapshot sends the rows of the inheriting tables under this name as well, but each change carries the"
                        + " name of the table that holds the row: these rows stay as the snapshot read them, and rows of"
                        + " tables that inherit later are missing",
                new Fix.Advice("name the inheriting tables in table.include.list, and set"
                        + " snapshot.select.statement.overrides=" + first
                        + " and snapshot.select.statement.overrides." + first + "=SELECT * FROM ONLY "
                        + first.quoted())));
    }

    /** Whether changes carry the name of the partitioned table. */
    static boolean viaRoot(PreflightRequest request, Facts facts) {
        var publication = facts.publication();
        return publication == null ? request.publication().viaRoot() : publication.viaRoot();
    }

    private static List<CatalogTable> partitioned(Facts facts) {
        return facts.captured().stream()
                .filter(table -> table.kind() == Kind.PARTITIONED_TABLE)
                .toList();
    }

    private static Set<TableName> names(Facts facts) {
        return facts.captured().stream().map(CatalogTable::name).collect(Collectors.toSet());
    }
}
