// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.config.OptionNames;
import dev.tributary.position.Lsn;
import dev.tributary.position.SlotMark;
import dev.tributary.postgres.Slot;
import dev.tributary.preflight.Finding.Awaited;
import dev.tributary.preflight.Finding.Severity;
import dev.tributary.preflight.PreflightRequest.SlotTrust;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;

/** Checks whether the slot still has every change after the stored position, and says which changes are lost if not. */
final class SlotGapChecks {

    static final String RESET_OFFSETS = "stop the connector (PUT /connectors/<name>/stop), delete its offsets (DELETE"
            + " /connectors/<name>/offsets) and resume it (PUT /connectors/<name>/resume)";

    private static final String NEW_SNAPSHOT =
            "because of its configuration, it takes a new snapshot by itself, which sends the rows as they are now";

    private static final String ACCEPT_GAP =
            "; or accept the gap: do the same with snapshot.mode=no_data, and the connector continues with the changes"
                    + " made from then on";

    private static final String KEPT_ROWS = ". The snapshot that was interrupted cannot be resumed. A new one does not"
            + " send the deletions among them, so rows that were sent and deleted since stay in the topics";

    private SlotGapChecks() {}

    static List<Finding> lost(PreflightRequest request, Facts facts) {
        var slot = facts.slot();
        if (slot == null || !slot.lost()) {
            return List.of();
        }
        var stored = stored(request);
        var confirmed = slot.confirmedFlushLsn();
        return List.of(Finding.error(
                OptionNames.SLOT_NAME,
                "Slot " + slot.name() + " is lost (" + reason(slot) + "); everything up to " + text(confirmed)
                        + " was acknowledged"
                        + (stored == null ? "" : ", and the connector has stored " + stored.asString()),
                lostChanges(
                        request, readUpTo(request, confirmed), facts.server().walPosition()),
                new Fix.Sql(
                        List.of(SlotChecks.drop(slot.name())),
                        request.snapshot().repeats() ? "restart the connector; " + NEW_SNAPSHOT : recovery(request))));
    }

    /** What the connector is done with: what was acknowledged, unless somebody else may have done that. */
    private static @Nullable LogSequenceNumber readUpTo(
            PreflightRequest request, @Nullable LogSequenceNumber confirmed) {
        var stored = stored(request);
        if (stored == null || confirmed == null) {
            return stored == null ? confirmed : stored;
        }
        boolean isOurs = request.slot().trust() == SlotTrust.ALWAYS || !isAhead(request, confirmed, stored);
        return stored.compareTo(confirmed) < 0 && isOurs ? confirmed : stored;
    }

    /** How to continue after a loss when the snapshot mode does not do it. */
    private static String recovery(PreflightRequest request) {
        return "either take a new snapshot, which sends the rows as they are now: " + RESET_OFFSETS
                + (request.snapshot().repeats() ? "" : ", or set snapshot.mode=when_needed")
                + (isMidSnapshot(request) ? "" : ACCEPT_GAP);
    }

    private static String reason(Slot slot) {
        var reason = slot.invalidationReason();
        return reason == null ? "wal_status = " + slot.walStatus() : "invalidated: " + reason;
    }

    /** The position of the stored offset, or that of the unfinished snapshot. */
    private static @Nullable LogSequenceNumber stored(PreflightRequest request) {
        var stored = request.slot().storedPosition();
        return stored == null ? request.slot().snapshotPosition() : stored;
    }

    /** Whether the stored offset says that the first snapshot is unfinished. */
    private static boolean isMidSnapshot(PreflightRequest request) {
        return request.slot().snapshotPosition() != null;
    }

    /**
     * Whether the first snapshot is complete although the stored offset says otherwise. The connector does not move the
     * slot before that. Its last row, whose offset would say so, was dropped by a transform, or not stored in time.
     */
    static boolean isSnapshotComplete(PreflightRequest request, Facts facts) {
        var begun = request.slot().snapshotPosition();
        var slot = facts.slot();
        return begun != null
                && slot != null
                && !slot.lost()
                && slot.confirmedFlushLsn() != null
                && slot.confirmedFlushLsn().compareTo(begun) > 0
                && isMovedByUs(request, slot.confirmedFlushLsn());
    }

    /** Whether the slot no longer has the changes after the stored position, or no longer exists. */
    static boolean isGap(PreflightRequest request, Facts facts) {
        var stored = stored(request);
        var slot = facts.slot();
        if (stored == null) {
            return false;
        }
        return slot == null
                || slot.lost()
                || (isAhead(request, slot.confirmedFlushLsn(), stored)
                        && (isMidSnapshot(request) || request.slot().trust() != SlotTrust.ALWAYS));
    }

    /** Whether the connector does not resume from a stored position, or takes a new snapshot all the same. */
    static boolean beginsAnew(PreflightRequest request, Facts facts) {
        return (request.slot().storedPosition() == null && !isSnapshotComplete(request, facts))
                || request.snapshot().always()
                || (request.snapshot().repeats() && isGap(request, facts));
    }

    /** Whether something else than this connector has moved the slot past the stored position. */
    private static boolean isAhead(
            PreflightRequest request, @Nullable LogSequenceNumber confirmed, LogSequenceNumber stored) {
        return confirmed != null && confirmed.compareTo(stored) > 0 && !isMovedByUs(request, confirmed);
    }

    /** Whether the slot has the mark of this connector, or one that does not say whose it is. */
    private static boolean isMovedByUs(PreflightRequest request, LogSequenceNumber confirmed) {
        return request.slot().trust() != SlotTrust.NEVER
                && SlotMark.of(request.topics().prefix()).canBeOn(new Lsn(confirmed.asLong()));
    }

