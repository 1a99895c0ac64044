// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.config.OptionNames;
import dev.tributary.postgres.Slot;
import dev.tributary.preflight.Finding.Severity;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;

/** Whether the slot still has every change after the stored position, and which are lost when it has not. */
final class SlotGapChecks {

    private static final String RESET_OFFSETS =
            "stop the connector (PUT /connectors/<name>/stop), delete its offsets (DELETE"
                    + " /connectors/<name>/offsets) and resume it (PUT /connectors/<name>/resume)";
    private static final String RECOVERY =
            "either take a new snapshot, which brings the rows as they are now: " + RESET_OFFSETS
                    + ", or set snapshot.mode=when_needed; or accept the gap: the same with snapshot.mode=no_data, and the"
                    + " connector goes on with the changes made from then on";

    private SlotGapChecks() {}

    static List<Finding> lost(PreflightRequest request, Facts facts) {
        var slot = facts.slot();
        if (slot == null || !slot.lost()) {
            return List.of();
        }
        var stored = request.slot().storedPosition();
        var from = stored != null ? stored : slot.confirmedFlushLsn();
        return List.of(Finding.error(
                OptionNames.SLOT_NAME,
                "Slot " + slot.name() + " is lost (" + reason(slot) + ")",
                lostChanges(from, facts.server().walPosition()),
                new Fix.Sql(List.of(SlotChecks.drop(slot.name())), RECOVERY)));
    }

    private static String reason(Slot slot) {
        var reason = slot.invalidationReason();
        return reason == null ? "wal_status = " + slot.walStatus() : "invalidated: " + reason;
    }

    /** Whether changes after the stored position are gone from the slot, or the slot itself is. */
    static boolean isGap(PreflightRequest request, Facts facts) {
        var stored = request.slot().storedPosition();
        var slot = facts.slot();
        if (stored == null) {
            return false;
        }
        return slot == null
                || slot.lost()
                || (isAhead(slot, stored) && !request.slot().acknowledgesIdle());
    }

    private static boolean isAhead(Slot slot, LogSequenceNumber stored) {
        var confirmed = slot.confirmedFlushLsn();
        return confirmed != null && confirmed.compareTo(stored) > 0;
    }

    static List<Finding> missing(PreflightRequest request, Facts facts) {
        var stored = request.slot().storedPosition();
        if (facts.slot() != null || stored == null) {
            return List.of();
        }
        var finding = new Finding(
                severity(request),
                OptionNames.SLOT_NAME,
                "The connector has read up to " + stored.asString() + " and slot "
                        + request.slot().name() + " is not there any more",
                lostChanges(stored, facts.server().walPosition()),
                new Fix.Advice(RECOVERY));
        // A standby that is about to be promoted may not have the slot yet, and the old primary may come back.
        var promotable = facts.server().inRecovery() && !request.readOnly();
        return List.of(promotable ? finding.asTemporary() : finding);
    }

    static List<Finding> ahead(PreflightRequest request, Facts facts) {
        var stored = request.slot().storedPosition();
        var slot = facts.slot();
        var confirmed = slot == null || slot.lost() ? null : slot.confirmedFlushLsn();
        if (stored == null || confirmed == null || confirmed.compareTo(stored) <= 0) {
            return List.of();
        }
        var name = request.slot().name();
        var found = "Slot " + name + " stands at " + confirmed.asString() + ", past the " + stored.asString()
                + " that the connector has read up to";
        return List.of(
                request.slot().acknowledgesIdle()
                        ? Finding.info(
                                OptionNames.SLOT_NAME,
                                found,
                                "That is as it should be when the connector itself moved it there while nothing was to be"
                                        + " read; when someone else moved it, the changes in between are lost",
                                new Fix.Advice("nothing to do, unless slot " + name
                                        + " was used by something else: then " + RECOVERY))
                        : new Finding(
                                severity(request),
                                OptionNames.SLOT_NAME,
                                found + ": something else has read from it or moved it",
                                lostChanges(stored, confirmed),
                                new Fix.Advice("give this connector a slot.name that nothing else uses; " + RECOVERY)));
    }

    /** A standby may simply be behind. */
    static List<Finding> otherServer(PreflightRequest request, Facts facts) {
        var stored = request.slot().storedPosition();
        var written = facts.server().walPosition();
        if (stored == null || written == null || facts.server().inRecovery() || stored.compareTo(written) <= 0) {
            return List.of();
        }
        return List.of(Finding.error(
                OptionNames.DATABASE_HOSTNAME,
                "The connector has read up to " + stored.asString() + " and the server has written no further than "
                        + written.asString(),
                "It is another server than the one read so far, or was restored from an older backup, and its changes"
                        + " below that position would be taken for read",
                new Fix.Advice("check database.hostname; when the server was restored, " + RESET_OFFSETS
                        + " after dropping the slot: "
                        + SlotChecks.drop(request.slot().name()))));
    }

    private static Severity severity(PreflightRequest request) {
        return request.snapshot().repeats() ? Severity.WARNING : Severity.ERROR;
    }

    private static String lostChanges(@Nullable LogSequenceNumber from, @Nullable LogSequenceNumber to) {
        return "The changes committed after " + text(from) + " and up to " + text(to) + " are lost";
    }

    private static String text(@Nullable LogSequenceNumber position) {
        return Objects.requireNonNullElse(position, LogSequenceNumber.INVALID_LSN)
                .asString();
    }
}
