// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.demo;

import java.util.concurrent.Callable;
import java.util.function.Function;

/** Prints a line for each completed step, with the time it took. */
final class Steps {

    private static final double NANOS_PER_SECOND = 1e9;

    private final Screen screen;

    Steps(Screen screen) {
        this.screen = screen;
    }

    <T> T take(Callable<T> step, Function<T, String> report) throws Exception {
        long start = System.nanoTime();
        T result = step.call();
        double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
        screen.line("%s (%.1f s)", report.apply(result), seconds);
        return result;
    }
}
