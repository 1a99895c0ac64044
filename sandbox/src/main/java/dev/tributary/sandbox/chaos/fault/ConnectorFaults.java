// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.fault;

import static dev.tributary.sandbox.chaos.fault.Durations.between;

import dev.tributary.sandbox.ConnectWorker;
import dev.tributary.sandbox.Server;
import dev.tributary.sandbox.Wait;
import dev.tributary.sandbox.chaos.arena.Arena;
import dev.tributary.sandbox.chaos.arena.ConnectGroup;
import dev.tributary.sandbox.chaos.arena.Delivery;
import dev.tributary.sandbox.chaos.fault.Fault.Active;
import dev.tributary.sandbox.chaos.fault.Fault.Part;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What people do to a connector over REST. */
final class ConnectorFaults {

    private static final String FAMILY = "connector";
    private static final Set<Part> TOUCHES = Set.of(Part.CONNECTOR, Part.WORKERS, Part.SLOT);

    private static final Duration STATE = Duration.ofSeconds(30);
    private static final Duration SNAPSHOT = Duration.ofSeconds(40);

    private ConnectorFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of(FAMILY, "connector paused", TOUCHES, (arena, random) -> {
                    arena.connect().pause();
                    boolean paused =
                            Wait.until(STATE, () -> arena.connect().state().equals("PAUSED"));
                    return new Active(
                                    ConnectGroup.CONNECTOR,
                                    between(random, 1, 10),
                                    () -> arena.connect().resume())
                            .seenBy(() -> paused);
                }),
                Fault.of(FAMILY, "connector stopped", TOUCHES, (arena, random) -> {
                    arena.operator()
                            .alone(() -> Partial.orUndo(
                                    () -> {
                                        arena.connect().stop();
                                        return true;
                                    },
                                    () -> arena.connect().resume()));
                    return new Active(
                            ConnectGroup.CONNECTOR,
                            between(random, 0, 10),
                            () -> arena.connect().resume());
                }),
                Fault.of(FAMILY, "connector restarted several times", TOUCHES, (arena, random) -> {
                    int times = random.nextInt(1, 5);
                    for (int i = 0; i < times; i++) {
                        arena.connect().restart();
                        TimeUnit.MILLISECONDS.sleep(random.nextInt(50, 3_000));
                    }
                    return Active.over(times + " times");
                }),
                Fault.of(FAMILY, "connector reconfigured", TOUCHES, (arena, random) -> {
                    Map<String, @Nullable String> change = Map.of(
                            "poll.interval.ms", Integer.toString(random.nextInt(5, 500)),
                            "max.batch.size", Integer.toString(random.nextInt(64, 4_096)),
                            "status.update.interval.ms", Integer.toString(random.nextInt(1_000, 10_000)),
                            "snapshot.max.threads", Integer.toString(random.nextInt(1, 4)),
                            "lsn.flush.mode", random.nextBoolean() ? "connector" : "connector_and_driver");
                    Map<String, @Nullable String> chosen = new HashMap<>(change);
                    chosen.keySet().retainAll(List.of(ProcessFaults.pick(List.copyOf(change.keySet()), random)));
                    arena.connect().configure(chosen);
                    return Active.over(chosen.toString());
                }),
                Fault.of(FAMILY, "connector deleted and created again", TOUCHES, (arena, random) -> {
                    arena.operator()
                            .alone(() -> Partial.all(
                                    () -> {
                                        arena.connect().delete();
                                        TimeUnit.MILLISECONDS.sleep(random.nextInt(0, 3_000));
                                    },
                                    () -> arena.connect().configure(Map.of())));
                    return Active.over(ConnectGroup.CONNECTOR);
                }),
                Fault.of(FAMILY, "offsets reset", TOUCHES, (arena, random) -> {
                    arena.operator()
                            .alone(() -> Partial.all(
                                    () -> reset(arena), () -> arena.connect().resume()));
                    return Active.over(ConnectGroup.CONNECTOR);
                }),
                Fault.of(FAMILY, "workers killed in a new snapshot", TOUCHES, ConnectorFaults::killedInSnapshot),
                Fault.of(FAMILY, "transform that drops records", TOUCHES, ConnectorFaults::dropping),
                Fault.of(FAMILY, "switched to Debezium and back", TOUCHES, ConnectorFaults::switched));
    }

    /** Stops the connector, and deletes its offsets. */
    private static void reset(Arena arena) {
        arena.connect().stop();
        long stored = arena.connect().storedLsn();
        arena.connect().resetOffsets();
        arena.ledger().newSnapshot(stored, "offsets reset");
    }

    private static Active killedInSnapshot(Arena arena, SplittableRandom random) throws Exception {
        List<ConnectWorker> workers = arena.connect().workers();
        LogSince log = LogSince.ofWorkers(arena);
        Fault.Undo undo = () -> Partial.all(
                () -> arena.postgres().connectorLink().heal(),
                () -> ProcessFaults.startAll(workers),
                () -> arena.connect().resume());
        boolean[] isIn = new boolean[1];
        Partial.orUndo(
                () -> {
                    arena.operator().alone(() -> {
                        reset(arena);
                        // So slowly that it is interrupted in the middle.
                        arena.postgres().connectorLink().throttle(random.nextLong(100_000, 600_000));
                        arena.connect().resume();
                        isIn[0] = log.await(Pattern.compile("The snapshot is taken at"), SNAPSHOT);
                        TimeUnit.MILLISECONDS.sleep(random.nextInt(100, 3_000));
                        isIn[0] &= !log.has("Snapshot completed");
                        workers.forEach(Server::kill);
                    });
                    return workers;
                },
                undo);
        return new Active("workers", between(random, 0, 5), () -> {
                    arena.postgres().connectorLink().heal();
                    ProcessFaults.startAll(workers);
                })
                .seenBy(() -> isIn[0]);
    }

    private static Active dropping(Arena arena, SplittableRandom random) throws Exception {
        long from = arena.lsn();
        Fault.Undo undo = () -> arena.operator().alone(() -> {
            // After a change of the configuration, the task before it runs on for a moment, and drops more.
            Partial.all(
                    () -> {
                        arena.connect().stop();
                        arena.connect().configure(notDropping());
                    },
                    () -> arena.connect().resume());
            arena.awaitFlow();
            arena.ledger().lost("scratch", from, arena.lsn(), "dropped by a transform");
        });
        Partial.orUndo(
                () -> {
                    arena.operator().alone(() -> arena.connect().configure(dropping("scratch")));
                    return undo;
                },
                undo);
        return new Active("scratch", between(random, 2, 15), undo)
                .seenBy(() -> LoadTruth.changes(arena, "scratch", from) > 0);
    }

    private static Active switched(Arena arena, SplittableRandom random) throws Exception {
        long from = arena.lsn();
        String boundary = arena.connect().config().get(Delivery.OPTION);
        Fault.Undo undo = () -> {
            switchTo(arena, Arena.OURS, boundary);
            // Debezium's offset does not say how much of its transaction was sent.
            arena.ledger().repeated(from, arena.lsn(), "sent by Debezium");
        };
        Partial.orUndo(
                () -> {
                    // Debezium defines no boundaries.
                    switchTo(arena, Arena.DEBEZIUM, boundary == null ? null : "poll");
                    return undo;
                },
                undo);
        boolean runs = Wait.until(STATE, () -> arena.connect().isRunning());
        return new Active("connector.class", between(random, 3, 12), undo).seenBy(() -> runs);
    }

    /** At a quiet moment, because Debezium's own restarts lose rows that share an LSN. */
    private static void switchTo(Arena arena, String connectorClass, @Nullable String boundary) throws Exception {
        arena.operator()
                .alone(() -> Partial.all(
                        () -> {
                            arena.load().pause();
                            arena.awaitFlow();
                            arena.connect().stop();
                            Map<String, @Nullable String> changes = new HashMap<>();
                            changes.put("connector.class", connectorClass);
                            changes.put(Delivery.OPTION, boundary);
                            arena.connect().configure(changes);
                        },
                        () -> arena.connect().resume(),
                        () -> arena.load().resume()));
    }

    /** Kafka's Filter, with a predicate on the topic. */
    private static Map<String, @Nullable String> dropping(String relation) {
        return Map.of(
                "transforms", "drop",
                "transforms.drop.type", "org.apache.kafka.connect.transforms.Filter",
                "transforms.drop.predicate", "table",
                "predicates", "table",
                "predicates.table.type", "org.apache.kafka.connect.transforms.predicates.TopicNameMatches",
                "predicates.table.pattern", ".*\\." + relation);
    }

    private static Map<String, @Nullable String> notDropping() {
        Map<String, @Nullable String> none = new HashMap<>();
        dropping("").keySet().forEach(option -> none.put(option, null));
        return none;
    }
}
