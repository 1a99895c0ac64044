// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.config.HidingLists;
import dev.tributary.config.OptionNames;
import dev.tributary.postgres.CatalogColumn;
import dev.tributary.postgres.CatalogTable;
import dev.tributary.postgres.CatalogTable.Kind;
import dev.tributary.postgres.Publication.PublishedTable;
import dev.tributary.postgres.RelatedColumn;
import dev.tributary.postgres.TableName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Checks whether an option that hides a column does so under every name that its values are published under: that of
 * the partitioned table, of a partition, of a table that inherits, of a column that is generated from it.
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
        return gaps(request, facts, column -> !column.generated()).entrySet().stream()
                .map(gap -> finding(
                        gap,
                        "These tables have rows in common, which are published under the names of the latter as well,"
                                + " so the values would be published as they are",
                        "add these names to the option; an expression such as "
                                + expression(gap.getValue().hidden.iterator().next())
                                + " also covers partitions that are created later"))
                .toList();
    }

    /** A column that is generated from a hidden one can have its values, or say much about them. */
    static List<Finding> generated(PreflightRequest request, Facts facts) {
        var lists = HidingLists.of(request.tables().columns().lists());
        return gaps(request, facts, column -> column.generated() && !lists.accepts(column.text())).entrySet().stream()
                .map(gap -> finding(
                        gap,
                        "Postgres generates the values of the latter from those of the former, so what is to be hidden"
                                + " would be published",
                        "add these names to the option or to column.exclude.list; or, if their values may be published,"
                                + " to " + OptionNames.COLUMN_GENERATED_ACCEPT_LIST))
                .toList();
    }

    private static Finding finding(Map.Entry<String, Gap> gap, String consequence, String fix) {
        return Finding.error(
                gap.getKey(),
                "It hides " + Names.shortened(gap.getValue().hidden) + ", but not "
                        + Names.shortened(gap.getValue().open),
                consequence,
                new Fix.Advice(fix));
    }

    /** By the options that hide. */
    private static Map<String, Gap> gaps(PreflightRequest request, Facts facts, Predicate<RelatedColumn> considered) {
        var lists = HidingLists.of(request.tables().columns().lists());
        if (lists.isEmpty() || facts.related().isEmpty()) {
            return Map.of();
        }
        var sent = facts.columns().stream()
                .filter(request.tables().columns().captured())
                .map(RelatedColumnChecks::text)
                .collect(Collectors.toSet());
        var carried = new Carried(request, facts);
        var gaps = new TreeMap<String, Gap>();
        for (var column : facts.related()) {
            if (column.relative() != null
                    && considered.test(column)
                    && sent.contains(column.text())
                    && carried.includes(column)) {
                lists.hidingOnly(column.relativeText(), column.text()).ifPresent(option -> {
                    var gap = gaps.computeIfAbsent(option, any -> new Gap());
                    gap.hidden.add(column.relativeText());
                    gap.open.add(column.text());
                });
            }
        }
        return gaps;
    }

    /** Covers the tables whose names begin with that of a table. */
    private static String expression(String column) {
        int dot = column.lastIndexOf('.');
        return column.substring(0, dot).replace(".", "\\.") + ".*\\" + column.substring(dot);
    }

    /** Under which names rows are published. */
    private static final class Carried {

        private final PreflightRequest request;
        private final Facts facts;
        private final Map<TableName, CatalogTable> captured;
        private final boolean read;
        private final boolean viaRoot;
        private final Predicate<CatalogTable> underAnother;

        Carried(PreflightRequest request, Facts facts) {
            this.request = request;
            this.facts = facts;
            this.captured = facts.publishable().collect(Collectors.toMap(CatalogTable::name, table -> table));
            this.read = request.snapshot().readsData()
                    && (!Past.hasCaptured(request, facts) || request.snapshot().always());
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
            return isRead
                    || (!ownRowsOnly
                            && !request.snapshot().initialOnly()
                            && isStreamed(table)
                            && isStreamed(table, column.name()));
        }

        /** Whether changes have a column: a generated one only if the publication says so. */
        private boolean isStreamed(CatalogTable table, String column) {
            if (table.virtualGenerated().contains(column)) {
                return false;
            }
            var publication = facts.publication();
            return !table.storedGenerated().contains(column)
                    || (publication == null
                            ? PublicationChecks.createdWithStored(request, facts)
                            : publication.storedGenerated()
                                    || publication.tables().stream()
                                            .anyMatch(published ->
                                                    published.columns().contains(column)
                                                            && facts.lineage(table)
                                                                    .anyMatch(published.table()::equals)));
        }

        private boolean isStreamed(CatalogTable table) {
            return viaRoot ? !underAnother.test(table) : table.kind() == Kind.TABLE;
        }
    }

    private static String text(CatalogColumn column) {
        return column.table() + "." + column.name();
    }
}
