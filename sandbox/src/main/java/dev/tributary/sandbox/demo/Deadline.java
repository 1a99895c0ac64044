// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.demo;

import java.time.Duration;
import java.util.Optional;

/** A time that runs from now on, or for ever. */
final class Deadline {

    private final Optional<Duration> length;
    private final long start = System.nanoTime();

    Deadline(Optional<Duration> length) {
        this.length = length;
    }

    boolean isOver() {
        return length.isPresent() && left(length.get()).compareTo(Duration.ZERO) <= 0;
    }

    /** How long to wait next: the interval, or what is left if that is less. */
    Duration next(Duration interval) {
        return length.map(this::left)
                .filter(left -> left.compareTo(interval) < 0)
                .orElse(interval);
    }

    private Duration left(Duration whole) {
        return whole.minusNanos(System.nanoTime() - start);
    }
}
