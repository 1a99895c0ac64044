// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;

/**
 * A row of <a href="https://www.postgresql.org/docs/18/view-pg-replication-slots.html">pg_replication_slots</a>.
 *
 * @param name its name
 * @param plugin its output plugin; null for a physical slot
 * @param database its database; null for a physical slot
 * @param logical whether it is a logical slot
 * @param temporary whether it is dropped at the end of the session that created it
 * @param twoPhase whether it decodes prepared transactions
 * @param activePid process that uses it; null when none does
 * @param application {@code application_name} of that process; null when none or not visible to this role
 * @param clientAddress address of that process's client; null when none, local, or not visible to this role
 * @param restartLsn start of the oldest WAL that it still needs; null once it was invalidated
 * @param confirmedFlushLsn position that its consumer has acknowledged; null for a physical slot
 * @param walStatus {@code reserved}, {@code extended}, {@code unreserved} or {@code lost}
 * @param safeWalSize bytes of WAL that can be written before it is at risk; null when unlimited or already lost
 * @param retainedBytes how much WAL the server retains for it; null once it was invalidated
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

    /** Whether the server has permanently removed WAL that it needs, or has invalidated it. */
    public boolean lost() {
        return "lost".equals(walStatus) || invalidationReason != null;
    }
}
