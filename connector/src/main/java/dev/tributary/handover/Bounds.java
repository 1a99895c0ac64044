// SPDX-License-Identifier: Apache-2.0
package dev.tributary.handover;

import java.time.Duration;

/**
 * How much may wait in an {@link ArrivalQueue}.
 *
 * @param events how many events may wait before the capturing threads have to: {@code max.queue.size}
 * @param batch how many events one poll returns at most: {@code max.batch.size}
 * @param bytes how many bytes may wait, roughly; a single event may be larger: {@code max.queue.size.in.bytes}
 * @param pause the shortest time between two batches, during which events accumulate; a full batch does not wait:
 *     {@code poll.dispatch.interval.ms}
 * @param shared what this queue and others may hold together
 */
public record Bounds(int events, int batch, long bytes, Duration pause, Budget shared) {

    /** The part of the heap that events may occupy if no limit is configured: one of so many. */
    public static final long HEAP_SHARE = 16;

    /** Bounds of one queue alone, without a pause: a poll returns events as they arrive. */
    public Bounds(int events, int batch, long bytes) {
        this(events, batch, bytes, Duration.ZERO, Budget.unlimited());
    }

    /**
     * The bounds as configured. If {@code bytes} is 0, a sixteenth of the heap, and all queues without a limit of their
     * own share the {@linkplain Budget#ofJvm() budget of the JVM}.
     */
    public static Bounds of(int events, int batch, long bytes) {
        return bytes > 0
                ? new Bounds(events, batch, bytes)
                : new Bounds(events, batch, Runtime.getRuntime().maxMemory() / HEAP_SHARE).sharing(Budget.ofJvm());
    }

    /** The same bounds, within a budget that other queues share. */
    Bounds sharing(Budget budget) {
        return new Bounds(events, batch, bytes, pause, budget);
    }

    /** Whether a queue that holds some bytes holds as many as it may, by itself or together with others. */
    boolean areReached(long held) {
        return held >= bytes || shared.isSpent(held);
    }

    /** The same bounds with a pause. */
    public Bounds pausing(Duration time) {
        return new Bounds(events, batch, bytes, time, shared);
    }
}
