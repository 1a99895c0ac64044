// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.config.OptionNames;
import dev.tributary.postgres.CatalogTable;
import dev.tributary.postgres.CatalogTable.Kind;
import dev.tributary.postgres.Publication;
import dev.tributary.postgres.Publication.PublishedTable;
import dev.tributary.postgres.TableName;
import dev.tributary.preflight.PreflightRequest.PublicationMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks whether the publication exists or can be created, and publishes the changes of the captured tables. */
final class PublicationChecks {

    private PublicationChecks() {}

    static List<Finding> exists(PreflightRequest request, Facts facts) {
        var settings = request.publication();
        if (facts.publication() != null) {
            return List.of();
        }
        var obstacle = obstacle(request, facts);
        if (obstacle.isEmpty()) {
            return List.of();
        }
        var sql = new PublicationSql(settings.name());
        return List.of(Finding.error(
                OptionNames.PUBLICATION_NAME,
                "There is no publication " + settings.name() + ", and the connector cannot create it: " + obstacle,
                "Without it the connector cannot read changes",
                new Fix.Sql(
                        settings.mode() == PublicationMode.ALL_TABLES
                                ? List.of(sql.createForAllTables(options(request, facts)))
                                : sql.create(facts.publishable().toList(), options(request, facts)),
                        onPrimary(facts))));
    }

    private static String onPrimary(Facts facts) {
        return facts.server().inRecovery()
                ? "run the statements on the primary, and wait until the standby has replayed them"
                : "";
    }

    /** The options of a publication that does not exist yet. */
    private static PublicationSql.Options options(PreflightRequest request, Facts facts) {
        return new PublicationSql.Options(
                request.publication().viaRoot(),
                createdWithStored(request, facts),
                request.publication().skipped());
    }

    /**
     * Whether a publication that does not exist yet will publish stored generated columns. Without them, changes lack
     * values that the rows of a snapshot have, and Postgres rejects updates of a table whose identity has one of them.
     */
    static boolean createdWithStored(PreflightRequest request, Facts facts) {
        if (facts.publication() != null || facts.server().majorVersion() < IdentityChecks.GENERATED_PUBLISHED) {
            return false;
        }
        return switch (request.publication().mode()) {
            case ALL_TABLES ->
                facts.tables().stream()
                        .anyMatch(table -> !table.storedGenerated().isEmpty());
            case NO_TABLES, FILTERED, DISABLED ->
                Stream.concat(facts.publishable(), facts.written())
                        .anyMatch(table -> !table.storedGenerated().isEmpty());
        };
    }

    /** Why the connector cannot create the publication; empty when it can. */
    private static String obstacle(PreflightRequest request, Facts facts) {
        var role = facts.role();
        if (facts.server().inRecovery()) {
            return "the server is a standby";
        }
        return switch (request.publication().mode()) {
            case DISABLED -> "publication.autocreate.mode is disabled";
            case ALL_TABLES ->
                role.superuser() || !role.adminRoles().isEmpty()
                        ? ""
                        : "FOR ALL TABLES requires a superuser, and role " + role.name() + " is not one";
            case NO_TABLES -> role.mayCreateInDatabase() ? "" : mayNotCreate(facts);
            case FILTERED -> {
                var others = facts.publishable()
                        .filter(table -> !table.access().owned())
                        .toList();
                var reasons = new ArrayList<String>();
                if (!role.mayCreateInDatabase()) {
                    reasons.add(mayNotCreate(facts));
                }
                if (!others.isEmpty()) {
                    reasons.add("role " + role.name() + " does not own " + Names.of(others));
                }
                yield String.join(", and ", reasons);
            }
        };
    }

    private static String mayNotCreate(Facts facts) {
        return "role " + facts.role().name() + " lacks CREATE on database "
                + facts.server().database();
    }

    static List<Finding> covers(PreflightRequest request, Facts facts) {
        var publication = facts.publication();
        if (publication == null || publication.allTables()) {
            return List.of();
        }
        var uncovered = uncovered(publication, facts);
        if (uncovered.isEmpty() || addedByConnector(request, facts, publication, uncovered)) {
            return List.of();
        }
        var tolerable = request.publication().mode() != PublicationMode.FILTERED
                && request.tables().tablePatterns().isEmpty();
        return List.of(new Finding(
                tolerable ? Finding.Severity.WARNING : Finding.Severity.ERROR,
                OptionNames.PUBLICATION_NAME,
                "Publication " + publication.name() + " lacks " + Names.of(uncovered)
                        + ", and the connector cannot add them (publication.autocreate.mode is "
                        + Names.option(request.publication().mode()) + ", its owner is " + publication.owner() + ")",
                "Changes in these tables would not be captured",
                new Fix.Sql(new PublicationSql(publication.name()).add(uncovered), onPrimary(facts))));
    }

