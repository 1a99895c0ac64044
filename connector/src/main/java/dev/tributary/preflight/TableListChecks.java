// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.config.Nearest;
import dev.tributary.config.OptionNames;
import dev.tributary.postgres.CatalogTable;
import dev.tributary.postgres.CatalogTable.Kind;
import dev.tributary.postgres.TableName;
import dev.tributary.preflight.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;

/** Checks whether the filters match existing tables whose changes can be captured. */
final class TableListChecks {

    private static final String NO_CHANGES = "Their changes are never published";

    private TableListChecks() {}

    static List<Finding> tablePatterns(PreflightRequest request, Facts facts) {
        var patterns = request.tables().tablePatterns();
        var nothing = facts.captured().isEmpty();
        if (nothing && patterns.isEmpty()) {
            return List.of(Finding.warning(
                    OptionNames.TABLE_INCLUDE_LIST,
                    "The filters match no table of database " + facts.server().database(),
                    "The connector runs, but sends nothing until a matching table is created",
                    new Fix.Advice("set table.include.list, or check the include and exclude lists")));
        }
        var findings = new ArrayList<Finding>();
        for (var pattern : patterns.stream().map(NamePattern::new).toList()) {
            tablePattern(pattern, facts, nothing, withoutMatch(OptionNames.TABLE_INCLUDE_LIST, pattern, request))
                    .ifPresent(findings::add);
        }
        return findings;
    }

    /**
     * How serious it is that an expression matches nothing. A name is misspelt, or its table is missing, and changes
     * would be missed without a word. A task that resumes has captured the table before: it was dropped since.
     */
    private static Severity withoutMatch(String option, NamePattern pattern, PreflightRequest request) {
        if (request.connector().waits()) {
            return Severity.INFO;
        }
        var isKnown = request.resumes() || request.connector().keeps(option, pattern);
        return pattern.isName() && !isKnown ? Severity.ERROR : Severity.WARNING;
    }

    private static Optional<Finding> tablePattern(
            NamePattern pattern, Facts facts, boolean nothingCaptured, Severity withoutMatch) {
        var names = facts.tables().stream().map(CatalogTable::name).toList();
        Predicate<String> matches;
        try {
            matches = pattern.matcher();
        } catch (PatternSyntaxException e) {
            return Optional.of(Finding.error(
                    OptionNames.TABLE_INCLUDE_LIST,
                    pattern + " is not a regular expression: " + e.getDescription(),
                    "It matches no table",
                    new Fix.Advice("write schema.table, or a Java regular expression that matches the whole of it")));
        }
        var waits = withoutMatch == Severity.INFO;
        var severity = nothingCaptured && !waits ? Severity.ERROR : withoutMatch;
        if (names.stream().map(TableName::toString).anyMatch(matches)) {
            return nothingCaptured
                    ? Optional.of(new Finding(
                            severity,
                            OptionNames.TABLE_INCLUDE_LIST,
                            pattern + " matches tables, but the other filters exclude all of them",
                            "The connector would capture no table",
                            new Fix.Advice("check schema.include.list, schema.exclude.list and table.exclude.list")))
                    : Optional.empty();
        }
        return Optional.of(new Finding(
                severity,
                OptionNames.TABLE_INCLUDE_LIST,
                pattern + " matches no table of database " + facts.server().database(),
                waits
                        ? "It captures a table once it is created (tables.missing=wait)"
                        : nothingCaptured ? "The connector would capture no table" : "It captures no table",
                new Fix.Advice(tableSuggestion(pattern, names, matches)
                        + (waits ? "" : "; if it is created later, set tables.missing=wait"))));
    }

    private static String tableSuggestion(NamePattern pattern, List<TableName> names, Predicate<String> matches) {
        var withoutSchema = names.stream()
                .filter(table -> matches.test(table.name()))
                .map(TableName::toString)
                .toList();
        if (!withoutSchema.isEmpty()) {
            return "include the schema: " + Names.shortened(withoutSchema);
        }
        var word = pattern.name();
        var nearest = Nearest.to(word, names.stream().map(TableName::toString).toList());
        if (nearest.isEmpty() && !word.contains(".")) {
            nearest = names.stream()
                    .filter(table -> !Nearest.to(word, List.of(table.name())).isEmpty())
                    .map(TableName::toString)
                    .limit(3)
                    .toList();
        }
        return nearest.isEmpty()
                ? "write schema.table as in the database, or create the table"
                : "did you mean " + String.join(" or ", nearest) + "?";
    }

