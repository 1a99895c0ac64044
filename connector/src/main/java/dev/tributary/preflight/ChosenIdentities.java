// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.config.ChosenIdentity;
import dev.tributary.config.OptionNames;
import dev.tributary.postgres.CatalogTable;
import dev.tributary.postgres.Identifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The replica identities that {@code replica.identity.autoset.values} chooses. A table gets its identity before it is
 * published, in the same transaction: in between, Postgres would reject the updates of applications. Debezium sets it
 * when it opens the stream, which is after the snapshot, and never for a table that is created later.
 */
final class ChosenIdentities {

    private ChosenIdentities() {}

    /** The tables with captured rows whose identity the connector can set. */
    static Set<CatalogTable> settable(PreflightRequest request, Facts facts) {
        return statements(request, facts).keySet();
    }

    /**
     * The statements that the connector runs before it publishes tables: for those that it publishes, and for those
     * that are published already and whose updates Postgres rejects, as partitions can be.
     *
     * @param added the tables that the connector publishes
     * @param breaking tables whose updates Postgres rejects once they are published
     */
    static List<String> preparations(
            PreflightRequest request, Facts facts, Set<CatalogTable> added, Set<CatalogTable> breaking) {
        var published = PublicationChecks.published(request, facts);
        return statements(request, facts).entrySet().stream()
                .filter(entry -> added.contains(entry.getKey())
                        || (breaking.contains(entry.getKey())
                                && (published.contains(entry.getKey().name())
                                        || facts.ancestors(entry.getKey()).anyMatch(published::contains))))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static Map<CatalogTable, String> statements(PreflightRequest request, Facts facts) {
        var statements = new LinkedHashMap<CatalogTable, String>();
        if (!facts.server().inRecovery()) {
            facts.written().forEach(table -> {
                var chosen = chosen(request, table);
                if (chosen.size() == 1
                        && !isSet(table, chosen.get(0))
                        && obstacle(table, chosen.get(0), request, facts).isEmpty()) {
                    statements.put(table, alter(table, chosen.get(0)));
                }
            });
        }
        return statements;
    }

    private static List<ChosenIdentity> chosen(PreflightRequest request, CatalogTable table) {
        return request.publication().chosenIdentities().apply(table.name());
    }

    /** Which index it is at present is not known; it can be set again. */
    private static boolean isSet(CatalogTable table, ChosenIdentity chosen) {
        return chosen.kind() != ChosenIdentity.Kind.INDEX
                && table.replicaIdentity().name().equals(chosen.kind().name());
    }

    /** Why a table cannot be given the identity, or would not be identified by it; empty if it can. */
    private static Optional<String> obstacle(
            CatalogTable table, ChosenIdentity chosen, PreflightRequest request, Facts facts) {
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
        return RecordKeyChecks.isOutside(identity, table, request, facts)
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
            var chosen = chosen(request, table);
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
