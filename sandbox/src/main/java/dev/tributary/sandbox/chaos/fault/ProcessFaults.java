// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.fault;

import static dev.tributary.sandbox.chaos.fault.Durations.between;
import static dev.tributary.sandbox.chaos.fault.Durations.frozen;

import dev.tributary.sandbox.ConnectWorker;
import dev.tributary.sandbox.PostgresServer;
import dev.tributary.sandbox.SandboxException;
import dev.tributary.sandbox.Server;
import dev.tributary.sandbox.Wait;
import dev.tributary.sandbox.chaos.arena.Arena;
import dev.tributary.sandbox.chaos.fault.Fault.Active;
import dev.tributary.sandbox.chaos.fault.Fault.Part;
import dev.tributary.sandbox.link.Link;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Processes that are killed, restarted, or frozen for a while. */
final class ProcessFaults {

    private static final String FAMILY = "process";
    private static final Duration TASK = Duration.ofSeconds(60);
    private static final Set<Part> WORKERS = Set.of(Part.WORKERS);

    /** What needs the primary cannot begin or end while it is down, so it does not happen in the same step. */
    private static final Set<Part> PRIMARY = Set.of(Part.POSTGRES, Part.SLOT, Part.SCHEMA);

    /** Commits wait for the synchronous standby, and with them what changes tables and roles. */
    private static final Set<Part> SYNCHRONOUS = Set.of(Part.POSTGRES, Part.STANDBYS, Part.SLOT, Part.SCHEMA);

    private static final Set<Part> LAGGING = Set.of(Part.POSTGRES, Part.STANDBYS);

    private ProcessFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of(
                        FAMILY,
                        "worker killed",
                        WORKERS,
                        (arena, random) -> killed(ofTask(arena), between(random, 0, 15))),
                Fault.of(
                        FAMILY,
                        "idle worker killed",
                        WORKERS,
                        (arena, random) -> killed(idle(arena), between(random, 0, 15))),
                Fault.of(FAMILY, "both workers killed", WORKERS, (arena, random) -> {
                    List<ConnectWorker> workers = arena.connect().workers();
                    workers.forEach(Server::kill);
                    return new Active("workers", between(random, 0, 8), () -> startAll(workers));
                }),
                Fault.of(
                                FAMILY,
                                "workers killed while no broker answers",
                                Set.of(Part.WORKERS, Part.BROKERS, Part.CONNECTOR),
                                ProcessFaults::killedWithoutBrokers)
                        .leavingZombies(),
                Fault.of(FAMILY, "worker of the task restarted", WORKERS, (arena, random) -> {
                    // Leaves the group, and joins it again: two rebalances.
                    ConnectWorker worker = ofTask(arena);
                    worker.stop();
                    return new Active(worker.toString(), between(random, 0, 8), worker::start);
                }),
                Fault.of(FAMILY, "worker frozen", WORKERS, (arena, random) -> {
                            ConnectWorker worker = ofTask(arena);
                            Fault.Undo undo = () -> {
                                worker.resume();
                                arena.connect().silent(worker, false);
                            };
                            arena.connect().silent(worker, true);
                            Partial.orUndo(
                                    () -> {
                                        worker.pause();
                                        return worker;
                                    },
                                    undo);
                            return new Active(worker.toString(), frozen(random), undo);
                        })
                        .leavingZombies(),
                Fault.of(
                        FAMILY,
                        "broker killed",
                        Set.of(Part.BROKERS),
                        (arena, random) -> killed(pick(arena.kafka().brokers(), random), between(random, 2, 15))),
                Fault.of(
                                FAMILY,
                                "broker frozen",
                                Set.of(Part.BROKERS),
                                (arena, random) -> paused(pick(arena.kafka().brokers(), random), frozen(random)))
                        .leavingZombies(),
                Fault.of(
                        FAMILY,
                        "primary killed",
                        PRIMARY,
                        (arena, random) -> killed(arena.postgres().primary(), between(random, 0, 10))),
                Fault.of(FAMILY, "primary restarted", PRIMARY, (arena, random) -> {
                    PostgresServer primary = arena.postgres().primary();
                    primary.stop();
                    return new Active(primary.toString(), between(random, 0, 5), primary::start);
                }),
                Fault.of(
                        FAMILY,
                        "primary frozen",
                        PRIMARY,
                        (arena, random) -> paused(arena.postgres().primary(), frozen(random))),
                Fault.of(
                        FAMILY,
                        "synchronous standby frozen",
                        SYNCHRONOUS,
                        (arena, random) -> paused(synchronous(arena), frozen(random))),
                Fault.of(
                        FAMILY,
                        "synchronous standby killed",
                        SYNCHRONOUS,
                        (arena, random) -> killed(synchronous(arena), between(random, 1, 20))),
                Fault.of(
                        FAMILY,
                        "lagging standby frozen",
                        LAGGING,
                        (arena, random) -> paused(lagging(arena), frozen(random))),
                Fault.of(
                        FAMILY,
                        "lagging standby killed",
                        LAGGING,
                        (arena, random) -> killed(lagging(arena), between(random, 2, 10))));
    }

    private static Active killed(Server server, Duration lasts) {
        server.kill();
        return new Active(server.toString(), lasts, server::start);
    }

    private static Active paused(Server server, Duration lasts) throws Exception {
        Partial.orUndo(
                () -> {
                    server.pause();
                    return server;
                },
                server::resume);
        return new Active(server.toString(), lasts, server::resume);
    }

    private static Active killedWithoutBrokers(Arena arena, SplittableRandom random) throws Exception {
        List<ConnectWorker> workers = arena.connect().workers();
        List<Link> links = arena.kafka().clientLinks();
        return Partial.orUndo(
                () -> {
                    links.forEach(Link::hold);
                    TimeUnit.MILLISECONDS.sleep(random.nextInt(1_000, 9_000));
                    workers.forEach(Server::kill);
                    return new Active("workers", between(random, 0, 5), () -> {
                        links.forEach(Link::heal);
                        startAll(workers);
                    });
                },
                () -> {
                    links.forEach(Link::heal);
                    startAll(workers);
                });
    }

    /** Starts those that do not run, also if one of them cannot be started. */
    static void startAll(List<? extends Server> servers) throws Exception {
        Partial.all(servers.stream()
                .map(server -> (Fault.Undo) () -> {
                    if (!server.isRunning()) {
                        server.start();
                    }
                })
                .toArray(Fault.Undo[]::new));
    }

    /** The worker that runs the task. A worker that does not run it would not notice most faults. */
    static ConnectWorker ofTask(Arena arena) {
        return Wait.until(TASK, () -> arena.connect().ofTask(), Optional::isPresent)
                .orElseThrow(() -> new SandboxException("no worker runs the task"));
    }

    private static ConnectWorker idle(Arena arena) {
        ConnectWorker busy = ofTask(arena);
        return arena.connect().workers().stream()
                .filter(worker -> !worker.equals(busy))
                .findFirst()
                .orElseThrow();
    }

    private static PostgresServer synchronous(Arena arena) {
        return arena.postgres().synchronousStandby().orElseThrow();
    }

    private static PostgresServer lagging(Arena arena) {
        return arena.postgres().laggingStandby().orElseThrow();
    }

    static <T> T pick(List<? extends T> all, SplittableRandom random) {
        return all.get(random.nextInt(all.size()));
    }
}
