// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.config.OptionNames;
import dev.tributary.postgres.Bytes;
import dev.tributary.postgres.CatalogTable;
import java.util.List;
import java.util.stream.Stream;

/** Checks whether the server has room for a snapshot: for its locks, and for the WAL that is written meanwhile. */
final class SnapshotChecks {

    /** Bytes of the tables' files that a snapshot reads per second: a low estimate. */
    private static final long READ_PER_SECOND = 40L << 20;

    /** Less WAL is not reported: every server has room for it. */
    private static final long REPORTED_FROM = 1L << 30;

    private SnapshotChecks() {}

    /**
     * Compares an estimate of the WAL that will be written during the snapshot with the limit of the server. It is an
     * order of magnitude: the sizes are those of the last vacuum or analyze, and the rate is the mean since the
     * server's statistics were reset.
     */
    static List<Finding> heldWal(PreflightRequest request, Facts facts) {
        var slot = facts.slot();
        var running = request.connector().running()
                || request.slot().storedPosition() != null
                || (slot != null && slot.activePid() != null);
        var rate = facts.server().walBytesPerSecond();
        if (running || !request.snapshot().readsData() || rate == null) {
            return List.of();
        }
        var bytes = facts.written().mapToLong(CatalogTable::sizeBytes).sum();
        var seconds = bytes / READ_PER_SECOND;
        var held = rate * seconds;
        var limit = facts.server().maxSlotWalKeepSize();
        var found = "The snapshot reads " + Bytes.text(bytes) + ", which takes about " + duration(seconds) + " at "
                + Bytes.text(READ_PER_SECOND) + "/s, and the server writes " + Bytes.text(rate)
                + " of WAL per second, so slot " + request.slot().name() + " will have to keep about "
                + Bytes.text(held);
        if (limit != null && held > limit) {
            return List.of(Finding.warning(
                    OptionNames.SLOT_NAME,
                    found + " of it (max_slot_wal_keep_size = " + Bytes.text(limit) + ")",
                    "Beyond the limit the slot is lost, and the snapshot must be taken again",
                    new Fix.Sql(
                            List.of(
                                    "ALTER SYSTEM SET max_slot_wal_keep_size = '" + Bytes.setting(2 * held) + "'",
                                    "SELECT pg_reload_conf()"),
                            "make sure that the disk with pg_wal has room for it")));
        }
        return held < REPORTED_FROM
                ? List.of()
                : List.of(Finding.info(
                        OptionNames.SLOT_NAME,
                        found + " of it",
                        "A server whose disk is full stops",
                        new Fix.Advice("make sure that the disk with pg_wal has room for " + Bytes.text(2 * held))));
    }

    /**
     * A snapshot holds a lock on each of its tables from its beginning to its end. Half of the room is left to everyone
     * else: a server without room for a lock fails the statement that needs it.
     */
    static List<Finding> locks(PreflightRequest request, Facts facts) {
        if (!RoleChecks.readsRows(request, facts)) {
            return List.of();
        }
        var server = facts.server();
        var tables =
                Stream.concat(facts.publishable(), facts.written()).distinct().count();
        if (tables <= server.lockRoom() / 2) {
            return List.of();
        }
        var sessions = Math.max(1, server.lockRoom() / server.maxLocksPerTransaction());
        var needed = Math.max(server.maxLocksPerTransaction() + 1, 2 * tables / sessions + 1);
        return List.of(new Finding(
                tables > server.lockRoom() ? Finding.Severity.ERROR : Finding.Severity.WARNING,
                OptionNames.DATABASE_HOSTNAME,
                "The snapshot locks " + tables + " tables, and the server has room for " + server.lockRoom()
                        + " locks of all sessions together (max_locks_per_transaction = "
                        + server.maxLocksPerTransaction() + ")",
                "Without room, statements fail with 'out of shared memory': those of the snapshot, and those of"
                        + " applications",
                ServerChecks.setting("max_locks_per_transaction", needed, server.provider())));
    }

    private static String duration(long seconds) {
        return seconds < 120 ? seconds + " s" : seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }
}
