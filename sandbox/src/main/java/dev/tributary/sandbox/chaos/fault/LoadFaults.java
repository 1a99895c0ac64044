// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.fault;

import static dev.tributary.sandbox.chaos.fault.Durations.between;

import dev.tributary.sandbox.ConnectWorker;
import dev.tributary.sandbox.Server;
import dev.tributary.sandbox.Wait;
import dev.tributary.sandbox.chaos.arena.Arena;
import dev.tributary.sandbox.chaos.fault.Fault.Active;
import dev.tributary.sandbox.chaos.fault.Fault.Part;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Load of a size and length that others have to endure. */
final class LoadFaults {

    private static final String FAMILY = "load";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Set<Part> IN_TRANSACTION = Set.of(Part.CONNECTOR, Part.WORKERS, Part.SLOT, Part.POSTGRES);

    /** More rows than the usual transactions of the load have. */
    private static final int LARGE = 3_000;

    private LoadFaults() {}

    /**
     * A large transaction of the load.
     *
     * @param before the number of the last change before it
     * @param ended how many had ended before it
     */
    private record Large(Arena arena, int rows, long before, long ended) {

        static Large begin(Arena arena, int rows) {
            Large large =
                    new Large(arena, rows, LoadTruth.last(arena), arena.load().largeTransactionsEnded());
            arena.load().largeTransaction(rows);
            return large;
        }

        void awaitEnd() {
            Wait.until(LIMIT, () -> arena.load().largeTransactionsEnded() > ended);
        }

        /** Whether it was committed with many rows: a lock, or a server that is away, may make it fail. */
        boolean isCommitted() {
            return LoadTruth.largest(arena, before) >= LARGE;
        }

        String describe() {
            return rows + " rows";
        }
    }

    /** A large transaction that is committed, and of which a part of the records is on the way. */
    private static Large sending(Arena arena, SplittableRandom random) throws InterruptedException {
        int half = arena.largestTransaction() / 2;
        Large large = Large.begin(arena, half + random.nextInt(half));
        large.awaitEnd();
        TimeUnit.MILLISECONDS.sleep(random.nextInt(50, 1_200));
        return large;
    }

    static List<Fault> all() {
        return List.of(
                Fault.of(FAMILY, "large transaction", Set.of(), (arena, random) -> {
                    Large large = Large.begin(arena, random.nextInt(5_000, arena.largestTransaction()));
                    return new Active(large.describe(), between(random, 1, 5), large::awaitEnd)
                            .seenBy(large::isCommitted);
                }),
                Fault.of(FAMILY, "connector restarted in a large transaction", IN_TRANSACTION, (arena, random) -> {
                    Large large = sending(arena, random);
                    arena.connect().restart();
                    return Active.over(large.describe()).seenBy(large::isCommitted);
                }),
                Fault.of(FAMILY, "workers killed in a large transaction", IN_TRANSACTION, (arena, random) -> {
                    Large large = sending(arena, random);
                    List<ConnectWorker> workers = arena.connect().workers();
                    workers.forEach(Server::kill);
                    return new Active(large.describe(), between(random, 0, 5), () -> ProcessFaults.startAll(workers))
                            .seenBy(large::isCommitted);
                }),
                Fault.of(FAMILY, "transaction left open", Set.of(Part.SCHEMA), LoadFaults::leftOpen));
    }

    private static Active leftOpen(Arena arena, SplittableRandom random) throws Exception {
        Connection connection = arena.postgres().connect();
        int updated = Partial.orUndo(
                () -> {
                    connection.setAutoCommit(false);
                    try (var statement = connection.createStatement()) {
                        statement.execute("SET lock_timeout = '10s'");
                        return statement.executeUpdate(
                                "UPDATE account SET owner = owner || ''" + " WHERE id = (SELECT min(id) FROM account)");
                    }
                },
                connection::close);
        boolean commits = random.nextBoolean();
        return new Active(commits ? "commits" : "rolls back", between(random, 3, 20), () -> {
                    try (connection) {
                        if (commits) {
                            connection.commit();
                        } else {
                            connection.rollback();
                        }
                    } catch (SQLException e) {
                        // Another fault has ended it.
                    }
                })
                .seenBy(() -> updated > 0);
    }
}
