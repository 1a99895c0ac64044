// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.fault;

import dev.tributary.sandbox.SandboxException;
import dev.tributary.sandbox.chaos.arena.Arena;
import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * Something that can go wrong.
 *
 * @param family what it belongs to, for {@code --only}
 * @param kind its name in the report
 * @param touches what it acts on: faults that have none of it in common can happen at the same time
 * @param condition whether it can be injected in a run
 * @param mayLeaveZombie whether a task that was replaced may still send records afterwards
 * @param injection how it is injected
 */
public record Fault(
        String family,
        String kind,
        Set<Part> touches,
        Condition condition,
        boolean mayLeaveZombie,
        Injection injection) {

    /** What a fault can act on. */
    public enum Part {
        /** The primary and everything that keeps it from serving. */
        POSTGRES,
        STANDBYS,
        BROKERS,
        WORKERS,
        /** The connector as Connect knows it: its configuration, state and offsets. */
        CONNECTOR,
        /** The slot and the sessions on it. */
        SLOT,
        /** The tables and what is published of them. */
        SCHEMA
    }

    /** Whether a fault can be injected on this machine, with this profile, and as things are. */
    @FunctionalInterface
    public interface Condition {
        boolean holds(Arena arena);
    }

    /** Injects a fault. If it throws, nothing of the fault is left. */
    @FunctionalInterface
    public interface Injection {
        Active inject(Arena arena, SplittableRandom random) throws Exception;
    }

    /** Puts it right. */
    @FunctionalInterface
    public interface Undo {
        void run() throws Exception;
    }

    /**
     * A fault that is on.
     *
     * @param target what it was done to
     * @param lasts how long it stays
     * @param undo how it ends
     * @param effect whether it was seen to take effect; asked after its end
     */
    public record Active(String target, Duration lasts, Undo undo, BooleanSupplier effect) {

        /** A fault that takes effect in any case. */
        Active(String target, Duration lasts, Undo undo) {
            this(target, lasts, undo, () -> true);
        }

        /** A fault that is over at once. */
        static Active over(String target) {
            return new Active(target, Duration.ZERO, () -> {});
        }

        /** A fault that is over at once, and changed nothing. */
        static Active withoutEffect(String target) {
            return over(target).seenBy(() -> false);
        }

        /** The same, if its effect is seen. */
        Active seenBy(BooleanSupplier seen) {
            return new Active(target, lasts, undo, seen);
        }

        /** Whether it was seen to take effect. Call it after the end of the fault. */
        public boolean tookEffect() {
            try {
                return effect.getAsBoolean();
            } catch (SandboxException e) {
                // What does not answer shows nothing.
                return false;
            }
        }
    }

    public Fault {
        touches = Set.copyOf(touches);
    }

    static Fault of(String family, String kind, Set<Part> touches, Injection injection) {
        return new Fault(family, kind, touches, arena -> true, false, injection);
    }

    /** The same, if a condition holds. */
    Fault when(Condition possible) {
        return new Fault(family, kind, touches, possible, mayLeaveZombie, injection);
    }

    /** The same, of which a task that was replaced may still send the records that it has. */
    Fault leavingZombies() {
        return new Fault(family, kind, touches, condition, true, injection);
    }
}
