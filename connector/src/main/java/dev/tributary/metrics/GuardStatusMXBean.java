// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

/** The slot and the WAL that it retains, at the last look: {@code dev.tributary:type=guard,server=<topic.prefix>}. */
public interface GuardStatusMXBean {

    /** The name of the connector. */
    String getConnector();

    /** Bytes of WAL that the server has written and the connector has not acknowledged; -1 if that is not known. */
    long getLagBytes();

    /**
     * How old the oldest of them were at the last look, and the time since, in milliseconds; 0 if all WAL that a look
     * has seen is acknowledged, -1 if that is not known.
     */
    long getLagMillis();

    /** {@code OK}, {@code WARNING}, {@code CRITICAL} or {@code LOST}; {@code UNKNOWN} if the last look failed. */
    String getLevel();

    /** What is wrong and the fix, or why the last look failed; empty if neither. */
    String getMessage();

    /**
     * The forecast: in how many seconds the slot is lost, or, without a limit on the server, retains more than
     * {@code wal.guard.unlimited.max.bytes}; -1 if neither is in sight.
     */
    long getSecondsUntilLost();

    /** Bytes of WAL that the server retains for the slot; -1 if it does not say. */
    long getRetainedBytes();

    /** How many bytes more each second; negative if it becomes less. */
    long getGrowthBytesPerSecond();

    /** Bytes of WAL that the server writes each second. */
    long getWrittenBytesPerSecond();

    /** {@code safe_wal_size}: bytes of WAL that can be written before the slot is at risk; -1 without a limit. */
    long getSafeWalBytes();

    /** {@code max_slot_wal_keep_size} in bytes; -1 without a limit. */
    long getLimitBytes();

    /** {@code wal_status} of the slot: {@code reserved}, {@code extended}, {@code unreserved} or {@code lost}. */
    String getWalStatus();

    /** Whether a process reads from the slot. */
    boolean isActive();

    /** Whether the slot has {@code failover}, so that a standby can take it over. */
    boolean isFailover();

    /**
     * The slot of {@code synchronized_standby_slots} that keeps the stream waiting, and why: it is missing, invalid, or
     * nobody uses it. Empty if none does.
     */
    String getWaitsForStandby();

    /**
     * Bytes of WAL that a standby of {@code synchronized_standby_slots} has not confirmed, so that they are not sent
     * yet; -1 if the slot waits for no standby.
     */
    long getHeldBytes();

    /** The old transaction that keeps WAL, if there is one; empty otherwise. */
    String getPinnedBy();

    /** Connections that the server has left for roles like that of the connector; -1 if it is not known. */
    int getFreeConnections();

    /** Transactions that were too large for {@code logical_decoding_work_mem} and were decoded by way of the disk. */
    long getSpilledTransactions();

    /** The bytes of these. */
    long getSpilledBytes();
}
