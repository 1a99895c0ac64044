// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.fault;

import dev.tributary.sandbox.SandboxException;
import dev.tributary.sandbox.Wait;
import dev.tributary.sandbox.chaos.arena.Arena;
import java.time.Duration;

/** The sessions of the connector in Postgres. */
final class Sessions {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Sessions() {}

    /** Ends all of them, and returns how many have ended. */
    static int endAll(Arena arena) {
        return Integer.parseInt(arena.query("SELECT count(*) FILTER (WHERE pg_terminate_backend(pid))"
                + " FROM pg_stat_activity WHERE usename = '" + Arena.ROLE + "'"));
    }

    /** The process that reads the slot; 0 if there is none. */
    static long walsender(Arena arena) {
        String pid = arena.query("SELECT active_pid FROM pg_replication_slots WHERE slot_name = '" + Arena.SLOT + "'");
        return pid.isEmpty() ? 0 : Long.parseLong(pid);
    }

    /** The same; it is waited for, because there is none while the task starts, or reads a snapshot. */
    static long awaitWalsender(Arena arena) {
        long pid = Wait.until(LIMIT, () -> walsender(arena), found -> found > 0);
        if (pid == 0) {
            throw new SandboxException("nobody reads from the slot");
        }
        return pid;
    }

    /** Ends one, and waits until it has; returns whether it has. */
    static boolean end(Arena arena, long pid) {
        return arena.query("SELECT pg_terminate_backend(" + pid + ", 5000)").equals("t");
    }
}
