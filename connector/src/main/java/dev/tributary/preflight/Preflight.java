// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.postgres.CatalogTable;
import dev.tributary.postgres.Database;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs all checks of a database at once, so that a user sees every problem before the connector starts. */
public final class Preflight {

    /** In the order in which a user would fix the problems. */
    private static final List<Entry> FOR_EVERY_START = List.of(
            server(ServerChecks::version),
            tables(RoleChecks::select),
            tables(RoleChecks::rowSecurity),
            server(SnapshotChecks::locks),
            tables(TableListChecks::tablePatterns),
            tables(TableListChecks::schemaPatterns),
            tables(TableListChecks::snapshotPatterns),
            tables(TableListChecks::excludePatterns),
            tables(ColumnChecks::similarNames),
            tables(ColumnChecks::masks),
            tables(ColumnChecks::truncations),
            tables(ColumnListChecks::unmatched),
            tables(RelatedColumnChecks::hidden),
            tables(RelatedColumnChecks::generated),
            tables(ColumnListChecks::keys),
            tables(KeyChecks::key),
            server(PrefixChecks::taken),
            tables(TopicChecks::reserved),
            tables(TopicChecks::collisions),
            tables(TopicChecks::renamed),
            tables(SchemaNameChecks::forbidden));

    /** The checks for a connector that streams the WAL; in the same order. */
    private static final List<Entry> FOR_STREAMING = List.of(
            server(ServerChecks::standby),
            server(ServerChecks::walLevel),
            server(ServerChecks::freeSlot),
            server(ServerChecks::freeWalSender),
            server(RoleChecks::replication),
            server(ServerChecks::replication),
            tables(TableListChecks::unpublishable),
            tables(IdentityChecks::identity),
            tables(IdentityChecks::oldRow),
            tables(RecordKeyChecks::inIdentity),
            tables(ChosenIdentities::impossible),
            tables(PublicationChecks::exists),
            server(PublicationAgeChecks::sinceSlot),
            tables(PublicationChecks::covers),
            tables(PublicationChecks::operations),
            tables(PublicationContentChecks::filters),
            tables(PublicationContentChecks::generatedColumns),
            tables(PartitionChecks::underRootName),
            tables(PartitionChecks::underPartitionName),
            tables(PartitionChecks::both),
            tables(PartitionChecks::inherited),
            server(SlotChecks::usable),
            server(SlotChecks::active),
            server(SlotChecks::endangered),
            server(SlotSettingChecks::idle),
            server(SlotSettingChecks::decodingMemory),
            server(FailoverChecks::property),
            server(FailoverChecks::standbys),
            server(FailoverChecks::waiting),
            server(SnapshotChecks::heldWal),
            server(BacklogChecks::expired),
            server(SlotGapChecks::lost),
            server(SlotGapChecks::missing),
            server(SlotGapChecks::ahead),
            server(SlotGapChecks::ofOther),
            server(SlotGapChecks::otherServer));

    private enum Subject {
        SERVER,
        TABLES
    }

    /** @param subject what the check is about */
    private record Entry(Subject subject, Check check) {}

    private static Entry server(Check check) {
        return new Entry(Subject.SERVER, check);
    }

    private static Entry tables(Check check) {
        return new Entry(Subject.TABLES, check);
    }

    private Preflight() {}

    /**
     * Runs every check and returns all findings; empty when there are none. Changes nothing in the database. If the
     * database cannot be reached, that is the only finding. A run usually takes well under a second; each single wait
     * is limited by {@link Database#TIMEOUT}, even if the host drops packets silently.
     */
    public static List<Finding> run(PreflightRequest request) {
        try {
            return examine(request).findings();
        } catch (SQLException e) {
            return List.of(explain(request, e));
        }
    }

    /**
     * Like {@link #run}, and also returns how the connector itself has to prepare the database.
     *
     * @throws SQLException from the driver, if the database cannot be queried; {@link #explain} turns it into a finding
     */
    public static Report examine(PreflightRequest request) throws SQLException {
        return survey(request).report();
    }

    /**
     * Like {@link #examine}, and also returns what a description of the start needs.
     *
     * @throws SQLException from the driver, if the database cannot be queried; {@link #explain} turns it into a finding
     */
    public static Survey survey(PreflightRequest request) throws SQLException {
        try (var database = Database.open(request.target())) {
            var facts = Facts.read(database, request);
            var report = report(request, facts);
            return Survey.of(request, facts, report);
        }
    }

    private static Report report(PreflightRequest request, Facts all) {
        var streams = !request.snapshot().initialOnly();
        var leftOut = streams ? IdentityChecks.skipped(request, all) : Set.<CatalogTable>of();
        var facts = all.without(leftOut);
        var findings = new ArrayList<Finding>();
        var ofTables = new ArrayList<Finding>();
        var entries = Stream.concat(FOR_EVERY_START.stream(), streams ? FOR_STREAMING.stream() : Stream.<Entry>empty());
        for (var entry : entries.toList()) {
            var found = entry.check().examine(request, facts);
            findings.addAll(found);
            ofTables.addAll(entry.subject() == Subject.TABLES ? found : List.of());
        }
        var skipped = IdentityChecks.leftOut(request, all, leftOut);
        findings.addAll(skipped);
        // What a start leaves out is left out as long as the task runs.
        ofTables.addAll(request.connector().running() ? skipped : List.of());
        return new Report(
                findings,
                ofTables,
                streams
                        ? preparations(request, facts.without(IdentityChecks.unpublishable(request, facts)))
                        : List.of(),
                streams && SlotGapChecks.isGap(request, facts),
                streams && SlotGapChecks.isSnapshotComplete(request, facts),
                PublicationChecks.published(request, facts),
                leftOut.stream().map(CatalogTable::name).collect(Collectors.toSet()));
    }

    private static List<Preparation> preparations(PreflightRequest request, Facts facts) {
        return Stream.concat(
                        ChosenIdentities.preparations(request, facts).stream(),
                        Stream.of(Preparation.of(PublicationChecks.preparations(request, facts))))
                .filter(preparation -> !preparation.statements().isEmpty())
                .toList();
    }

    /** The finding that another connector has the topic prefix. */
    public static Finding prefixTaken(String prefix, String connector) {
        return PrefixChecks.taken(prefix, connector);
    }

    /** Why the database of a request could not be queried, as a finding on the option to check. */
    public static Finding explain(PreflightRequest request, SQLException failure) {
        return new ConnectionFailure(request.target(), failure).finding();
    }
}
