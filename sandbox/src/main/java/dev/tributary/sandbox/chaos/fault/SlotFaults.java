// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.fault;

import static dev.tributary.sandbox.chaos.fault.Durations.frozen;

import dev.tributary.sandbox.SandboxException;
import dev.tributary.sandbox.Wait;
import dev.tributary.sandbox.chaos.arena.Arena;
import dev.tributary.sandbox.chaos.fault.Fault.Active;
import dev.tributary.sandbox.chaos.fault.Fault.Part;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The slot and the sessions on it. */
final class SlotFaults {

    private static final String FAMILY = "slot";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration END = Duration.ofSeconds(5);
    private static final Set<Part> SLOT = Set.of(Part.SLOT);

    /** The stored offset must be asked for, and the connector stopped and resumed. */
    private static final Set<Part> LOSS = Set.of(Part.SLOT, Part.CONNECTOR, Part.WORKERS);

    private SlotFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of(FAMILY, "replication connection terminated", SLOT, (arena, random) -> {
                    long pid = Sessions.awaitWalsender(arena);
                    boolean ended = Sessions.end(arena, pid);
                    return Active.over("walsender " + pid).seenBy(() -> ended);
                }),
                Fault.of(FAMILY, "all sessions of the connector terminated", SLOT, (arena, random) -> {
                    Sessions.awaitWalsender(arena);
                    int ended = Sessions.endAll(arena);
                    return Active.over(ended + " sessions").seenBy(() -> ended > 0);
                }),
                // The server takes it for a crash and recovers.
                Fault.of(FAMILY, "walsender killed", Set.of(Part.POSTGRES, Part.SLOT, Part.SCHEMA), (arena, random) -> {
                    long pid = Sessions.awaitWalsender(arena);
                    boolean killed = signal("KILL", pid) && Wait.until(END, () -> !isAlive(pid));
                    return Active.over("walsender " + pid).seenBy(() -> killed);
                }),
                Fault.of(FAMILY, "walsender frozen", SLOT, (arena, random) -> {
                    long pid = Sessions.awaitWalsender(arena);
                    boolean stopped = signal("STOP", pid);
                    return new Active("walsender " + pid, frozen(random), () -> signal("CONT", pid))
                            .seenBy(() -> stopped);
                }),
                Fault.of(FAMILY, "slot dropped", LOSS, (arena, random) -> {
                    long stored = arena.connect().storedCommit();
                    drop(arena);
                    arena.ledger().loss("slot dropped", stored);
                    return Active.over(Arena.SLOT);
                }),
                Fault.of(FAMILY, "slot dropped and recreated", LOSS, (arena, random) -> {
                    stopped(arena, () -> {
                        long stored = arena.connect().storedCommit();
                        drop(arena);
                        arena.ledger().loss("slot recreated", stored);
                        TimeUnit.MILLISECONDS.sleep(random.nextInt(200, 2_000));
                        arena.query("SELECT pg_create_logical_replication_slot('" + Arena.SLOT
                                + "', 'pgoutput', false, false, true)");
                    });
                    return Active.over(Arena.SLOT);
                }),
                Fault.of(FAMILY, "slot advanced", LOSS, (arena, random) -> {
                    stopped(arena, () -> {
                        long stored = arena.connect().storedCommit();
                        TimeUnit.MILLISECONDS.sleep(random.nextInt(500, 2_500));
                        arena.query("SELECT pg_replication_slot_advance('" + Arena.SLOT + "', pg_current_wal_lsn())");
                        arena.ledger().loss("slot advanced", stored);
                    });
                    return Active.over(Arena.SLOT);
                }));
    }

    /** Does something while the connector is stopped, and resumes it in any case. */
    private static void stopped(Arena arena, Fault.Undo action) throws Exception {
        arena.operator()
                .alone(() -> Partial.all(
                        () -> {
                            arena.connect().stop();
                            action.run();
                        },
                        () -> arena.connect().resume()));
    }

    /** Drops the slot, whatever uses it. */
    private static void drop(Arena arena) {
        boolean dropped = Wait.until(LIMIT, () -> {
            arena.query("SELECT pg_terminate_backend(" + Sessions.walsender(arena) + ")");
            try {
                // The task may create it again at once.
                return arena.query("SELECT 'dropped' FROM (SELECT pg_drop_replication_slot(slot_name)"
                                + " FROM pg_replication_slots WHERE slot_name = '" + Arena.SLOT
                                + "' AND NOT active OFFSET 0) AS once")
                        .equals("dropped");
            } catch (SandboxException e) {
                return false;
            }
        });
        if (!dropped) {
            throw new SandboxException("the slot could not be dropped");
        }
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).isPresent();
    }

    /** Returns whether there was a process to signal. */
    private static boolean signal(String name, long pid) throws Exception {
        return new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid)
                        .start()
                        .waitFor()
                == 0;
    }
}
