// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.latency;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * For each row of a range: when its commit was due, when it returned and when its record was received. All times are of
 * this JVM's {@code System.nanoTime}. Safe for use by several threads.
 */
final class SendTimes {

    private final long firstId;
    private final AtomicLongArray due;
    private final AtomicLongArray committed;
    private final AtomicLongArray received;

    /**
     * @param firstId the id of the first row
     * @param count the number of rows
     */
    SendTimes(long firstId, int count) {
        this.firstId = firstId;
        this.due = new AtomicLongArray(count);
        this.committed = new AtomicLongArray(count);
        this.received = new AtomicLongArray(count);
    }

    int count() {
        return due.length();
    }

    long id(int row) {
        return firstId + row;
    }

    /** The commit of a range of rows is due. */
    void due(int first, int last, long nanoTime) {
        for (int row = first; row <= last; row++) {
            due.set(row, nanoTime);
        }
    }

    /** The commit of a range of rows has returned. */
    void committed(int first, int last) {
        long now = System.nanoTime();
        for (int row = first; row <= last; row++) {
            committed.set(row, now);
        }
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

    /** The rate at which they were committed. */
    double perSecond() {
        long last = 0;
        for (int row = 0; row < count(); row++) {
            last = Math.max(last, committed.get(row));
        }
        return count() / ((last - due.get(0)) / 1e9);
    }

    /** From when they were due to receipt, for the rows that have been received. */
    Percentiles latencies() {
        return differences(received);
    }

    /** From when they were due to the return of the commit. */
    Percentiles commits() {
        return differences(committed);
    }

    private Percentiles differences(AtomicLongArray ends) {
        long[] nanos = new long[ends.length()];
        int count = 0;
        for (int row = 0; row < nanos.length; row++) {
            if (ends.get(row) != 0) {
                nanos[count++] = ends.get(row) - due.get(row);
            }
        }
        return Percentiles.of(Arrays.copyOf(nanos, count));
    }
}
