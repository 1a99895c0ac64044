// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.config.ColumnList;
import dev.tributary.config.OptionNames;
import dev.tributary.postgres.CatalogColumn;
import dev.tributary.postgres.CatalogTable;
import dev.tributary.postgres.Identifier;
import dev.tributary.postgres.Publication.PublishedTable;
import dev.tributary.postgres.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks the columns of the captured tables. */
final class ColumnChecks {

    private ColumnChecks() {}

    /** Debezium keeps the columns of a table by their names in lower case. */
    static List<Finding> similarNames(PreflightRequest request, Facts facts) {
        var streamed = request.snapshot().initialOnly() ? Set.<TableName>of() : published(facts);
        var captured = captured(facts).collect(Collectors.toSet());
        var similar = facts.columns().stream()
                .filter(CatalogColumn::similar)
                .filter(column -> captured.contains(column) || streamed.contains(column.table()))
                .toList();
        if (similar.isEmpty()) {
            return List.of();
        }
        var last = similar.get(similar.size() - 1);
        return List.of(Finding.error(
                OptionNames.TABLE_INCLUDE_LIST,
                "Tables with columns whose names differ only by case: " + named(similar),
                "Debezium, whose model of tables this connector uses, cannot tell such columns apart: the stream"
                        + " would stop at the first change of such a table, even if it is only in the publication",
                new Fix.Advice(
                        "rename one of the columns (ALTER TABLE " + last.table().quoted() + " RENAME COLUMN "
                                + Identifier.quote(last.name())
                                + " TO …), or take the tables out of the publication and exclude them with"
                                + " table.exclude.list")));
    }

    /** Debezium hashes and masks text only, and sends other values as they are. */
    static List<Finding> masks(PreflightRequest request, Facts facts) {
        return ineffective(
                request,
                facts,
                ColumnList.Use.MASK,
                column -> !column.text(),
                "Masks and hashes change only text (text, varchar, char) and enums, so these values would be"
                        + " published as they are",
                "take the columns out of the option, and exclude them with column.exclude.list or mask them with the"
                        + " transform MaskFields");
    }

    /** The task knows the schema of the records, and also refuses others. */
    static List<Finding> truncations(PreflightRequest request, Facts facts) {
        return ineffective(
                request,
                facts,
                ColumnList.Use.TRUNCATE,
                column -> request.tables().columns().uncut().names().contains(column.base()),
                "Only values that are sent as text or bytes can be cut off, so these would be published whole",
                "take the columns out of the option, and exclude them with column.exclude.list");
    }

    private static List<Finding> ineffective(
            PreflightRequest request,
            Facts facts,
            ColumnList.Use use,
            Predicate<CatalogColumn> isUnchanged,
            String consequence,
            String fix) {
        var findings = new ArrayList<Finding>();
        var lists = request.tables().columns().lists().stream()
                .filter(list -> list.use() == use)
                .toList();
        for (ColumnList list : lists) {
            var matches = list.matches();
            var unchanged = captured(facts)
                    .filter(isUnchanged)
                    .filter(column -> request.tables().columns().captured().test(column))
                    .filter(column -> matches.test(column.table() + "." + column.name()))
                    .toList();
            if (!unchanged.isEmpty()) {
                findings.add(Finding.error(
                        list.option(),
                        "It matches columns that it does not change: " + typed(unchanged),
                        consequence,
                        new Fix.Advice(fix)));
            }
        }
        return findings;
    }

    private static Set<TableName> published(Facts facts) {
        var publication = facts.publication();
        if (publication == null) {
            return Set.of();
        }
        return publication.allTables()
                ? facts.tables().stream().map(CatalogTable::name).collect(Collectors.toSet())
                : publication.tables().stream().map(PublishedTable::table).collect(Collectors.toSet());
    }

    private static Stream<CatalogColumn> captured(Facts facts) {
        Set<TableName> names = facts.publishable().map(CatalogTable::name).collect(Collectors.toSet());
        return facts.columns().stream().filter(column -> names.contains(column.table()));
    }

    private static String named(List<CatalogColumn> columns) {
        return Names.shortened(columns.stream()
                .map(column -> column.table() + "." + column.name())
                .toList());
    }

    private static String typed(List<CatalogColumn> columns) {
        return Names.shortened(columns.stream()
                .map(column -> column.table() + "." + column.name() + " (" + column.type() + ")")
                .toList());
    }
}
