// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.config.OptionNames;
import dev.tributary.config.UnidentifiedTables;
import dev.tributary.postgres.CatalogTable;
import dev.tributary.postgres.CatalogTable.Kind;
import dev.tributary.postgres.CatalogTable.ReplicaIdentity;
import dev.tributary.postgres.Publication;
import dev.tributary.preflight.Finding.Severity;
import dev.tributary.preflight.PreflightRequest.PublicationMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks what the WAL keeps of the old row. It decides what consumers get, and whether applications can still write:
 * Postgres rejects an UPDATE or DELETE of a published table if the publication does not include the replica identity
 * (<a href="https://www.postgresql.org/docs/18/logical-replication-publication.html">Publication</a>).
 */
final class IdentityChecks {

    /** Since this version, generated columns can be published, and an identity with an unpublished one is rejected. */
    static final int GENERATED_PUBLISHED = 18;

    private static final String FAIL =
            "Postgres rejects every UPDATE and DELETE on a published table without one, so the applications that write to"
                    + " them FAIL";

    private IdentityChecks() {}

    static List<Finding> identity(PreflightRequest request, Facts facts) {
        if (isHarmless(request, facts)) {
            return List.of();
        }
        var settable = ChosenIdentities.settable(request, facts);
        var added = breaking(published(request, facts), facts).stream()
                .filter(table -> !settable.contains(table))
                .toList();
        var policy = request.publication().withoutIdentity();
        var findings = new ArrayList<Finding>();
        if (!added.isEmpty() && policy != UnidentifiedTables.ACCEPT) {
            findings.add(refused(request, facts, added));
        }
        var accepted = breaking(facts.written(), facts).stream()
                .filter(table -> !settable.contains(table))
                .filter(table -> policy == UnidentifiedTables.ACCEPT || !added.contains(table))
                .toList();
        if (!accepted.isEmpty()) {
            findings.add(finding(
                    Severity.WARNING,
                    request,
                    facts,
                    accepted,
                    FAIL,
                    "or exclude them with table.exclude.list and remove them from the publication"));
        }
        return findings;
    }

    /** Whether the publication, which may be created, has neither updates nor deletes: then Postgres rejects none. */
    static boolean isHarmless(PreflightRequest request, Facts facts) {
        var publication = facts.publication();
        return publication == null
                ? request.publication().skipped().containsAll(Set.of("u", "d"))
                : !publication.updates() && !publication.deletes();
    }

    private static Finding refused(PreflightRequest request, Facts facts, List<CatalogTable> tables) {
        return finding(
                Severity.ERROR,
                request,
                facts,
                tables,
                "The connector would publish them. " + FAIL,
                publishesByTable(request, facts)
                        ? "or set publication.tables.without.identity to skip, which leaves them out, or to accept, if"
                                + " nothing updates or deletes their rows"
                        : "or set publication.autocreate.mode=filtered, which publishes only captured tables, or"
                                + " publication.tables.without.identity=accept, if nothing updates or deletes their rows");
    }

    /**
     * The finding about the tables that are left out.
     *
     * @param facts with these tables
     */
    static List<Finding> leftOut(PreflightRequest request, Facts facts, Set<CatalogTable> tables) {
        if (tables.isEmpty()) {
            return List.of();
        }
        return List.of(finding(
                Severity.WARNING,
                request,
                facts,
                breaking(tables.stream().flatMap(table -> rows(table, facts)), facts),
                "They are left out: neither their rows nor their changes are captured"
                        + " (publication.tables.without.identity=skip)",
                "the next start then captures them"));
    }

    private static Finding finding(
            Severity severity,
            PreflightRequest request,
            Facts facts,
            List<CatalogTable> tables,
            String consequence,
            String then) {
        var generated = tables.stream().filter(CatalogTable::identityUsable).toList();
        return new Finding(
                severity,
                OptionNames.TABLE_INCLUDE_LIST,
                "Tables without a usable replica identity: " + Names.of(tables)
                        + (generated.isEmpty()
                                ? ""
                                : " (it contains generated columns that are not published: " + Names.of(generated)
                                        + ")"),
                consequence,
                fix(request, facts, tables, then));
    }

    /** Virtual columns cannot be published, so only a key identifies the rows of a table that has some. */
    private static Fix fix(PreflightRequest request, Facts facts, List<CatalogTable> tables, String then) {
        var statements = new ArrayList<String>();
        var keyless = new ArrayList<CatalogTable>();
        for (var table : tables) {
            var identity = identityFor(table, request, facts);
            if (identity.equals("FULL") && hasVirtual(table, facts)) {
                keyless.add(table);
            } else if (needsStored(table, facts)) {
                statements.add(publishStored(request));
            } else {
                statements.add(alter(table, identity));
            }
        }
        var more = (keyless.isEmpty()
                        ? ""
                        : "add a primary key, and use it as the replica identity, where a table has virtual generated"
                                + " columns: " + Names.of(keyless) + "; ")
                + then;
        return statements.isEmpty()
                ? new Fix.Advice(more)
                : new Fix.Sql(statements.stream().distinct().toList(), more);
    }

