// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;

/**
 * A replication slot, as
 * <a href="https://www.postgresql.org/docs/18/view-pg-replication-slots.html">pg_replication_slots</a> has it.
 *
 * @param name its name
 * @param plugin its output plugin; null for a physical slot
 * @param database its database; null for a physical slot
 * @param logical whether it is a logical slot
 * @param temporary whether it goes with the session that made it
 * @param twoPhase whether it decodes prepared transactions
 * @param activePid process that uses it; null when none does
 * @param application {@code application_name} of that process; null when none or not to be seen by this role
 * @param clientAddress where that process's client is; null when none, local, or not to be seen by this role
 * @param restartLsn oldest WAL it still needs; null once it was invalidated
 * @param confirmedFlushLsn what its consumer has acknowledged; null for a physical slot
 * @param walStatus {@code reserved}, {@code extended}, {@code unreserved} or {@code lost}
 * @param safeWalSize bytes that can be written before it is in danger; null when unlimited or already lost
 * @param retainedBytes how much WAL it keeps the server from removing; null once it was invalidated
 * @param invalidationReason why it is invalid; null when it is valid. Before Postgres 17 the server knows only the
 *     conflict with recovery (16), reported here as {@code conflict}
 */
public record Slot(
        String name,
        @Nullable String plugin,
        @Nullable String database,
        boolean logical,
        boolean temporary,
        boolean twoPhase,
        @Nullable Integer activePid,
        @Nullable String application,
        @Nullable String clientAddress,
        @Nullable LogSequenceNumber restartLsn,
        @Nullable LogSequenceNumber confirmedFlushLsn,
        @Nullable String walStatus,
        @Nullable Long safeWalSize,
        @Nullable Long retainedBytes,
        @Nullable String invalidationReason) {

    /** Whether the server no longer has what it needs, for good. */
    public boolean lost() {
        return "lost".equals(walStatus) || invalidationReason != null;
    }
}