    /** Whether the slot has the mark of another connector. */
    private static boolean isMovedByOther(PreflightRequest request, LogSequenceNumber confirmed) {
        var position = new Lsn(confirmed.asLong());
        return SlotMark.isOnAny(position)
                && !SlotMark.of(request.topics().prefix()).canBeOn(position);
    }

    static List<Finding> missing(PreflightRequest request, Facts facts) {
        var stored = stored(request);
        if (facts.slot() != null || stored == null) {
            return List.of();
        }
        var finding = new Finding(
                severity(request),
                OptionNames.SLOT_NAME,
                read(request) + stored.asString() + ", and slot "
                        + request.slot().name() + " no longer exists",
                lostChanges(request, stored, facts.server().walPosition()),
                new Fix.Advice(request.snapshot().repeats() ? "none needed; " + NEW_SNAPSHOT : recovery(request)));
        // During a failover the standby may not have the slot yet, and the old primary may come back.
        var promotable = facts.server().inRecovery() && !request.readOnly();
        return List.of(promotable ? finding.until(Awaited.SERVER) : finding);
    }

    private static String read(PreflightRequest request) {
        return isMidSnapshot(request) ? "The connector has begun a snapshot at " : "The connector has read up to ";
    }

    static List<Finding> ahead(PreflightRequest request, Facts facts) {
        var stored = stored(request);
        var slot = facts.slot();
        if (stored == null || slot == null || slot.lost() || !isAhead(request, slot.confirmedFlushLsn(), stored)) {
            return List.of();
        }
        var confirmed = Objects.requireNonNull(slot.confirmedFlushLsn());
        var name = request.slot().name();
        var found = "Slot " + name + " is at " + confirmed.asString() + ", but "
                + (isMidSnapshot(request)
                        ? "the connector has begun a snapshot at "
                        : "the connector has read only up to ")
                + stored.asString();
        if (request.slot().trust() == SlotTrust.ALWAYS && !isMidSnapshot(request)) {
            return List.of(Finding.info(
                    OptionNames.SLOT_NAME,
                    found,
                    "This is normal if the connector itself moved the slot there while there was nothing to"
                            + " read, and the configuration says so. If something else moved it, the changes in"
                            + " between are lost",
                    new Fix.Advice(
                            "none needed, unless something else used slot " + name + ": then " + recovery(request))));
        }
        // A slot that is trusted does not bring back the changes that a resumed snapshot needs.
        var startsOver = request.snapshot().repeats() || request.slot().trust() == SlotTrust.ALWAYS;
        return List.of(new Finding(
                startsOver ? Severity.WARNING : Severity.ERROR,
                OptionNames.SLOT_NAME,
                found + ": "
                        + (isMovedByOther(request, confirmed)
                                ? "a connector with another topic.prefix has read from it"
                                : "something else has read from it or moved it"),
                lostChanges(request, stored, confirmed),
                new Fix.Advice("give this connector a slot.name that nothing else uses; "
                        + (startsOver ? NEW_SNAPSHOT : recovery(request) + trust(request)))));
    }

    private static String trust(PreflightRequest request) {
        return "; or, if nothing was lost because whatever moved the slot had processed the changes, set"
                + " offset.mismatch.strategy=trust_slot for one start"
                + (isMidSnapshot(request) ? ", with which the snapshot starts over" : "");
    }

    /** A connector that has read nothing yet takes no slot that another one has left behind. */
    static List<Finding> ofOther(PreflightRequest request, Facts facts) {
        var slot = facts.slot();
        if (!request.connector().starting()
                || stored(request) != null
                || slot == null
                || slot.lost()
                || slot.confirmedFlushLsn() == null
                || request.slot().trust() == SlotTrust.ALWAYS
                || !isMovedByOther(request, slot.confirmedFlushLsn())) {
            return List.of();
        }
        return List.of(Finding.error(
                OptionNames.SLOT_NAME,
                "Slot " + slot.name() + " was read by a connector with another topic.prefix, and this one has not read"
                        + " from it yet",
                "If the other connector is only stopped, it would lose the changes that this one reads",
                new Fix.Advice(
                        "give this connector its own slot.name; or, if no other connector needs the slot, for example"
                                + " because topic.prefix was changed, drop it (" + SlotChecks.drop(slot.name())
                                + "), or, to keep the changes in it, set offset.mismatch.strategy=trust_slot until the connector"
                                + " has stored an offset")));
    }

    /** Not on a standby, which may only be behind its primary. */
    static List<Finding> otherServer(PreflightRequest request, Facts facts) {
        var stored = stored(request);
        var written = facts.server().walPosition();
        if (stored == null || written == null || facts.server().inRecovery() || stored.compareTo(written) <= 0) {
            return List.of();
        }
        return List.of(Finding.error(
                OptionNames.DATABASE_HOSTNAME,
                read(request) + stored.asString() + ", but the server has written only up to " + written.asString(),
                "It is not the server that was read so far, or it was restored from an older backup, and its changes"
                        + " before that position would be skipped as already read",
                new Fix.Advice("check database.hostname; if the server was restored, drop the slot ("
                        + SlotChecks.drop(request.slot().name()) + "), " + RESET_OFFSETS)));
    }

    private static Severity severity(PreflightRequest request) {
        return request.snapshot().repeats() ? Severity.WARNING : Severity.ERROR;
    }

    private static String lostChanges(
            PreflightRequest request, @Nullable LogSequenceNumber from, @Nullable LogSequenceNumber to) {
        return "The changes committed after " + text(from) + " and up to " + text(to) + " are lost"
                + (isMidSnapshot(request) ? KEPT_ROWS : "");
    }

    private static String text(@Nullable LogSequenceNumber position) {
        return Objects.requireNonNullElse(position, LogSequenceNumber.INVALID_LSN)
                .asString();
    }
}
