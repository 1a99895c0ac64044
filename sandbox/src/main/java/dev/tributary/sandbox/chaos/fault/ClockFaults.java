// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.fault;

import static dev.tributary.sandbox.chaos.fault.Durations.between;
import static dev.tributary.sandbox.chaos.fault.ProcessFaults.pick;

import dev.tributary.sandbox.ConnectWorker;
import dev.tributary.sandbox.chaos.arena.Arena.Clocked;
import dev.tributary.sandbox.chaos.fault.Fault.Active;
import dev.tributary.sandbox.chaos.fault.Fault.Part;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Clocks that jump. */
final class ClockFaults {

    private static final String FAMILY = "clock";

    /** Brokers refuse records from more than an hour ahead, those of Connect's own topics as well. */
    private static final long MOST_SECONDS = 3_000;

    private ClockFaults() {}

    static List<Fault> all() {
        return List.of(jump("clock jumps forward", 1), jump("clock jumps back", -1));
    }

    private static Fault jump(String kind, int sign) {
        return Fault.of(FAMILY, kind, Set.of(Part.BROKERS, Part.WORKERS), (arena, random) -> {
                    Clocked clocked = pick(arena.clocks(), random);
                    Duration distance = Duration.ofSeconds(sign * random.nextLong(2, MOST_SECONDS));
                    Partial.orUndo(
                            () -> {
                                clocked.clock().jump(distance);
                                return distance;
                            },
                            () -> clocked.clock().reset());
                    return new Active(
                            clocked.name() + ", " + distance.toSeconds() + " s", between(random, 3, 20), () -> {
                                clocked.clock().reset();
                                restart(clocked.worker());
                            });
                })
                .when(arena -> !arena.clocks().isEmpty())
                // A coordinator whose clock jumps takes a member that runs for one that has left.
                .leavingZombies();
    }

    /**
     * Once its clock has gone back, Kafka's clients in a worker send no heartbeats and no records until the clock has
     * come to where it was. Another worker takes over, and waits for the slot that this one still reads.
     */
    private static void restart(@Nullable ConnectWorker worker) {
        if (worker != null) {
            worker.kill();
            worker.start();
        }
    }
}
