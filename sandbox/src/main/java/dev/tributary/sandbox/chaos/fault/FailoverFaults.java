// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.fault;

import static dev.tributary.sandbox.chaos.fault.Durations.between;

import dev.tributary.sandbox.Failover;
import dev.tributary.sandbox.PostgresServer;
import dev.tributary.sandbox.ReplicatedPostgres;
import dev.tributary.sandbox.ReplicatedPostgres.OldPrimary;
import dev.tributary.sandbox.ReplicatedPostgres.Target;
import dev.tributary.sandbox.Wait;
import dev.tributary.sandbox.chaos.arena.Arena;
import dev.tributary.sandbox.chaos.fault.Fault.Active;
import dev.tributary.sandbox.chaos.fault.Fault.Part;
import dev.tributary.sandbox.chaos.load.Change;
import dev.tributary.sandbox.chaos.load.Truth;
import dev.tributary.sandbox.link.Link;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Standbys that are promoted, and the old primary that comes back. */
final class FailoverFaults {

    private static final String FAMILY = "failover";
    private static final Duration SYNCED = Duration.ofSeconds(60);
    private static final Set<Part> TOUCHES =
            Set.of(Part.POSTGRES, Part.STANDBYS, Part.SLOT, Part.SCHEMA, Part.CONNECTOR, Part.WORKERS);

    private FailoverFaults() {}

    static List<Fault> all() {
        List<Fault> faults = new ArrayList<>();
        for (OldPrimary fate : OldPrimary.values()) {
            faults.add(Fault.of(
                    FAMILY,
                    kind("synchronous", fate),
                    TOUCHES,
                    (arena, random) -> synchronousPromoted(arena, fate, random)));
            faults.add(Fault.of(
                    FAMILY, kind("lagging", fate), TOUCHES, (arena, random) -> laggingPromoted(arena, fate, random)));
        }
        return faults;
    }

    private static String kind(String standby, OldPrimary fate) {
        return switch (fate) {
            case KILLED -> standby + " standby promoted";
            case FROZEN -> "primary frozen and " + standby + " promoted";
            case CUT_OFF -> "primary cut off and " + standby + " promoted";
        };
    }

    private static Active synchronousPromoted(Arena arena, OldPrimary fate, SplittableRandom random) throws Exception {
        boolean synced = Wait.until(SYNCED, () -> hasSlot(arena));
        long stored = arena.connect().storedCommit();
        Failover failover = failOver(arena, Target.SYNCHRONOUS, fate);
        if (!synced) {
            arena.ledger().possibleLoss("no slot on the standby", stored);
        }
        return new Active(failover.toString(), between(random, 1, 8), () -> {
            comesBack(failover, fate, random);
            arena.postgres().rebuild();
        });
    }

    private static Active laggingPromoted(Arena arena, OldPrimary fate, SplittableRandom random) throws Exception {
        long stored = arena.connect().storedCommit();
        arena.postgres().lag();
        TimeUnit.MILLISECONDS.sleep(random.nextInt(200, 4_000));
        Failover failover = failOver(arena, Target.LAGGING, fate);
        arena.ledger()
                .possibleLoss("lagging standby promoted", failover.forkLsn().value());
        // The slot is on the lagging standby only if it was synced there.
        arena.ledger().possibleLoss("no slot on the lagging standby", stored);
        return new Active(failover.toString(), between(random, 1, 8), () -> {
            comesBack(failover, fate, random);
            undone(arena);
            arena.postgres().rebuild();
        });
    }

    private static Failover failOver(Arena arena, Target target, OldPrimary fate) throws Exception {
        ReplicatedPostgres postgres = arena.postgres();
        PostgresServer old = postgres.primary();
        Failover failover = Partial.orUndo(() -> postgres.failOver(target, fate), () -> remains(postgres, old, fate));
        arena.load().reconnect();
        arena.pulse().reconnect();
        return failover;
    }

    /** A primary that nothing has replaced serves again. */
    private static void remains(ReplicatedPostgres postgres, PostgresServer old, OldPrimary fate) throws Exception {
        if (postgres.primary().equals(old)) {
            if (!old.isRunning()) {
                old.start();
            } else if (fate == OldPrimary.FROZEN) {
                old.resume();
            }
            postgres.replicationLinks().forEach(Link::heal);
            postgres.connectorLink().heal();
        }
    }

    /** A primary that was frozen does not know that it was replaced. */
    private static void comesBack(Failover failover, OldPrimary fate, SplittableRandom random)
            throws InterruptedException {
        if (fate == OldPrimary.FROZEN) {
            failover.former().resume();
            TimeUnit.MILLISECONDS.sleep(random.nextInt(500, 3_000));
        }
    }

    /** The old primary comes back, apart from all others, and tells what only it has. */
    private static void undone(Arena arena) throws Exception {
        PostgresServer former = arena.postgres().startFormer();
        List<Change> changes = new ArrayList<>();
        try (Connection connection =
                former.connect(PostgresServer.SUPERUSER, arena.postgres().database())) {
            Truth.forEachChange(connection, changes::add);
        }
        arena.ledger().undone(arena.withoutExisting(changes));
        arena.postgres().discardFormer();
    }

    /** Whether the synchronous standby can serve the slot, as one looks before a failover that is planned. */
    private static boolean hasSlot(Arena arena) {
        PostgresServer standby = arena.postgres().synchronousStandby().orElseThrow();
        // A slot is kept on the standby only once that of the primary has moved past what the standby can decode.
        arena.query("SELECT pg_log_standby_snapshot()");
        try (Connection connection = standby.connect(
                        PostgresServer.SUPERUSER, arena.postgres().database());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT synced AND NOT temporary FROM pg_replication_slots"
                        + " WHERE slot_name = '" + Arena.SLOT + "'")) {
            return row.next() && row.getBoolean(1);
        } catch (SQLException e) {
            return false;
        }
    }
}
