// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.fault;

import dev.tributary.sandbox.Wait;
import dev.tributary.sandbox.chaos.arena.Arena;
import dev.tributary.sandbox.chaos.fault.Fault.Active;
import java.time.Duration;
import java.util.regex.Pattern;

/** Faults after which the task may fail, with a message that is known. */
final class Expected {

    private static final Duration LATE = Duration.ofSeconds(2);

    private Expected() {}

    /** Injects a fault while a failure is expected. If that fails, the failure is a problem again. */
    static Active failure(Arena arena, Pattern failure, Injection injection) throws Exception {
        arena.ledger().expect(failure);
        LogSince log = LogSince.ofWorkers(arena);
        Active active =
                Partial.orUndo(() -> injection.inject(log), () -> arena.ledger().noLonger(failure));
        return new Active(
                active.target(),
                active.lasts(),
                () -> Partial.all(
                        active.undo(),
                        () -> arena.operator().alone(() -> recover(arena, failure)),
                        () -> arena.ledger().noLonger(failure)),
                active.effect());
    }

    /** A failed task is restarted, as the message asks; also one that fails because of what it has just seen. */
    private static void recover(Arena arena, Pattern failure) {
        Wait.until(LATE, () -> arena.connect().isFailed());
        arena.restartIfFailed(failure);
    }

    /** Injects the fault. */
    @FunctionalInterface
    interface Injection {
        /** @param log what the workers write from now on */
        Active inject(LogSince log) throws Exception;
    }
}
