// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

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
        Load load) {

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

    /** Whether the server has permanently removed WAL that the slot needs, or has invalidated it. */
    public boolean lost() {
        return "lost".equals(walStatus) || invalidationReason != null;
    }
}
