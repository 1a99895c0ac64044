// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.outbox;

/** Counts what may happen with every row, and says when it is time to log it: for the 1st, 2nd, 4th, 8th and so on. */
public final class LogCounter {

    private long count;

    /** Counts one more; true if it is to be logged. */
    public boolean increment() {
        count++;
        return Long.bitCount(count) == 1;
    }

    /** How many there were. */
    public long value() {
        return count;
    }
}
