// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos;

import dev.tributary.sandbox.chaos.arena.Arena;
import dev.tributary.sandbox.chaos.arena.Delivery;
import dev.tributary.sandbox.chaos.check.Verdict;
import dev.tributary.sandbox.chaos.fault.Fault;
import dev.tributary.sandbox.chaos.fault.Fault.Active;
import dev.tributary.sandbox.chaos.fault.Fault.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * One round: faults in one set of servers, one step after the other, and the comparison of all records with all changes
 * at its end.
 */
final class Round {

    /** With these, Connect itself may give up. */
    private static final Set<Part> CUTTING_WORKERS_OFF = Set.of(Part.WORKERS, Part.BROKERS);

    /** After so much time, the task that runs must show progress. */
    private static final Duration PROGRESS = Duration.ofSeconds(60);

    private final Arena arena;
    private final Schedule schedule;
    private final Delivery delivery;
    private final Set<Integer> steps;
    private final Screen screen;
    private final List<Incident> incidents = new ArrayList<>();
    private final long begin = System.nanoTime();

    /** A fault that has been put right. */
    private record Ended(Fault fault, Active active, Duration at, long since, Duration lasted) {}

    /** @param steps the steps of the schedule that are taken; empty for all */
    Round(Arena arena, Schedule schedule, Delivery delivery, Set<Integer> steps, Screen screen) {
        this.arena = arena;
        this.schedule = schedule;
        this.delivery = delivery;
        this.steps = steps;
        this.screen = screen;
    }

    /**
     * What a round found.
     *
     * @param problems what the checker does not see: a connector that makes no progress, failures that nothing explains
     */
    record Outcome(List<Incident> incidents, Verdict verdict, List<String> problems) {

        boolean isGood() {
            return verdict.isGood() && problems.isEmpty();
        }
    }

    /**
     * @param faults how many to inject at most
     * @param hasTime whether there is time for more
     */
    Outcome run(int faults, BooleanSupplier hasTime) throws Exception {
        schedule.requireAny(fault -> fault.condition().holds(arena));
        while (incidents.size() < faults
                && !(steps.isEmpty() && arena.reading().isFull())
                && hasTime.getAsBoolean()
                && arena.ledger().problems().isEmpty()) {
            Step step = schedule.next();
            if (!steps.isEmpty() && step.number() > Collections.max(steps)) {
                break;
            }
            if (steps.isEmpty() || steps.contains(step.number())) {
                TimeUnit.MILLISECONDS.sleep(step.pauseMillis());
                take(step);
            }
        }
        Verdict verdict = new Ending(arena, delivery, screen).verdict();
        return new Outcome(List.copyOf(incidents), verdict, arena.ledger().problems());
    }

    private void take(Step step) throws Exception {
        SplittableRandom random = new SplittableRandom(step.seed());
        boolean cutsWorkersOff =
                step.faults().stream().anyMatch(fault -> !Collections.disjoint(fault.touches(), CUTTING_WORKERS_OFF));
        boolean leavesZombie = step.faults().stream().anyMatch(Fault::mayLeaveZombie);
        long inFlight = leavesZombie ? arena.connect().storedLsn() : 0;
        if (cutsWorkersOff) {
            arena.ledger().troubleWithKafka();
        }
        List<Ended> ended = inflict(step, random);
        Optional<Duration> flows = arena.awaitFlow();
        long end = System.nanoTime();
        if (!arena.operator().awaitAtRest()) {
            arena.ledger().problem("a remedy does not take effect after step " + step.number());
        }
        if (leavesZombie) {
            arena.ledger().stray(inFlight, arena.lsn(), "step " + step.number());
        }
        arena.ledger().endOfStep(arena.lsn());
        if (flows.filter(after -> after.compareTo(PROGRESS) <= 0).isEmpty()) {
            arena.ledger()
                    .problem("no event within " + PROGRESS.toSeconds() + " s of step " + step.number() + ": "
                            + arena.connect().describe());
        }
        arena.measureOnce();
        for (Ended each : ended) {
            Incident incident = new Incident(
                    step.number(),
                    each.at(),
                    each.fault().kind(),
                    each.active().target(),
                    each.active().tookEffect(),
                    each.lasted(),
                    arena.reading().pulses().longestPause(each.since(), end),
                    flows);
            incidents.add(incident);
            screen.incident(incident);
        }
    }

    /**
     * Injects the faults of a step and ends each when its time has come, whether or not another one waits: a worker
     * that was killed does not start again while Kafka is cut off, and does not answer either.
     */
    private List<Ended> inflict(Step step, SplittableRandom random) throws Exception {
        List<Callable<Optional<Ended>>> all = new ArrayList<>();
        for (Fault fault : step.faults()) {
            SplittableRandom own = random.split();
            if (fault.condition().holds(arena)) {
                screen.debug("step %d: %s", step.number(), fault.kind());
                all.add(() -> inflict(fault, own));
            } else {
                screen.line(
                        "        step %d: %s is skipped: it cannot be injected here now", step.number(), fault.kind());
            }
        }
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Ended> ended = new ArrayList<>();
            for (Future<Optional<Ended>> each : threads.invokeAll(all)) {
                each.get().ifPresent(ended::add);
            }
            return ended;
        } finally {
            threads.shutdownNow();
        }
    }

    /**
     * Injects a fault, and ends it after its time. Another fault can keep one from being injected, such as a lock, or a
     * server that is not there. One that cannot be ended must not hide what the others found.
     */
    private Optional<Ended> inflict(Fault fault, SplittableRandom random) throws InterruptedException {
        Duration at = elapsed();
        long since = System.nanoTime();
        Active active;
        try {
            active = fault.injection().inject(arena, random);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            screen.line("%s  %s could not be injected: %s", time(at), fault.kind(), e);
            return Optional.empty();
        }
        TimeUnit.NANOSECONDS.sleep(Math.max(0, since + active.lasts().toNanos() - System.nanoTime()));
        try {
            active.undo().run();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            arena.ledger().problem(fault.kind() + " could not be undone: " + e);
        }
        return Optional.of(new Ended(fault, active, at, since, Duration.ofNanos(System.nanoTime() - since)));
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    static String time(Duration at) {
        return String.format(Locale.ROOT, "%3d:%02d", at.toMinutes(), at.toSecondsPart());
    }
}
