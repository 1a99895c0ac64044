// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.fault;

import static dev.tributary.sandbox.chaos.fault.Durations.between;

import dev.tributary.sandbox.PostgresServer;
import dev.tributary.sandbox.Server;
import dev.tributary.sandbox.SmallDisk;
import dev.tributary.sandbox.chaos.fault.Fault.Active;
import dev.tributary.sandbox.chaos.fault.Fault.Part;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** File systems without room. */
final class DiskFaults {

    private static final String FAMILY = "disk";
    private static final String FULL = "No space left on device";

    private DiskFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of(
                                FAMILY,
                                "disk of Postgres full",
                                Set.of(Part.POSTGRES, Part.SLOT, Part.SCHEMA),
                                (arena, random) -> {
                                    PostgresServer primary = arena.postgres().primary();
                                    // A server that cannot write WAL ends itself.
                                    return full(arena.postgresDisk().orElseThrow(), primary, 2, 10, random, () -> {
                                        if (!primary.isRunning()) {
                                            primary.start();
                                        }
                                    });
                                })
                        .when(arena -> arena.postgresDisk().isPresent() && arena.isOnFirstPrimary()),
                Fault.of(FAMILY, "disk of a broker full", Set.of(Part.BROKERS), (arena, random) -> {
                            Server broker = arena.kafka().brokers().get(0);
                            // A broker without a log directory ends itself, and must not be asked twice.
                            return full(arena.brokerDisk().orElseThrow(), broker, 2, 15, random, () -> {
                                broker.stop();
                                broker.start();
                            });
                        })
                        .when(arena -> arena.brokerDisk().isPresent()));
    }

    private static Active full(
            SmallDisk disk, Server server, int least, int most, SplittableRandom random, Fault.Undo restart)
            throws Exception {
        LogSince log = LogSince.now(List.of(server));
        Partial.orUndo(
                () -> {
                    disk.fill();
                    return disk;
                },
                disk::free);
        return new Active(server.toString(), between(random, least, most), () -> {
                    disk.free();
                    restart.run();
                })
                .seenBy(() -> log.has(FULL));
    }
}
