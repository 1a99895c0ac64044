// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;

/**
 * A server and the settings that logical replication depends on.
 *
 * @param versionNumber {@code server_version_num}, e.g. 180006 for 18.6
 * @param version {@code server_version} as the server writes it
 * @param systemIdentifier the cluster's identifier, the same on a primary and its standbys; null when this role may not
 *     read it
 * @param database the database connected to
 * @param encoding {@code server_encoding}
 * @param inRecovery whether this is a standby
 * @param hotStandbyFeedback {@code hot_standby_feedback}
 * @param walLevel {@code wal_level}
 * @param maxReplicationSlots {@code max_replication_slots}
 * @param replicationSlots slots that exist, in all databases
 * @param maxWalSenders {@code max_wal_senders}
 * @param walSenders running walsenders
 * @param maxSlotWalKeepSize {@code max_slot_wal_keep_size} in bytes; null when unlimited
 * @param lockRoom how many locks on tables all sessions together can hold, from {@code max_locks_per_transaction},
 *     {@code max_connections} and {@code max_prepared_transactions}
 * @param maxLocksPerTransaction {@code max_locks_per_transaction}
 * @param walPosition the write position, or on a standby the last one replayed; null if none was replayed yet
 * @param walBytesPerSecond how much WAL was written per second since its statistics were reset; null when not known
 * @param provider who operates it
 */
public record Server(
        int versionNumber,
        String version,
        @Nullable Long systemIdentifier,
        String database,
        String encoding,
        boolean inRecovery,
        boolean hotStandbyFeedback,
        String walLevel,
        int maxReplicationSlots,
        int replicationSlots,
        int maxWalSenders,
        int walSenders,
        @Nullable Long maxSlotWalKeepSize,
        long lockRoom,
        int maxLocksPerTransaction,
        @Nullable LogSequenceNumber walPosition,
        @Nullable Long walBytesPerSecond,
        Provider provider) {

    /** The major version, e.g. 18. */
    public int majorVersion() {
        return versionNumber / 10_000;
    }
}
