// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.config.OptionNames;
import dev.tributary.postgres.CatalogTable;
import dev.tributary.postgres.Publication.PublishedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Checks whether the publication publishes every row and every column of the captured tables. */
final class PublicationContentChecks {

    private static final int GENERATED_PUBLISHED = 18;

    private PublicationContentChecks() {}

    static List<Finding> filters(PreflightRequest request, Facts facts) {
        var publication = facts.publication();
        if (publication == null) {
            return List.of();
        }
        var captured = facts.publishable().map(CatalogTable::name).collect(Collectors.toSet());
        var partial = publication.tables().stream()
                .filter(table -> captured.contains(table.table()))
                .filter(table -> table.rowFilter() != null || !table.columns().isEmpty())
                .toList();
        if (partial.isEmpty()) {
            return List.of();
        }
        var sql = new PublicationSql(publication.name());
        return List.of(Finding.warning(
                OptionNames.PUBLICATION_NAME,
                "Publication " + publication.name() + " has row filters or column lists: "
                        + Names.shortened(partial.stream()
                                .map(PublicationContentChecks::described)
                                .toList()),
                "A snapshot reads the rows and columns that are filtered out, but changes to them are not captured",
                new Fix.Sql(
                        partial.stream()
                                .map(table -> table.table().quoted())
                                .flatMap(table ->
                                        List.of(sql.alter("DROP TABLE " + table), sql.alter("ADD TABLE " + table))
                                                .stream())
                                .toList(),
                        "")));
    }

    /** Without the text of the filter, because it can contain values. */
    private static String described(PublishedTable table) {
        var parts = new ArrayList<String>();
        if (table.rowFilter() != null) {
            parts.add("rows filtered");
        }
        if (!table.columns().isEmpty()) {
            parts.add("only columns " + String.join(", ", table.columns()));
        }
        return table.table() + " (" + String.join("; ", parts) + ")";
    }

    static List<Finding> generatedColumns(PreflightRequest request, Facts facts) {
        var publication = facts.publication();
        var findings = new ArrayList<Finding>();
        if (publication == null
                ? !PublicationChecks.createdWithStored(request, facts)
                : !publication.storedGenerated()) {
            var stored = columns(facts, CatalogTable::storedGenerated);
            if (!stored.isEmpty()) {
                findings.add(generated(
                        stored,
                        facts.server().majorVersion() >= GENERATED_PUBLISHED && publication != null
                                ? Fix.sql(new PublicationSql(publication.name())
                                        .set("publish_generated_columns", "stored"))
                                : new Fix.Advice("exclude them from the snapshot as well: column.exclude.list="
                                        + String.join(",", stored))));
            }
        }
        var virtual = columns(facts, CatalogTable::virtualGenerated);
        if (!virtual.isEmpty()) {
            findings.add(generated(
                    virtual,
                    new Fix.Advice("exclude them from the snapshot as well: column.exclude.list="
                            + String.join(",", virtual))));
        }
        return findings;
    }

    private static Finding generated(List<String> columns, Fix fix) {
        return Finding.warning(
                OptionNames.PUBLICATION_NAME,
                "Generated columns that are not published: " + Names.shortened(columns),
                "Rows of a snapshot have their values, but changes do not",
                fix);
    }

    private static List<String> columns(Facts facts, Function<CatalogTable, List<String>> generated) {
        return facts.publishable()
                .flatMap(table -> generated.apply(table).stream().map(column -> table.name() + "." + column))
                .toList();
    }
}
