// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.fault;

import dev.tributary.sandbox.SandboxException;
import dev.tributary.sandbox.Wait;
import dev.tributary.sandbox.chaos.arena.Arena;
import java.time.Duration;

/** What the load has written, as far as a fault must know it. */
final class LoadTruth {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private LoadTruth() {}

    /** The number that the next change is above. */
    static long last(Arena arena) {
        return Long.parseLong(arena.query("SELECT last_value FROM truth.seq"));
    }

    /** The changes of a relation that were committed after a position in the WAL. */
    static long changes(Arena arena, String relation, long fromLsn) {
        return Long.parseLong(arena.query("SELECT count(*) FROM truth.change WHERE relation = '" + relation
                + "' AND lsn - '0/0'::pg_lsn > " + fromLsn));
    }

    /** The most changes of one transaction on {@code bulk} after a number of {@link #last}. */
    static long largest(Arena arena, long after) {
        return Long.parseLong(arena.query("SELECT coalesce(max(changes), 0) FROM (SELECT count(*) AS changes"
                + " FROM truth.change WHERE relation = 'bulk' AND seq > " + after + " GROUP BY xid) AS each"));
    }

    /** Waits, if it does not take too long, until the transactions that run now have ended. */
    static void awaitEndOfRunning(Arena arena) {
        String next = arena.query("SELECT pg_snapshot_xmax(pg_current_snapshot())");
        Wait.until(LIMIT, () -> {
            try {
                return arena.query("SELECT pg_snapshot_xmin(pg_current_snapshot()) >= '" + next + "'::xid8")
                        .equals("t");
            } catch (SandboxException e) {
                // The server is down, or another one takes over.
                return false;
            }
        });
    }
}