    static List<Finding> schemaPatterns(PreflightRequest request, Facts facts) {
        var schemas = facts.tables().stream()
                .map(table -> table.name().schema())
                .distinct()
                .toList();
        return request.tables().schemaPatterns().stream()
                .map(NamePattern::new)
                .filter(pattern -> schemas.stream().noneMatch(pattern.matcherOrNone()))
                .map(pattern -> new Finding(
                        withoutMatch(OptionNames.SCHEMA_INCLUDE_LIST, pattern, request),
                        OptionNames.SCHEMA_INCLUDE_LIST,
                        pattern + " matches no schema that has a table",
                        "It captures no table",
                        new Fix.Advice("use one of the schemas that have tables: " + Names.shortened(schemas))))
                .toList();
    }

    /** {@code snapshot.include.collection.list}: rows of a table that it does not name are not read. */
    static List<Finding> snapshotPatterns(PreflightRequest request, Facts facts) {
        var findings = new ArrayList<Finding>();
        for (var expression : request.snapshot().includeList()) {
            var pattern = new NamePattern(expression);
            if (names(facts.captured()).stream().noneMatch(table -> matchesQuoted(pattern, table))) {
                var isElsewhere = names(facts.tables()).stream().anyMatch(table -> matchesQuoted(pattern, table));
                var withoutMatch = withoutMatch(OptionNames.SNAPSHOT_INCLUDE_COLLECTION_LIST, pattern, request);
                findings.add(new Finding(
                        withoutMatch == Severity.ERROR
                                        && (isElsewhere || !request.snapshot().readsData())
                                ? Severity.WARNING
                                : withoutMatch,
                        OptionNames.SNAPSHOT_INCLUDE_COLLECTION_LIST,
                        pattern
                                + (isElsewhere
                                        ? " matches only tables that are not captured"
                                        : " matches no captured table"),
                        "If another table is meant, its rows are not read: only its changes are sent",
                        new Fix.Advice(tableSuggestion(pattern, names(facts.captured()), pattern.matcherOrNone()))));
            }
        }
        return findings;
    }

    /** Debezium takes names with quotes here, too. */
    private static boolean matchesQuoted(NamePattern pattern, TableName table) {
        var matches = pattern.matcherOrNone();
        return matches.test(table.toString()) || matches.test('"' + table.schema() + "\".\"" + table.name() + '"');
    }

    /** {@code table.exclude.list}: often the same for several databases, so a name without a table is no error. */
    static List<Finding> excludePatterns(PreflightRequest request, Facts facts) {
        var names = names(facts.tables());
        return request.tables().excludePatterns().stream()
                .map(NamePattern::new)
                .filter(NamePattern::isName)
                .filter(pattern -> names.stream().map(TableName::toString).noneMatch(pattern.matcherOrNone()))
                .map(pattern -> Finding.warning(
                        OptionNames.TABLE_EXCLUDE_LIST,
                        pattern + " matches no table of database "
                                + facts.server().database(),
                        "It excludes nothing: if another table is meant, that one is captured",
                        new Fix.Advice(tableSuggestion(pattern, names, pattern.matcherOrNone()))))
                .toList();
    }

    private static List<TableName> names(List<CatalogTable> tables) {
        return tables.stream().map(CatalogTable::name).toList();
    }

    /** Only if the user lists tables: a user who captures everything does not expect views. */
    static List<Finding> unpublishable(PreflightRequest request, Facts facts) {
        if (request.tables().tablePatterns().isEmpty()) {
            return List.of();
        }
        var findings = new ArrayList<Finding>();
        var unlogged = facts.captured().stream().filter(CatalogTable::unlogged).toList();
        if (!unlogged.isEmpty()) {
            findings.add(Finding.warning(
                    OptionNames.TABLE_INCLUDE_LIST,
                    "Unlogged tables: " + Names.of(unlogged),
                    "Their changes are not in the WAL, so they cannot be captured, and a publication cannot include the"
                            + " tables",
                    new Fix.Sql(
                            unlogged.stream()
                                    .map(table -> "ALTER TABLE " + table.name().quoted() + " SET LOGGED")
                                    .toList(),
                            "")));
        }
        var foreign = ofKind(facts, Kind.FOREIGN_TABLE);
        if (!foreign.isEmpty()) {
            findings.add(Finding.warning(
                    OptionNames.TABLE_INCLUDE_LIST,
                    "Foreign tables: " + Names.of(foreign),
                    NO_CHANGES,
                    new Fix.Advice("capture them in the database that stores them, and remove them from"
                            + " table.include.list")));
        }
        var views = new ArrayList<>(ofKind(facts, Kind.VIEW));
        views.addAll(ofKind(facts, Kind.MATERIALIZED_VIEW));
        if (!views.isEmpty()) {
            findings.add(Finding.warning(
                    OptionNames.TABLE_INCLUDE_LIST,
                    "Views: " + Names.of(views),
                    NO_CHANGES,
                    new Fix.Advice("list the tables that they read from in table.include.list")));
        }
        return findings;
    }

    private static List<CatalogTable> ofKind(Facts facts, Kind kind) {
        return facts.captured().stream().filter(table -> table.kind() == kind).toList();
    }
}
