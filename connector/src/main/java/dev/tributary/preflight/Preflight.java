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
    private static final List<Check> FOR_EVERY_START = List.of(
            ServerChecks::version,
            RoleChecks::select,
            RoleChecks::rowSecurity,
            SnapshotChecks::locks,
            TableListChecks::tablePatterns,
            TableListChecks::schemaPatterns,
            ColumnChecks::similarNames,
            ColumnChecks::masks,
            KeyChecks::key,
            PrefixChecks::taken,
            TopicChecks::reserved,
            TopicChecks::collisions,
            TopicChecks::renamed);

    /** The checks for a connector that streams the WAL; in the same order. */
    private static final List<Check> FOR_STREAMING = List.of(
            ServerChecks::standby,
            ServerChecks::walLevel,
            ServerChecks::freeSlot,
            ServerChecks::freeWalSender,
            RoleChecks::replication,
            ServerChecks::replication,
            TableListChecks::unpublishable,
            IdentityChecks::identity,
            IdentityChecks::oldRow,
            IdentityChecks::chosenKey,
            PublicationChecks::exists,
            PublicationChecks::covers,
            PublicationChecks::operations,
            PublicationContentChecks::filters,
            PublicationContentChecks::generatedColumns,
            PartitionChecks::underRootName,
            PartitionChecks::underPartitionName,
            PartitionChecks::both,
            PartitionChecks::inherited,
            SlotChecks::usable,
            SlotChecks::active,
            SlotChecks::endangered,
            SnapshotChecks::heldWal,
            BacklogChecks::expired,
            SlotGapChecks::lost,
            SlotGapChecks::missing,
            SlotGapChecks::ahead,
            SlotGapChecks::otherServer);

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
        try (var database = Database.open(request.target())) {
            var all = Facts.read(database, request);
            var streams = !request.snapshot().initialOnly();
            var leftOut = streams ? IdentityChecks.skipped(request, all) : Set.<CatalogTable>of();
            var facts = all.without(leftOut);
            var findings = Stream.concat(FOR_EVERY_START.stream(), streams ? FOR_STREAMING.stream() : Stream.empty())
                    .flatMap(check -> check.examine(request, facts).stream())
                    .collect(Collectors.toCollection(ArrayList::new));
            findings.addAll(IdentityChecks.leftOut(request, all, leftOut));
            return new Report(
                    findings,
                    streams
                            ? PublicationChecks.preparations(
                                    request, facts.without(IdentityChecks.unpublishable(request, facts)))
                            : List.of(),
                    streams && SlotGapChecks.isGap(request, facts),
                    PublicationChecks.published(request, facts),
                    leftOut.stream().map(CatalogTable::name).collect(Collectors.toSet()));
        }
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
