// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.demo;

import java.time.Duration;
import java.util.Optional;

/** The end of a period that begins now; a period without a length never ends. */
final class Deadline {

    private final Optional<Duration> length;
    private final long start = System.nanoTime();

    Deadline(Optional<Duration> length) {
        this.length = length;
    }

    boolean isOver() {
        return length.isPresent() && left(length.get()).compareTo(Duration.ZERO) <= 0;
    }

    /** How long to wait next: the interval, or the remaining time if that is shorter. */
    Duration next(Duration interval) {
        return length.map(this::left)
                .filter(left -> left.compareTo(interval) < 0)
                .orElse(interval);
    }

    private Duration left(Duration whole) {
        return whole.minusNanos(System.nanoTime() - start);
    }
}
