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
                .toList();
        if (unreadable.isEmpty()) {
            return List.of();
        }
        var readsData = readsRows(request, facts);
        var readsAll = readsData && !request.tables().columnsFiltered();
        return List.of(new Finding(
                readsAll ? Finding.Severity.ERROR : Finding.Severity.WARNING,
                OptionNames.DATABASE_USER,
                "Role " + facts.role().name() + " is not allowed to read " + Names.of(unreadable),
                readsAll
                        ? "The snapshot of these tables would fail"
                        : readsData
                                ? "The snapshot of these tables fails, unless only columns that the role can read are"
                                        + " captured"
                                : "Changes are captured anyway, but a new snapshot of these tables would fail",
                new Fix.Sql(grants(unreadable, Identifier.quote(facts.role().name())), "")));
    }

    /** Logical decoding ignores policies, so only reading rows is concerned. */
    static List<Finding> rowSecurity(PreflightRequest request, Facts facts) {
        var filtered = Stream.concat(facts.publishable(), facts.written())
                .distinct()
                .filter(table -> table.access().filtered())
                .toList();
        if (filtered.isEmpty()) {
            return List.of();
        }
        var reads = readsRows(request, facts);
        return List.of(new Finding(
                reads ? Finding.Severity.ERROR : Finding.Severity.WARNING,
                OptionNames.DATABASE_USER,
                "Row-level security can hide rows from role " + facts.role().name() + ": " + Names.of(filtered),
                reads
                        ? "The snapshot would fail, because it would be incomplete otherwise"
                        : "Changes are captured anyway, all of them, but a new snapshot of these tables would fail",
                Fix.sql("ALTER ROLE " + Identifier.quote(facts.role().name()) + " BYPASSRLS")));
    }

    /**
     * Whether the connector will read rows. One that resumes has read them, unless it begins anew. One that is running
     * while it is validated has, or is doing so.
     */
    static boolean readsRows(PreflightRequest request, Facts facts) {
        var isRunning = request.connector().running()
                || (request.slot().storedPosition() == null && SlotChecks.isReadByUs(request, facts));
        return request.snapshot().readsData() && !isRunning && SlotGapChecks.beginsAnew(request, facts);
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
