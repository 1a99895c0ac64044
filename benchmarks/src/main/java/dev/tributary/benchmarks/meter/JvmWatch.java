// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.meter;

import java.util.concurrent.TimeUnit;

/** Follows what a JVM uses, so that what threads allocate that end on the way is counted, but for their last moments. */
public final class JvmWatch {

    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final JvmMeter meter;
    private final JvmReading before;
    private JvmReading last;
    private long lookedNanos = System.nanoTime();

    /** Begins to count. */
    public JvmWatch(JvmMeter meter) {
        this.meter = meter;
        this.before = meter.read();
        this.last = before;
    }

    /** To be called again and again; it looks five times a second, because looking costs the other JVM something. */
    public void look() {
        if (System.nanoTime() - lookedNanos > BETWEEN_LOOKS_NANOS) {
            read();
            lookedNanos = System.nanoTime();
        }
    }

    private void read() {
        last = meter.read().remembering(last);
    }

    /** What was used until now. */
    public JvmUsage usage() {
        read();
        return last.since(before);
    }
}
