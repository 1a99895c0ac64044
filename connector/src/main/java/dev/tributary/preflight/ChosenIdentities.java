// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.config.ChosenIdentity;
import dev.tributary.config.OptionNames;
import dev.tributary.postgres.CatalogTable;
import dev.tributary.postgres.Identifier;
import dev.tributary.postgres.Publication;
import dev.tributary.postgres.Publication.PublishedTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The replica identities that {@code replica.identity.autoset.values} chooses. A table gets its identity before it is
 * published: in between, Postgres would reject the updates of applications. Debezium sets it when it opens the stream,
 * which is after the snapshot, and never for a table that is created later.
 */
final class ChosenIdentities {

    private ChosenIdentities() {}

    /** The tables with captured rows whose identity the connector can set. */
    static Set<CatalogTable> settable(PreflightRequest request, Facts facts) {
        return statements(request, facts).keySet();
    }

    /** Those of them that get {@code REPLICA IDENTITY FULL}. */
    static Set<CatalogTable> becomingFull(PreflightRequest request, Facts facts) {
        return settable(request, facts).stream()
                .filter(table -> chosen(table, request, facts).get(0).kind() == ChosenIdentity.Kind.FULL)
                .collect(Collectors.toSet());
    }

    /**
     * What the connector runs before it publishes tables. An identity locks its table against everything until its
     * transaction ends, so each has one of its own. A table that is published already can get it later: what is still
     * to be read was written without it.
     */
    static List<Preparation> preparations(PreflightRequest request, Facts facts) {
        var publication = facts.publication();
        return statements(request, facts).entrySet().stream()
                .map(each -> new Preparation(
                        List.of(each.getValue()),
                        each.getKey().name(),
                        request.resumes() && publication != null && isPublished(each.getKey(), publication, facts)))
                .toList();
    }

    private static boolean isPublished(CatalogTable table, Publication publication, Facts facts) {
        var published = publication.tables().stream().map(PublishedTable::table).collect(Collectors.toSet());
        return publication.allTables() || facts.lineage(table).anyMatch(published::contains);
    }

    private static Map<CatalogTable, String> statements(PreflightRequest request, Facts facts) {
        var statements = new LinkedHashMap<CatalogTable, String>();
        facts.written().forEach(table -> {
            var chosen = chosen(table, request, facts);
            if (chosen.size() == 1
                    && !isSet(table, chosen.get(0))
                    && obstacle(table, chosen.get(0), request, facts).isEmpty()) {
                statements.put(table, alter(table, chosen.get(0)));
            }
        });
        return statements;
    }

    /** Those for the table itself, or else for the partitioned table whose name its changes carry. */
    private static List<ChosenIdentity> chosen(CatalogTable table, PreflightRequest request, Facts facts) {
        var entries = request.publication().chosenIdentities();
        var own = entries.apply(table.name());
        return own.isEmpty()
                ? entries.apply(RecordKeyChecks.carrier(table, request, facts).name())
                : own;
    }

    /** Whether it is the identity already. Indexes over the same columns count as one: to set it locks the table. */
    private static boolean isSet(CatalogTable table, ChosenIdentity chosen) {
        return table.replicaIdentity().name().equals(chosen.kind().name())
                && (chosen.kind() != ChosenIdentity.Kind.INDEX
                        || index(table, chosen)
                                .map(table.identityIndexes()::get)
                                .filter(table.identityColumns()::equals)
                                .isPresent());
    }

    /** Why a table cannot be given the identity, or would not be identified by it; empty if it can. */
    private static Optional<String> obstacle(
            CatalogTable table, ChosenIdentity chosen, PreflightRequest request, Facts facts) {
        if (facts.server().inRecovery()) {
            return Optional.of("the server is a standby; it can be set on the primary");
        }
        if (!table.access().owned()) {
            return Optional.of("role " + facts.role().name() + " does not own it");
        }
        return switch (chosen.kind()) {
            case NOTHING -> Optional.of("it identifies no row");
            case DEFAULT ->
                table.identifiedByKey()
                        ? keyOutside(table, table.keyColumns(), request, facts)
                        : Optional.of("it has no primary key, or a deferrable one, which identifies no row");
            case INDEX ->
                index(table, chosen)
                        .map(index -> keyOutside(
                                table, table.identityIndexes().getOrDefault(index, List.of()), request, facts))
                        .orElse(Optional.of("it has no such unique index whose columns are NOT NULL"));
            case FULL ->
                IdentityChecks.hasVirtual(table, facts) || IdentityChecks.lacksStored(table, facts)
                        ? Optional.of("it has generated columns that are not published")
                        : Optional.empty();
        };
    }

    /** With such an identity, the WAL does not have the key of a deleted row. */
    private static Optional<String> keyOutside(
            CatalogTable table, List<String> identity, PreflightRequest request, Facts facts) {
        return !RecordKeyChecks.isHarmless(request, facts) && RecordKeyChecks.isOutside(identity, table, request, facts)
                ? Optional.of("it does not contain the key of the records, which deletes would lack")
                : Optional.empty();
    }

    /** The name is written without quotes, so Postgres reads it in lower case. */
    private static Optional<String> index(CatalogTable table, ChosenIdentity chosen) {
        return table.identityIndexes().keySet().stream()
                .filter(index -> index.equals(chosen.index())
                        || index.equals(chosen.index().toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    private static String alter(CatalogTable table, ChosenIdentity chosen) {
        var identity = index(table, chosen).filter(index -> chosen.kind() == ChosenIdentity.Kind.INDEX);
        return "ALTER TABLE " + table.name().quoted() + " REPLICA IDENTITY "
                + identity.map(index -> "USING INDEX " + Identifier.quote(index))
                        .orElse(chosen.kind().name());
    }

    /** The tables that keep their identity. Debezium sets also one that makes Postgres reject updates. */
    static List<Finding> impossible(PreflightRequest request, Facts facts) {
        var kept = new ArrayList<String>();
        for (var table : facts.written().toList()) {
            var chosen = chosen(table, request, facts);
            if (chosen.size() > 1) {
                kept.add(table.name() + " (several entries match it)");
            } else if (chosen.size() == 1 && !isSet(table, chosen.get(0))) {
                obstacle(table, chosen.get(0), request, facts)
                        .ifPresent(reason -> kept.add(table.name() + " (" + chosen.get(0) + ": " + reason + ")"));
            }
        }
        return kept.isEmpty()
                ? List.of()
                : List.of(Finding.warning(
                        OptionNames.REPLICA_IDENTITY_AUTOSET_VALUES,
                        "Tables that cannot be given the replica identity that the option chooses: "
                                + Names.shortened(kept),
                        "They keep the identity that they have",
                        new Fix.Advice(
                                "remove the reason, or choose another identity for these tables; FULL is possible"
                                        + " for every table that the role owns, unless it has generated columns")));
    }
}
