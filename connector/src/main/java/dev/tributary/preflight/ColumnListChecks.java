// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.config.ColumnList;
import dev.tributary.config.ColumnList.Use;
import dev.tributary.config.Nearest;
import dev.tributary.postgres.CatalogColumn;
import dev.tributary.postgres.CatalogTable;
import dev.tributary.postgres.TableName;
import dev.tributary.preflight.Finding.Severity;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks whether the options that list columns match columns of captured tables. A misspelt name would be ignored: what
 * should be hidden would be published, and what should be published would be missing.
 */
final class ColumnListChecks {

    /** The uses that are meant to keep values from consumers. */
    private static final Set<Use> HIDING = EnumSet.of(Use.MASK, Use.TRUNCATE, Use.EXCLUDE);

    /** Uses that hide nothing and leave nothing out if a name is wrong. */
    private static final Set<Use> HARMLESS = EnumSet.of(Use.KEY, Use.ACCEPT);

    private ColumnListChecks() {}

    static List<Finding> unmatched(PreflightRequest request, Facts facts) {
        var lists = request.tables().columns().lists();
        if (lists.isEmpty()) {
            return List.of();
        }
        var tables = facts.publishable().map(CatalogTable::name).collect(Collectors.toSet());
        var all = new ArrayList<String>();
        var captured = new ArrayList<String>();
        for (var column : facts.columns()) {
            all.add(text(column));
            if (tables.contains(column.table())) {
                captured.add(text(column));
            }
        }
        var findings = new ArrayList<Finding>();
        for (var list : lists) {
            for (var expression : list.expressions()) {
                var pattern = new NamePattern(expression);
                if (captured.stream().noneMatch(pattern.matcherOrNone())) {
                    var elsewhere = all.stream().filter(pattern.matcherOrNone()).findFirst();
                    findings.add(unmatched(request, facts, list, pattern, captured, elsewhere));
                }
            }
        }
        return findings;
    }

    private static Finding unmatched(
            PreflightRequest request,
            Facts facts,
            ColumnList list,
            NamePattern pattern,
            List<String> captured,
            Optional<String> elsewhere) {
        var waits = request.connector().waits() && (!pattern.isName() || !hasTable(pattern, facts));
        var isKnown = request.resumes() || request.connector().keeps(list.option(), pattern);
        var severity = Severity.WARNING;
        if (waits) {
            severity = Severity.INFO;
        } else if (pattern.isName() && elsewhere.isEmpty() && !HARMLESS.contains(list.use()) && !isKnown) {
            severity = Severity.ERROR;
        }
        return new Finding(
                severity,
                list.option(),
                elsewhere
                        .map(column ->
                                pattern + " matches only columns of tables that are not captured, such as " + column)
                        .orElse(pattern + " matches no column of a captured table"),
                waits ? "It applies to a table once it is created (tables.missing=wait)" : consequence(list.use()),
                new Fix.Advice(suggestion(pattern, captured)));
    }

    /** Whether the table that a name begins with exists. */
    private static boolean hasTable(NamePattern pattern, Facts facts) {
        var name = pattern.name().toLowerCase(Locale.ROOT);
        return facts.tables().stream()
                .map(table -> table.name().toString().toLowerCase(Locale.ROOT) + ".")
                .anyMatch(name::startsWith);
    }

    private static String consequence(Use use) {
        return switch (use) {
            case MASK -> "It hides nothing: if another column is meant, its values are published as they are";
            case TRUNCATE -> "It cuts nothing off: if another column is meant, its values are published whole";
            case EXCLUDE -> "It leaves nothing out: if another column is meant, its values are published";
            case INCLUDE -> "It includes nothing: if another column is meant, its values are missing in the events";
            case KEY -> "It is no part of a key: if another column is meant, records have another key than intended";
            case ACCEPT -> "It accepts nothing: columns that are generated from hidden ones are refused";
        };
    }

    private static String suggestion(NamePattern pattern, List<String> captured) {
        var name = pattern.name();
        var ending = "." + name.toLowerCase(Locale.ROOT);
        var withoutSchema = captured.stream()
                .filter(column -> column.toLowerCase(Locale.ROOT).endsWith(ending))
                .toList();
        if (!withoutSchema.isEmpty()) {
            return "name the schema and the table: " + Names.shortened(withoutSchema);
        }
        var nearest = nearest(name, captured);
        return (nearest.isEmpty()
                        ? "write schema.table.column as in the database"
                        : "did you mean " + String.join(" or ", nearest) + "?")
                + "; if the column no longer exists, remove it from the option; if its table is created later, set"
                + " tables.missing=wait";
    }

    /** A column of the same table is more likely than one of another table. */
    private static List<String> nearest(String name, List<String> captured) {
        var table = name.substring(0, name.lastIndexOf('.') + 1);
        var columns = captured.stream()
                .filter(column -> column.regionMatches(true, 0, table, 0, table.length()))
                .map(column -> column.substring(table.length()))
                .toList();
        var nearest = Nearest.to(name.substring(table.length()), columns).stream()
                .map(table::concat)
                .toList();
        return nearest.isEmpty() ? Nearest.to(name, captured) : nearest;
    }

    /** Options that hide values leave the key of the record as it is. */
    static List<Finding> keys(PreflightRequest request, Facts facts) {
        var findings = new ArrayList<Finding>();
        for (var list : request.tables().columns().lists()) {
            if (HIDING.contains(list.use())) {
                var tables = facts.publishable().map(CatalogTable::name).collect(Collectors.toSet());
                var matches = list.matches();
                var hidden = facts.columns().stream()
                        .filter(column -> tables.contains(column.table()) && matches.test(text(column)))
                        .filter(column -> isInKey(column, request))
                        .map(ColumnListChecks::text)
                        .toList();
                if (!hidden.isEmpty()) {
                    findings.add(Finding.warning(
                            list.option(),
                            "It matches columns of record keys: " + Names.shortened(hidden),
                            "The option does not apply to keys, so the values are published in the key of each record",
                            new Fix.Advice("choose other key columns with message.key.columns, or mask them with the"
                                    + " transform MaskFields, which changes keys as well")));
                }
            }
        }
        return findings;
    }

    private static boolean isInKey(CatalogColumn column, PreflightRequest request) {
        var chosen = request.tables().keyColumns().apply(column.table());
        return chosen.isEmpty() ? column.key() : chosen.stream().anyMatch(column.name()::equalsIgnoreCase);
    }

    private static String text(CatalogColumn column) {
        TableName table = column.table();
        return table + "." + column.name();
    }
}