    /** The tables that the connector itself adds to its publication; of a partitioned table, its partitions. */
    private static Stream<CatalogTable> published(PreflightRequest request, Facts facts) {
        if (facts.publication() == null
                && request.publication().mode() == PublicationMode.ALL_TABLES
                && PublicationChecks.exists(request, facts).isEmpty()) {
            return facts.tables().stream().filter(table -> table.kind() == Kind.TABLE && table.publishable());
        }
        return PublicationChecks.addable(request, facts).stream().flatMap(table -> rows(table, facts));
    }

    private static boolean publishesByTable(PreflightRequest request, Facts facts) {
        return facts.publication() != null || request.publication().mode() != PublicationMode.ALL_TABLES;
    }

    /** The captured tables that the connector leaves out. */
    static Set<CatalogTable> skipped(PreflightRequest request, Facts facts) {
        return request.publication().withoutIdentity() == UnidentifiedTables.SKIP
                ? unpublishable(request, facts)
                : Set.of();
    }

    /** The captured tables that the connector must not add to its publication, because updates of them would fail. */
    static Set<CatalogTable> unpublishable(PreflightRequest request, Facts facts) {
        if (isHarmless(request, facts) || request.publication().withoutIdentity() == UnidentifiedTables.ACCEPT) {
            return Set.of();
        }
        var settable = ChosenIdentities.settable(request, facts);
        return PublicationChecks.lacking(request, facts).stream()
                .filter(table -> !settable.containsAll(breaking(rows(table, facts), facts)))
                .collect(Collectors.toSet());
    }

    private static Stream<CatalogTable> rows(CatalogTable table, Facts facts) {
        return table.kind() == Kind.PARTITIONED_TABLE ? facts.leaves(table).stream() : Stream.of(table);
    }

    private static List<CatalogTable> breaking(Stream<CatalogTable> tables, Facts facts) {
        return tables.filter(table -> !table.identityUsable()
                        || (table.replicaIdentity() == ReplicaIdentity.FULL && hasVirtual(table, facts))
                        || needsStored(table, facts))
                .distinct()
                .toList();
    }

    static boolean hasVirtual(CatalogTable table, Facts facts) {
        return facts.server().majorVersion() >= GENERATED_PUBLISHED
                && !table.virtualGenerated().isEmpty();
    }

    /** Whether the identity contains stored generated columns, and the publication exists and does not publish them. */
    private static boolean needsStored(CatalogTable table, Facts facts) {
        return lacksStored(table, facts) && table.identityContainsAny(table.storedGenerated());
    }

    /** Whether the table has stored generated columns that the publication, which exists, does not publish. */
    static boolean lacksStored(CatalogTable table, Facts facts) {
        var publication = facts.publication();
        return publication != null
                && mustPublishStored(publication, facts)
                && !table.storedGenerated().isEmpty();
    }

    static List<Finding> oldRow(PreflightRequest request, Facts facts) {
        if (!request.tables().needsOldRow()) {
            return List.of();
        }
        var becomingFull = ChosenIdentities.becomingFull(request, facts);
        var partial = facts.written()
                .filter(table -> table.replicaIdentity() != ReplicaIdentity.FULL && table.identityUsable())
                .filter(table -> !becomingFull.contains(table))
                .toList();
        if (partial.isEmpty()) {
            return List.of();
        }
        var possible =
                partial.stream().filter(table -> !hasVirtual(table, facts)).toList();
        var publication = facts.publication();
        var statements = new ArrayList<String>();
        if (publication != null
                && mustPublishStored(publication, facts)
                && possible.stream().anyMatch(table -> !table.storedGenerated().isEmpty())) {
            // Otherwise FULL would make Postgres reject updates of these tables.
            statements.add(publishStored(request));
        }
        possible.forEach(table -> statements.add(alter(table, "FULL")));
        return List.of(Finding.warning(
                OptionNames.TABLE_INCLUDE_LIST,
                "Tables without REPLICA IDENTITY FULL: " + Names.of(partial),
                "The configuration needs the whole old row, but the WAL keeps no more of it than the key",
                possible.size() == partial.size()
                        ? new Fix.Sql(statements, "")
                        : new Fix.Advice("a table with virtual generated columns cannot have it while it is published;"
                                + " drop these columns, or remove the option that needs the old row")));
    }

    private static boolean mustPublishStored(Publication publication, Facts facts) {
        return facts.server().majorVersion() >= GENERATED_PUBLISHED && !publication.storedGenerated();
    }

    static String publishStored(PreflightRequest request) {
        return new PublicationSql(request.publication().name()).set("publish_generated_columns", "stored");
    }

    /** A primary key is enough unless the identity is DEFAULT already: then it is deferrable and identifies no row. */
    private static String identityFor(CatalogTable table, PreflightRequest request, Facts facts) {
        var isDefault = table.replicaIdentity() == ReplicaIdentity.DEFAULT;
        var keyServes = table.primaryKey() && !isDefault;
        var mayBeKey = !request.tables().needsOldRow() || hasVirtual(table, facts);
        return keyServes && mayBeKey ? "DEFAULT" : "FULL";
    }

    static String alter(CatalogTable table, String identity) {
        return "ALTER TABLE " + table.name().quoted() + " REPLICA IDENTITY " + identity;
    }
}
