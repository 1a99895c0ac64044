// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.latency;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * For each row of a range: when it was sent, when its commit returned and when its record was received. All times are
 * of this JVM's {@code System.nanoTime}. Safe for use by several threads.
 */
final class SendTimes {

    private final long firstId;
    private final AtomicLongArray sent;
    private final AtomicLongArray committed;
    private final AtomicLongArray received;

    /**
     * @param firstId the id of the first row
     * @param count the number of rows
     */
    SendTimes(long firstId, int count) {
        this.firstId = firstId;
        this.sent = new AtomicLongArray(count);
        this.committed = new AtomicLongArray(count);
        this.received = new AtomicLongArray(count);
    }

    int count() {
        return sent.length();
    }

    long id(int row) {
        return firstId + row;
    }

    void sent(int row) {
        sent.set(row, System.nanoTime());
    }

    void committed(int row) {
        committed.set(row, System.nanoTime());
    }

    /**
     * Records the first receipt of a row.
     *
     * @return whether it is one of these rows and was received for the first time
     */
    boolean received(long id, long nanoTime) {
        long row = id - firstId;
        return row >= 0 && row < received.length() && received.compareAndSet((int) row, 0, nanoTime);
    }

    /** The rate at which they were sent. */
    double perSecond() {
        return (count() - 1) / ((sent.get(count() - 1) - sent.get(0)) / 1e9);
    }

    /** From sending to receipt, for the rows that have been received. */
    Percentiles latencies() {
        return differences(received);
    }

    /** From sending to the return of the commit. */
    Percentiles commits() {
        return differences(committed);
    }

    private Percentiles differences(AtomicLongArray ends) {
        long[] nanos = new long[ends.length()];
        int count = 0;
        for (int row = 0; row < nanos.length; row++) {
            if (ends.get(row) != 0) {
                nanos[count++] = ends.get(row) - sent.get(row);
            }
        }
        return Percentiles.of(Arrays.copyOf(nanos, count));
    }
}
