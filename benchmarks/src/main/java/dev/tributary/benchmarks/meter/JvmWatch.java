// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.meter;

import java.util.concurrent.TimeUnit;

/**
 * Measures the usage of a JVM with samples, so that the allocation of threads that end is counted up to their last
 * sample.
 */
public final class JvmWatch {

    private static final long BETWEEN_SAMPLES_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final JvmMeter meter;
    private final JvmReading before;
    private JvmReading last;
    private long lastSampleNanos = System.nanoTime();

    /** Starts to measure. */
    public JvmWatch(JvmMeter meter) {
        this.meter = meter;
        this.before = meter.read();
        this.last = before;
    }

    /** Call this often. It samples only five times a second, because a sample costs the other JVM CPU. */
    public void sample() {
        if (System.nanoTime() - lastSampleNanos > BETWEEN_SAMPLES_NANOS) {
            read();
            lastSampleNanos = System.nanoTime();
        }
    }

    private void read() {
        last = meter.read().remembering(last);
    }

    /** The usage until now. */
    public JvmUsage usage() {
        read();
        return last.since(before);
    }
}
