// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.fault;

import static dev.tributary.sandbox.chaos.fault.Durations.between;

import dev.tributary.sandbox.chaos.arena.Arena;
import dev.tributary.sandbox.chaos.fault.Fault.Active;
import dev.tributary.sandbox.chaos.fault.Fault.Part;
import dev.tributary.sandbox.chaos.load.LoadTable;
import dev.tributary.sandbox.chaos.load.Partitions;
import java.sql.Connection;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/** Partitions that come and go. */
final class PartitionFaults {

    private static final String RELATION = LoadTable.MEASUREMENT.relation();

    /** A task that starts while a table is no partition is refused. */
    private static final Pattern FAILURE = Pattern.compile("Publication .* lacks");

    /** A failed task is restarted afterwards, which needs a worker. */
    private static final Set<Part> TOUCHES = Set.of(Part.SCHEMA, Part.CONNECTOR, Part.WORKERS);

    private PartitionFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of(SchemaFaults.FAMILY, "partition attached", SchemaFaults.TOUCHES, (arena, random) -> {
                    LogSince log = LogSince.ofWorkers(arena);
                    String name = Partitions.name(attach(arena, random));
                    return Rereading.of(name, log, Active.over(name));
                }),
                Fault.of(SchemaFaults.FAMILY, "partition detached", TOUCHES, PartitionFaults::detached),
                Fault.of(SchemaFaults.FAMILY, "partition detached and attached", TOUCHES, PartitionFaults::reattached));
    }

    private static Active detached(Arena arena, SplittableRandom random) throws Exception {
        return Expected.failure(arena, FAILURE, log -> {
            int number = attach(arena, random);
            long first = (long) number * Partitions.SPAN;
            // These are in the stream, and their rows go with the partition.
            arena.execute("UPDATE measurement SET level = level + 1 WHERE id >= " + first + " AND id < "
                    + (first + Partitions.SPAN));
            return new Active(Partitions.name(number), between(random, 0, 8), () -> detach(arena, number));
        });
    }

    /** Nothing can change it meanwhile. */
    private static Active reattached(Arena arena, SplittableRandom random) throws Exception {
        int number = random.nextInt(Partitions.INITIAL);
        String name = Partitions.name(number);
        String attach = "ALTER TABLE measurement ATTACH PARTITION " + name + " FOR VALUES FROM ("
                + number * Partitions.SPAN + ") TO (" + (number + 1) * Partitions.SPAN + ")";
        return Expected.failure(arena, FAILURE, log -> {
            Partial.orUndo(
                    () -> {
                        arena.alter("ALTER TABLE measurement DETACH PARTITION " + name);
                        return name;
                    },
                    () -> arena.execute(attach));
            return new Active(name, between(random, 0, 8), () -> arena.alter(attach));
        });
    }

    /** Attaches a new one, with rows that no event shows: they are read afterwards. */
    private static int attach(Arena arena, SplittableRandom random) throws Exception {
        int number = Partitions.INITIAL + SchemaFaults.number();
        try (Connection connection = arena.postgres().connect()) {
            long lsn = Partitions.attachFilled(connection, number, random.nextInt(1, Partitions.SPAN));
            arena.execute("GRANT SELECT ON " + Partitions.name(number) + " TO " + Arena.ROLE);
            arena.ledger().backfilled(RELATION, lsn, arena.lsn(), "rows that came with a partition");
        }
        return number;
    }

    /** No event says that its rows are gone. */
    private static void detach(Arena arena, int number) throws Exception {
        try (Connection connection = arena.postgres().connect()) {
            connection.setNetworkTimeout(Runnable::run, 60_000);
            long lsn = Partitions.detach(connection, number);
            arena.ledger().lost(RELATION, lsn, arena.lsn(), "rows that went with a partition");
            // A table of this name would have to be published.
            arena.alter("DROP TABLE " + Partitions.name(number));
        }
    }
}
