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
 */
public record Bounds(int events, int batch, long bytes, Duration pause) {

    /** The part of the heap that events may occupy if no limit is configured. */
    private static final long HEAP_SHARE = 16;

    /** Bounds without a pause: a poll returns events as they arrive. */
    public Bounds(int events, int batch, long bytes) {
        this(events, batch, bytes, Duration.ZERO);
    }

    /** The bounds as configured; if {@code bytes} is 0, a sixteenth of the heap. */
    public static Bounds of(int events, int batch, long bytes) {
        return new Bounds(
                events, batch, bytes > 0 ? bytes : Runtime.getRuntime().maxMemory() / HEAP_SHARE);
    }

    /** The same bounds with a pause. */
    public Bounds pausing(Duration time) {
        return new Bounds(events, batch, bytes, time);
    }
}