    /** The statements that the connector itself runs where {@link #exists} and {@link #covers} find no problem. */
    static List<String> preparations(PreflightRequest request, Facts facts) {
        if (facts.server().inRecovery()) {
            return List.of();
        }
        var settings = request.publication();
        var sql = new PublicationSql(settings.name());
        var publication = facts.publication();
        if (publication == null) {
            return switch (settings.mode()) {
                case DISABLED -> List.of();
                case ALL_TABLES -> List.of(sql.createForAllTables(options(request, facts)));
                case NO_TABLES -> sql.create(List.of(), options(request, facts));
                case FILTERED -> sql.create(facts.publishable().toList(), options(request, facts));
            };
        }
        var uncovered = publication.allTables() ? List.<CatalogTable>of() : uncovered(publication, facts);
        return addedByConnector(request, facts, publication, uncovered) ? sql.add(uncovered) : List.of();
    }

    /**
     * The captured tables that the publication lacks; all of them if it does not exist and is created for them. Whether
     * the connector may add them is another question.
     */
    static List<CatalogTable> lacking(PreflightRequest request, Facts facts) {
        var publication = facts.publication();
        if (request.publication().mode() != PublicationMode.FILTERED
                || (publication != null && publication.allTables())) {
            return List.of();
        }
        return publication == null ? facts.publishable().toList() : uncovered(publication, facts);
    }

    /** The captured tables that the publication includes. */
    static Set<TableName> published(PreflightRequest request, Facts facts) {
        var publication = facts.publication();
        if (publication == null) {
            return Set.of();
        }
        var uncovered = publication.allTables() ? List.<CatalogTable>of() : uncovered(publication, facts);
        return facts.publishable()
                .filter(table -> !uncovered.contains(table))
                .map(CatalogTable::name)
                .collect(Collectors.toSet());
    }

    /** The captured tables that the connector itself will add to its publication. */
    static List<CatalogTable> addable(PreflightRequest request, Facts facts) {
        var lacking = lacking(request, facts);
        var publication = facts.publication();
        var possible = publication == null
                ? obstacle(request, facts).isEmpty()
                : addedByConnector(request, facts, publication, lacking);
        return possible ? lacking : List.of();
    }

    private static boolean addedByConnector(
            PreflightRequest request, Facts facts, Publication publication, List<CatalogTable> uncovered) {
        return request.publication().mode() == PublicationMode.FILTERED
                && !facts.server().inRecovery()
                && publication.alterable()
                && uncovered.stream().allMatch(table -> table.access().owned());
    }

    private static List<CatalogTable> uncovered(Publication publication, Facts facts) {
        var published = publication.tables().stream().map(PublishedTable::table).collect(Collectors.toSet());
        return facts.publishable()
                .filter(table -> !covered(table, publication, published, facts))
                .toList();
    }

    /**
     * The catalog lists either a partitioned table or its partitions, and neither if it has no partitions; with
     * {@code publish_via_partition_root} what is published. Then changes of the partitions have their own names, unless
     * a table above them is published.
     */
    private static boolean covered(CatalogTable table, Publication publication, Set<TableName> published, Facts facts) {
        if (facts.lineage(table).anyMatch(published::contains)) {
            return true;
        }
        var leaves = facts.leaves(table);
        return table.kind() == Kind.PARTITIONED_TABLE
                && (publication.viaRoot()
                        ? !leaves.isEmpty() && leaves.stream().allMatch(leaf -> isCaptured(leaf, published, facts))
                        : leaves.stream().allMatch(leaf -> covered(leaf, publication, published, facts)));
    }

    /** Whether the changes of a partition carry the name of a captured table, that of the topmost published one. */
    private static boolean isCaptured(CatalogTable leaf, Set<TableName> published, Facts facts) {
        return facts.lineage(leaf)
                .filter(published::contains)
                .reduce((nearer, farther) -> farther)
                .filter(facts::isCaptured)
                .isPresent();
    }

    static List<Finding> operations(PreflightRequest request, Facts facts) {
        var publication = facts.publication();
        if (publication == null) {
            return List.of();
        }
        var skipped = request.publication().skipped();
        var missing = new ArrayList<String>();
        if (!publication.inserts() && !skipped.contains("c")) {
            missing.add("inserts");
        }
        if (!publication.updates() && !skipped.contains("u")) {
            missing.add("updates");
        }
        if (!publication.deletes() && !skipped.contains("d")) {
            missing.add("deletes");
        }
        if (!publication.truncates() && !skipped.contains("t")) {
            missing.add("truncates");
        }
        if (missing.isEmpty()) {
            return List.of();
        }
        var operations = "'insert, update, delete"
                + (publication.truncates() || missing.contains("truncates") ? ", truncate'" : "'");
        return List.of(Finding.warning(
                OptionNames.PUBLICATION_NAME,
                "Publication " + publication.name() + " does not publish " + String.join(" and ", missing),
                "These changes are not captured, so consumers diverge from the tables",
                Fix.sql(new PublicationSql(publication.name()).set("publish", operations))));
    }
}
