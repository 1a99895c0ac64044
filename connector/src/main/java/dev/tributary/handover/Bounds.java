// SPDX-License-Identifier: Apache-2.0
package dev.tributary.handover;

/**
 * How much may wait in an {@link ArrivalQueue}.
 *
 * @param events how many events may wait before the capturing threads have to: {@code max.queue.size}
 * @param batch how many events one poll returns at most: {@code max.batch.size}
 * @param bytes how many bytes may wait, roughly; a single event may be larger: {@code max.queue.size.in.bytes}
 */
public record Bounds(int events, int batch, long bytes) {

    /** The part of the heap that events may occupy if no limit is configured. */
    private static final long HEAP_SHARE = 16;

    /** The bounds as configured; if {@code bytes} is 0, a sixteenth of the heap. */
    public static Bounds of(int events, int batch, long bytes) {
        return new Bounds(
                events, batch, bytes > 0 ? bytes : Runtime.getRuntime().maxMemory() / HEAP_SHARE);
    }
}
