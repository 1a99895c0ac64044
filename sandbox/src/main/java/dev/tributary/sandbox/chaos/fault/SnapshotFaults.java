// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.fault;

import static dev.tributary.sandbox.chaos.fault.Durations.between;
import static dev.tributary.sandbox.chaos.fault.ProcessFaults.pick;

import dev.tributary.sandbox.Server;
import dev.tributary.sandbox.chaos.arena.Arena;
import dev.tributary.sandbox.chaos.fault.AdHocSnapshot.Manner;
import dev.tributary.sandbox.chaos.fault.Fault.Active;
import dev.tributary.sandbox.chaos.fault.Fault.Part;
import dev.tributary.sandbox.link.Link;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Snapshots that begin while the stream runs, and what happens to them. */
final class SnapshotFaults {

    private static final String FAMILY = "snapshot";
    private static final List<String> TABLES =
            List.of("account", "orders", "order_line", "customer", "document", "bulk", "bulk", "bulk");

    /** Those that take some seconds over a slow link. */
    private static final List<String> LARGE = List.of("bulk", "bulk", "document", "order_line");

    private SnapshotFaults() {}

    static List<Fault> all() {
        List<Fault> faults = new ArrayList<>();
        for (Manner manner : Manner.values()) {
            boolean isBlocking = manner == Manner.BLOCKING;
            String name = isBlocking ? "blocking snapshot" : "incremental snapshot";
            String in = isBlocking ? "in a blocking snapshot" : "in an incremental snapshot";
            // Anything may happen to the worker, the brokers and the slot meanwhile.
            faults.add(Fault.of(FAMILY, name, Set.of(Part.SCHEMA), (arena, random) -> {
                String table = pick(TABLES, random);
                AdHocSnapshot snapshot = AdHocSnapshot.of(arena, manner, table);
                return new Active(table, between(random, 0, 3), snapshot::awaitEnd).seenBy(snapshot::hasBegun);
            }));
            faults.add(interrupted(manner, name + " over a slow link", Set.of(), SnapshotFaults::nothing));
            faults.add(interrupted(
                    manner, "worker killed " + in, Set.of(Part.WORKERS, Part.CONNECTOR), (arena, random) -> {
                        Server worker = ProcessFaults.ofTask(arena);
                        worker.kill();
                        return new Active("", between(random, 0, 5), worker::start);
                    }));
            faults.add(interrupted(manner, "sessions terminated " + in, Set.of(), (arena, random) -> {
                int ended = Sessions.endAll(arena);
                return Active.over("").seenBy(() -> ended > 0);
            }));
            faults.add(interrupted(manner, "walsender terminated " + in, Set.of(), (arena, random) -> {
                long pid = Sessions.walsender(arena);
                boolean ended = pid > 0 && Sessions.end(arena, pid);
                return Active.over("").seenBy(() -> ended);
            }));
            faults.add(interrupted(manner, "primary killed " + in, Set.of(Part.POSTGRES), (arena, random) -> {
                Server primary = arena.postgres().primary();
                primary.kill();
                return new Active("", between(random, 0, 5), primary::start);
            }));
        }
        return faults;
    }

    private static Active nothing(Arena arena, SplittableRandom random) {
        return new Active("", between(random, 3, 8), () -> {});
    }

    /** Another fault, at a moment at which the snapshot runs: the link of the connector is slow until then. */
    private static Fault interrupted(Manner manner, String kind, Set<Part> more, Fault.Injection fault) {
        List<Part> touches = new ArrayList<>(more);
        touches.addAll(List.of(Part.SCHEMA, Part.SLOT));
        return Fault.of(FAMILY, kind, Set.copyOf(touches), (arena, random) -> {
            Link link = arena.postgres().connectorLink();
            String table = pick(LARGE, random);
            return Partial.orUndo(
                    () -> {
                        link.delay(Duration.ofMillis(random.nextInt(150, 400)));
                        link.throttle(random.nextLong(150_000, 600_000));
                        AdHocSnapshot snapshot = AdHocSnapshot.of(arena, manner, table);
                        snapshot.awaitBegin();
                        TimeUnit.MILLISECONDS.sleep(random.nextInt(0, 2_500));
                        boolean isRunning = snapshot.isRunning();
                        Active other = fault.inject(arena, random);
                        return new Active(
                                        table,
                                        other.lasts(),
                                        () -> Partial.all(link::heal, other.undo(), snapshot::awaitEnd))
                                .seenBy(() -> isRunning && other.tookEffect());
                    },
                    link::heal);
        });
    }
}
