// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.config.OptionNames;
import dev.tributary.postgres.CatalogTable;
import dev.tributary.postgres.Identifier;
import dev.tributary.postgres.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Checks whether the role has the privileges that the connector needs. */
final class RoleChecks {

    /** The consequence if rows of a new table cannot be read. */
    private static final String UNREAD = "Changes are captured, but the rows that exist already are not sent: the"
            + " connector reads those of tables that are new to it while it streams (new.tables=backfill), and cannot";

    private RoleChecks() {}

    static List<Finding> replication(PreflightRequest request, Facts facts) {
        var role = facts.role();
        if (role.mayReplicate()) {
            return List.of();
        }
        var name = Identifier.quote(role.name());
        return List.of(Finding.error(
                OptionNames.DATABASE_USER,
                "Role " + role.name() + " is not allowed to replicate",
                "The connector can neither create a slot nor read from one",
                Fix.sql(
                        facts.server().provider() == Provider.AMAZON_RDS
                                ? "GRANT rds_replication TO " + name
                                : "ALTER ROLE " + name + " REPLICATION")));
    }

    static List<Finding> select(PreflightRequest request, Facts facts) {
        var unreadable = facts.publishable()
                .filter(table ->
                        !table.access().schemaUsable() || !table.access().selectable())
                .filter(table -> request.snapshot().included().test(table.name()))
                .toList();
        var parts = byReading(unreadable, request, facts);
        var readsAll = !request.tables().columnsFiltered();
        var unless = readsAll ? "" : ", unless only columns that the role can read are captured";
        var findings = new ArrayList<Finding>();
        if (!parts.snapshot().isEmpty()) {
            findings.add(
                    unreadable(parts.snapshot(), facts, readsAll, "The snapshot of these tables would fail" + unless));
        }
        if (!parts.backfill().isEmpty()) {
            findings.add(unreadable(parts.backfill(), facts, readsAll, UNREAD + unless));
        }
        if (!parts.known().isEmpty()) {
            findings.add(unreadable(
                    parts.known(),
                    facts,
                    false,
                    "Changes are captured anyway, but a new snapshot of these tables would fail"));
        }
        return findings;
    }

    private static Finding unreadable(List<CatalogTable> tables, Facts facts, boolean isError, String consequence) {
        return new Finding(
                isError ? Finding.Severity.ERROR : Finding.Severity.WARNING,
                OptionNames.DATABASE_USER,
                "Role " + facts.role().name() + " is not allowed to read " + Names.of(tables),
                consequence,
                new Fix.Sql(grants(tables, Identifier.quote(facts.role().name())), ""));
    }

    /**
     * Tables by who is going to read their rows.
     *
     * @param snapshot the snapshot reads them
     * @param backfill they are read while the connector streams
     * @param known their rows have been read, or need not be
     */
    private record ByReading(List<CatalogTable> snapshot, List<CatalogTable> backfill, List<CatalogTable> known) {}

    private static ByReading byReading(List<CatalogTable> tables, PreflightRequest request, Facts facts) {
        if (readsRows(request, facts)) {
            return new ByReading(tables, List.of(), List.of());
        }
        var unread = UnreadTables.of(request, facts);
        return new ByReading(
                List.of(),
                tables.stream().filter(unread).toList(),
                tables.stream().filter(unread.negate()).toList());
    }

    /** Logical decoding ignores policies, so only reading rows is concerned. */
    static List<Finding> rowSecurity(PreflightRequest request, Facts facts) {
        var filtered = Stream.concat(facts.publishable(), facts.written())
                .distinct()
                .filter(table -> table.access().filtered())
                .filter(table -> isIncluded(table, request, facts))
                .toList();
        var parts = byReading(filtered, request, facts);
        var findings = new ArrayList<Finding>();
        if (!parts.snapshot().isEmpty()) {
            findings.add(hidden(
                    parts.snapshot(),
                    facts,
                    Finding.Severity.ERROR,
                    "The snapshot would fail, because it would be incomplete otherwise"));
        }
        if (!parts.backfill().isEmpty()) {
            findings.add(hidden(parts.backfill(), facts, Finding.Severity.ERROR, UNREAD));
        }
        if (!parts.known().isEmpty()) {
            findings.add(hidden(
                    parts.known(),
                    facts,
                    Finding.Severity.WARNING,
                    "Changes are captured anyway, all of them, but a new snapshot of these tables would fail"));
        }
        return findings;
    }

    /** Whether the rows of a table are read, as its own or as those of a table that it is a partition of. */
    private static boolean isIncluded(CatalogTable table, PreflightRequest request, Facts facts) {
        var included = request.snapshot().included();
        return included.test(table.name()) || facts.ancestors(table).anyMatch(included);
    }

    private static Finding hidden(
            List<CatalogTable> tables, Facts facts, Finding.Severity severity, String consequence) {
        return new Finding(
                severity,
                OptionNames.DATABASE_USER,
                "Row-level security can hide rows from role " + facts.role().name() + ": " + Names.of(tables),
                consequence,
                Fix.sql("ALTER ROLE " + Identifier.quote(facts.role().name()) + " BYPASSRLS"));
    }

    /**
     * Whether the connector will read rows. One that resumes has read them, unless it begins anew. One that has
     * captured before it is validated has, or is doing so.
     */
    static boolean readsRows(PreflightRequest request, Facts facts) {
        var hasRead = request.connector().running()
                || (request.connector().validating()
                        && Past.hasCaptured(request, facts)
                        && !request.snapshot().always());
        return request.snapshot().readsData() && !hasRead && SlotGapChecks.beginsAnew(request, facts);
    }

    private static List<String> grants(List<CatalogTable> unreadable, String role) {
        var grants = new ArrayList<String>();
        unreadable.stream()
                .filter(table -> !table.access().schemaUsable())
                .map(table -> Identifier.quote(table.name().schema()))
                .distinct()
                .forEach(schema -> grants.add("GRANT USAGE ON SCHEMA " + schema + " TO " + role));
        var unselectable = unreadable.stream()
                .filter(table -> !table.access().selectable())
                .toList();
        for (var portion : Names.portions(unselectable)) {
            grants.add("GRANT SELECT ON " + Names.quoted(portion) + " TO " + role);
        }
        return grants;
    }
}
