// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.config.OptionNames;
import dev.tributary.postgres.CatalogTable;
import java.util.List;

/** Checks whether the server can keep the WAL that is written during the first snapshot. */
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
        var running = request.slot().storedPosition() != null || (slot != null && slot.activePid() != null);
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

    private static String duration(long seconds) {
        return seconds < 120 ? seconds + " s" : seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }
}
