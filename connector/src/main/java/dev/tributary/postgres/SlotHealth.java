// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;

/**
 * What a server says about a replication slot and the WAL that it retains, at one moment.
 *
 * @param walPosition the end of the server's WAL; on a standby that of what it has received
 * @param restartLsn start of the oldest WAL that the slot still needs; null once it was invalidated
 * @param retainedBytes how much WAL the server retains for the slot; null once it was invalidated
 * @param unreadBytes how much of it the reader of the slot has not acknowledged; null for an unknown position
 * @param roomBytes bytes of WAL that can be written before the slot is at risk; null without a limit, or if it is lost
 * @param walStatus {@code reserved}, {@code extended}, {@code unreserved} or {@code lost}
 * @param active whether a process reads from the slot
 * @param inactiveSeconds how long no process has read from it; null while one does, and before Postgres 17
 * @param invalidationReason why it is invalid; null when it is valid, and before Postgres 16
 * @param limitBytes {@code max_slot_wal_keep_size}; null without a limit
 * @param idleLimitSeconds {@code idle_replication_slot_timeout}; null without one, and before Postgres 18
 * @param failover whether a standby can take it over; false before Postgres 17
 * @param waitedFor the slots of standbys that its walsender waits for; empty unless it has {@code failover}
 * @param load what else the server says about its load
 */
public record SlotHealth(
        LogSequenceNumber walPosition,
        @Nullable LogSequenceNumber restartLsn,
        @Nullable Long retainedBytes,
        @Nullable Long unreadBytes,
        @Nullable Long roomBytes,
        String walStatus,
        boolean active,
        @Nullable Long inactiveSeconds,
        @Nullable String invalidationReason,
        @Nullable Long limitBytes,
        @Nullable Long idleLimitSeconds,
        boolean failover,
        List<StandbySlot> waitedFor,
        Load load) {

    public SlotHealth {
        waitedFor = List.copyOf(waitedFor);
    }

    /**
     * What a role without special grants may not see is not known.
     *
     * @param freeConnections connections that the server has left for roles like this one; null if it is not known
     * @param spilledTransactions transactions that were too large to be decoded in memory; 0 if it is not known
     * @param spilledBytes the bytes of these
     * @param pin what keeps the slot from needing less WAL, apart from its reader; null if nothing is known to do so
     */
    public record Load(
            @Nullable Integer freeConnections,
            long spilledTransactions,
            long spilledBytes,
            @Nullable Pin pin) {}

    /**
     * How much WAL the walsender may not send yet, because a standby has not confirmed it; null if it waits for none,
     * or if nothing is known of that one.
     */
    public @Nullable Long heldBytes() {
        return waitedFor.stream()
                .map(StandbySlot::unconfirmedBytes)
                .filter(bytes -> bytes != null)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** The standby's slot that has to be repaired, or the one that confirms least. */
    public Optional<StandbySlot> slowestStandby() {
        return waitedFor.stream()
                .max(Comparator.comparing(StandbySlot::isBroken)
                        .thenComparing(slot -> slot.unconfirmedBytes() == null ? 0L : slot.unconfirmedBytes()));
    }

    /** Whether the server has permanently removed WAL that the slot needs, or has invalidated it. */
    public boolean lost() {
        return "lost".equals(walStatus) || invalidationReason != null;
    }
}
