// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.config.HidingLists;
import dev.tributary.postgres.CatalogColumn;
import dev.tributary.postgres.CatalogTable;
import dev.tributary.postgres.CatalogTable.Kind;
import dev.tributary.postgres.Publication.PublishedTable;
import dev.tributary.postgres.RelatedColumn;
import dev.tributary.postgres.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Checks whether an option that hides a column does so under every name that its values are published under: that of
 * the partitioned table, of a partition, of a table that inherits.
 */
final class RelatedColumnChecks {

    private RelatedColumnChecks() {}

    /**
     * What an option hides under some names only.
     *
     * @param hidden the names that it matches
     * @param open the names under which the values are published as they are
     */
    private record Gap(Set<String> hidden, Set<String> open) {

        Gap() {
            this(new TreeSet<>(), new TreeSet<>());
        }
    }

    static List<Finding> hidden(PreflightRequest request, Facts facts) {
        var lists = HidingLists.of(request.tables().columns().lists());
        if (lists.isEmpty() || facts.related().isEmpty()) {
            return List.of();
        }
        var sent = facts.columns().stream()
                .filter(request.tables().columns().captured())
                .map(RelatedColumnChecks::text)
                .collect(Collectors.toSet());
        var carried = new Carried(request, facts);
        var gaps = new TreeMap<String, Gap>();
        for (var column : facts.related()) {
            if (column.relative() != null && sent.contains(column.text()) && carried.includes(column)) {
                lists.hidingOnly(column.relativeText(), column.text()).ifPresent(option -> {
                    var gap = gaps.computeIfAbsent(option, any -> new Gap());
                    gap.hidden.add(column.relativeText());
                    gap.open.add(column.text());
                });
            }
        }
        var findings = new ArrayList<Finding>();
        gaps.forEach((option, gap) -> findings.add(Finding.error(
                option,
                "It hides " + Names.shortened(gap.hidden) + ", but not " + Names.shortened(gap.open),
                "These tables have rows in common, which are published under the names of the latter as well, so the"
                        + " values would be published as they are",
                new Fix.Advice("add these names to the option; an expression such as "
                        + expression(gap.hidden.iterator().next())
                        + " also covers partitions that are created later"))));
        return findings;
    }

    /** Covers the tables whose names begin with that of a table. */
    private static String expression(String column) {
        int dot = column.lastIndexOf('.');
        return column.substring(0, dot).replace(".", "\\.") + ".*\\" + column.substring(dot);
    }

    /** Under which names rows are published. */
    private static final class Carried {

        private final PreflightRequest request;
        private final Map<TableName, CatalogTable> captured;
        private final boolean read;
        private final boolean viaRoot;
        private final Predicate<CatalogTable> underAnother;

        Carried(PreflightRequest request, Facts facts) {
            this.request = request;
            this.captured = facts.publishable().collect(Collectors.toMap(CatalogTable::name, table -> table));
            this.read = request.snapshot().readsData()
                    && (!request.resumes() || request.snapshot().always());
            var publication = facts.publication();
            this.viaRoot = publication == null ? request.publication().viaRoot() : publication.viaRoot();
            Set<TableName> published = publication == null
                    ? Set.of()
                    : publication.tables().stream().map(PublishedTable::table).collect(Collectors.toSet());
            boolean all = publication != null && publication.allTables();
            this.underAnother = table -> facts.ancestors(table)
                    .anyMatch(root -> all || published.contains(root) || captured.containsKey(root));
        }

        /** Whether values of the other table's column are published as those of the column. */
        boolean includes(RelatedColumn column) {
            var table = captured.get(column.table());
            if (table == null) {
                return false;
            }
            // The changes of a table that others inherit from are its own; a snapshot reads the rows of those as well.
            boolean ownRowsOnly = column.below() && !column.partitioned();
            boolean isRead = read
                    && request.snapshot().included().test(table.name())
                    && !(ownRowsOnly && request.snapshot().ownSelect().test(table.name()));
            return isRead || (!ownRowsOnly && !request.snapshot().initialOnly() && isStreamed(table));
        }

        private boolean isStreamed(CatalogTable table) {
            return viaRoot ? !underAnother.test(table) : table.kind() == Kind.TABLE;
        }
    }

    private static String text(CatalogColumn column) {
        return column.table() + "." + column.name();
    }
}
