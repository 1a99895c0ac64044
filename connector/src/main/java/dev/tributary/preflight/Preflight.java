// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.postgres.Database;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** The checks before a start: everything about the database that can be known to go wrong, at once. */
public final class Preflight {

    /** In the order in which a person would put things right. */
    private static final List<Check> FOR_EVERY_START = List.of(
            ServerChecks::version,
            RoleChecks::select,
            TableListChecks::tablePatterns,
            TableListChecks::schemaPatterns,
            KeyChecks::key,
            TopicChecks::reserved,
            TopicChecks::collisions,
            TopicChecks::renamed);

    /** What only a connector meets that reads the WAL; in the same order. */
    private static final List<Check> FOR_STREAMING = List.of(
            ServerChecks::standby,
            ServerChecks::walLevel,
            ServerChecks::freeSlot,
            ServerChecks::freeWalSender,
            RoleChecks::replication,
            TableListChecks::unpublishable,
            KeyChecks::identity,
            KeyChecks::oldRow,
            PublicationChecks::exists,
            PublicationChecks::covers,
            PublicationChecks::operations,
            PublicationContentChecks::filters,
            PublicationContentChecks::generatedColumns,
            PartitionChecks::underRootName,
            PartitionChecks::underPartitionName,
            PartitionChecks::both,
            SlotChecks::usable,
            SlotChecks::active,
            SlotChecks::endangered,
            SnapshotChecks::heldWal,
            SlotGapChecks::lost,
            SlotGapChecks::missing,
            SlotGapChecks::ahead,
            SlotGapChecks::otherServer);

    private Preflight() {}

    /**
     * Runs every check and returns all that was found; empty when all is well. Changes nothing
     * in the database. When it cannot be reached, that is the one finding. Takes well under a second as a rule; what it
     * waits for is bounded by {@link Database#TIMEOUT} each time, also when the host swallows packets.
     */
    public static List<Finding> run(PreflightRequest request) {
        try {
            return examine(request).findings();
        } catch (SQLException e) {
            return List.of(explain(request, e));
        }
    }

    /**
     * As {@link #run}, and tells what the connector has to make ready itself.
     *
     * @throws SQLException the driver's own, when the database cannot be asked; {@link #explain} puts it in words
     */
    public static Report examine(PreflightRequest request) throws SQLException {
        try (var database = Database.open(request.target())) {
            var facts = Facts.read(database, request);
            var streams = !request.snapshot().initialOnly();
            var findings = Stream.concat(FOR_EVERY_START.stream(), streams ? FOR_STREAMING.stream() : Stream.empty())
                    .flatMap(check -> check.examine(request, facts).stream())
                    .toList();
            return new Report(
                    findings,
                    streams ? PublicationChecks.preparations(request, facts) : List.of(),
                    streams && SlotGapChecks.isGap(request, facts));
        }
    }

    /** Why the database of a request could not be asked, as a finding on the option to look at. */
    public static Finding explain(PreflightRequest request, SQLException failure) {
        return new ConnectionFailure(request.target(), failure).finding();
    }
}
