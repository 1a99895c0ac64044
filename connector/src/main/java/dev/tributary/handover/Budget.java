// SPDX-License-Identifier: Apache-2.0
package dev.tributary.handover;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that the waiting events of several queues may occupy together. A queue may always hold a little, however
 * much the others hold, so no queue can stop another.
 */
public final class Budget {

    /** The part of the heap that the queues of all connectors of a JVM may occupy together. */
    private static final long HEAP_SHARE = 4;

    /** The bytes that a queue may hold in any case. */
    static final long ALWAYS_BYTES = 1 << 20;

    private static final Budget OF_JVM = new Budget(Runtime.getRuntime().maxMemory() / HEAP_SHARE);

    private final long bytes;
    private final AtomicLong used = new AtomicLong();

    /** @param bytes how many bytes all queues together may hold, roughly */
    Budget(long bytes) {
        this.bytes = bytes;
    }

    /** The budget that all connectors of this JVM share: a quarter of its heap. */
    public static Budget ofJvm() {
        return OF_JVM;
    }

    /** A budget that never runs out. */
    public static Budget unlimited() {
        return new Budget(Long.MAX_VALUE);
    }

    /** Takes bytes; a negative number gives them back. */
    void take(long count) {
        used.addAndGet(count);
    }

    long used() {
        return used.get();
    }

    /** Whether a queue that holds some bytes has to wait because all queues together hold too many. */
    boolean isSpent(long held) {
        return held >= ALWAYS_BYTES && used.get() >= bytes;
    }
}
